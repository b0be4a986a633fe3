using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>Conversions.</summary>
internal sealed partial class BodyLowering
{
    public override Expr? VisitConversion(IConversionOperation operation, Use use)
    {
        if (operation.Operand is IThrowOperation thrown)
        {
            Visit(thrown, Use.Effect);
            return new Default(TypeOf(operation));
        }

        IrType to = TypeOf(operation);
        if (to is SpanType { } span && SpanSource(operation) is { } source)
        {
            return source is IArrayCreationOperation or ICollectionExpressionOperation || IsStackAllocation(source)
                ? LowerNewSpan(source, span)
                : View(Operand(source), span);
        }

        if (operation.Operand is IConversionOperation { OperatorMethod: { } rounding } half && to.IsFloating && Primitives.RoundingOf(rounding) is { } rule)
        {
            string format = $"({CSharpText.Of(operation.Type!)})({CSharpText.Of(half.Type!)}){{0}}";
            return new External(format, EquatableArray.Of(Operand(half.Operand)), to, Effect.Pure, Site(operation, CSharpText.Short(rounding))) { Rule = rule.Member };
        }

        if (operation.OperatorMethod is { } implementation && ComputesWithParts(operation.Operand, operation))
        {
            return CallOperator(operation, implementation, [Operand(operation.Operand)]);
        }

        Expr operand = Lower(operation.Operand);
        if (operand.Type is StructType && to is StructType parts && operand.Type != to)
        {
            return ConvertParts(operand, parts);
        }

        // An object by the name of a class from which its own derives is the same object.
        if (operand.Type is ObjectType && to is ObjectType && operation.Conversion is { IsImplicit: true, IsReference: true })
        {
            return Name(operand);
        }

        if (operation.Conversion.IsIdentity || operand.Type == to)
        {
            return operand;
        }

        if (operand.Type is ScalarType && to is ScalarType && operation.Conversion.MethodSymbol is null)
        {
            WarnOfIntegerDivision(operation, to);
            HintAtCast(operation, operand.Type, to);
            bool canOverflow = to.IsInteger() && !operation.Conversion.IsImplicit;
            return new IR.Convert(Name(operand), to, canOverflow && operation.IsChecked ? Overflow.Checked : Overflow.Unchecked);
        }

        return OpaqueConversion(operation, Name(operand), to);
    }

    private Expr OpaqueConversion(IConversionOperation operation, Expr operand, IrType to)
    {
        if (operand is not Literal && operand.Type.CarriesDerivative() && FloatingContent.MayHold(operation.Type!))
        {
            return RefuseComposite(operation);
        }

        ExternalText text = operation.IsTryCast
            ? new ExternalText().Hole(operand).Text($" as {TextOf(operation.Type!)}")
            : new ExternalText().Text($"({TextOf(operation.Type!)})").Hole(operand);
        IMethodSymbol? implementation = operation.Conversion.MethodSymbol;
        Effect effect = implementation is null || Bodies.IsOfFramework(implementation) ? Effect.Pure : quiet.IsQuiet(implementation) ? Effect.Reads : Effect.Writes;
        int site = Site(operation, implementation is null ? $"({CSharpText.Short(operation.Type!)})" : CSharpText.Short(implementation));
        return Checked(operation, text.Build(to, effect, site));
    }

    /// <summary>What a conversion to a span makes a span of; null where the IR cannot look into it.</summary>
    private IOperation? SpanSource(IConversionOperation operation)
    {
        IOperation source = operation.Operand;
        return IsStackAllocation(source) || source is ICollectionExpressionOperation || (source.Type is { } type && TypeOf(type).IsMemory) ? source : null;
    }

    private void HintAtCast(IConversionOperation operation, IrType from, IrType to)
    {
        if (!from.IsFloating || !to.IsInteger() || operation.Operand.ConstantValue.HasValue)
        {
            return;
        }

        IOperation value = operation;
        while (value.Parent is IBinaryOperation or IUnaryOperation or IParenthesizedOperation && TypeOf(value.Parent).IsInteger())
        {
            value = value.Parent;
        }

        if (value.Parent is IConversionOperation { Type: { } type } && TypeOf(type).IsFloating)
        {
            report.Add(Descriptors.CastFeedsValue, operation.Syntax.GetLocation());
        }
    }

    private void WarnOfIntegerDivision(IConversionOperation operation, IrType to)
    {
        bool isDivision = operation.Operand is IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide } division && TypeOf(division).IsInteger();
        if (isDivision && operation.IsImplicit && to.IsFloating)
        {
            report.Add(Descriptors.IntegerDivision, operation.Operand.Syntax.GetLocation(), CSharpText.Short(operation.Type!));
        }
    }

    /// <summary>Text that computes with integers of a kind that the IR does not know keeps its overflow context.</summary>
    private static External Checked(IOperation operation, External external) => operation switch
    {
        IBinaryOperation { IsChecked: true } or IUnaryOperation { IsChecked: true } or IConversionOperation { IsChecked: true }
            => external with { Format = $"checked({external.Format})" },
        _ => external,
    };

    public override Expr? VisitIsType(IIsTypeOperation operation, Use use)
    {
        string word = operation.IsNegated ? "is not" : "is";
        ExternalText text = new ExternalText().Hole(Operand(operation.ValueOperand)).Text($" {word} {TextOf(operation.TypeOperand)}");
        return text.Build(IrType.Bool, Effect.Pure, Site(operation, word));
    }

    public override Expr? VisitTypeOf(ITypeOfOperation operation, Use use)
    {
        string text = $"typeof({TextOf(operation.TypeOperand)})";
        return new ExternalText().Text(text).Build(TypeOf(operation), Effect.Pure, Site(operation, text));
    }
}
