using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>Tuples as values: made, converted, compared.</summary>
internal sealed partial class BodyLowering
{
    public override Expr? VisitTuple(ITupleOperation operation, Use use)
    {
        if (TypeOf(operation) is StructType type)
        {
            return new Pack(Flat(Operands([.. operation.Elements])), type);
        }

        return Compose(operation, operation.Elements, static (text, holes) =>
        {
            text.Text("(");
            Separated(text, holes);
            text.Text(")");
        });
    }

    /// <summary>A struct converted part by part: a tuple to a tuple with other names or wider numbers.</summary>
    private Expr ConvertParts(Expr value, StructType to)
    {
        EquatableArray<Expr> leaves = Leaves(value).Leaves.Map(Name);
        return new Pack(leaves.Zip(to.Leaves, (leaf, path) => leaf.Type == path[path.Count - 1].Type ? leaf : Name(new IR.Convert(leaf, path[path.Count - 1].Type))).ToEquatable(), to);
    }

    public override Expr? VisitTupleBinaryOperator(ITupleBinaryOperation operation, Use use)
    {
        // C#: all elements of both sides, then the comparisons.
        List<(Expr Value, ITypeSymbol? Type)> left = [.. ElementsOf(operation.LeftOperand)];
        left = left.ConvertAll(element => (Protect(element.Value, [operation.RightOperand]), element.Type));
        List<(Expr Value, ITypeSymbol? Type)> right = [.. ElementsOf(operation.RightOperand)];
        bool isEquality = operation.OperatorKind == BinaryOperatorKind.Equals;
        Expr[] tests = [.. left.Zip(right, (a, b) => Compare(operation, a, b, isEquality ? BinaryOp.Equal : BinaryOp.NotEqual))];
        return left.Count == right.Count && tests.Length > 0
            ? tests.Aggregate((all, next) => Name(new Binary(isEquality ? BinaryOp.And : BinaryOp.Or, all, next, IrType.Bool)))
            : RefuseUnknown(operation);
    }

    /// <summary>The elements of a tuple, those of tuples in it among them.</summary>
    private IEnumerable<(Expr Value, ITypeSymbol? Type)> ElementsOf(IOperation tuple)
    {
        if (LiteralOf(tuple) is { } literal)
        {
            Expr[] values = [.. Operands([.. literal.Elements])];
            return literal.Elements.SelectMany((element, i) => ElementsOf(values[i], element.Type)).ToList();
        }

        return ElementsOf(Operand(tuple), tuple.Type).ToList();
    }

    private static IEnumerable<(Expr Value, ITypeSymbol? Type)> ElementsOf(Expr value, ITypeSymbol? type)
        => value is Pack pack && type is INamedTypeSymbol { IsTupleType: true } tuple
            ? tuple.TupleElements.SelectMany((element, i) => ElementsOf(PartOf(pack, pack.Struct.Fields[i]), element.Type))
            : [(value, type)];

    private Expr Compare(IOperation operation, (Expr Value, ITypeSymbol? Type) left, (Expr Value, ITypeSymbol? Type) right, BinaryOp op)
    {
        IrType type = left.Value.Type;
        if (type.IsFloating || right.Value.Type.IsFloating)
        {
            type = type == IrType.Double || right.Value.Type == IrType.Double ? IrType.Double : IrType.Single;
        }

        bool isNumber = left.Value.Type is ScalarType && right.Value.Type is ScalarType && (type.IsFloating || type == right.Value.Type);
        bool isEnum = left.Type is { TypeKind: TypeKind.Enum } && SymbolEqualityComparer.Default.Equals(left.Type, right.Type);
        bool isText = left.Type is { SpecialType: SpecialType.System_String } && right.Type is { SpecialType: SpecialType.System_String };
        return isNumber || isEnum ? Name(new Binary(op, Converted(left.Value, type), Converted(right.Value, type), IrType.Bool))
            : isText ? Name(new ExternalText().Hole(left.Value).Text($" {Symbol(op)} ").Hole(right.Value).Build(IrType.Bool, Effect.Pure, Site(operation, Symbol(op))))
            : RefuseUnknown(operation);
    }
}
