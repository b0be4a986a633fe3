using System.Globalization;
using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>Fields, properties, new objects and text.</summary>
internal sealed partial class BodyLowering
{
    public override Expr? VisitFieldReference(IFieldReferenceOperation operation, Use use)
    {
        IFieldSymbol field = operation.Field;
        if (PartOf(operation.Instance, field) is { } part)
        {
            return part;
        }

        var text = new ExternalText();
        if (operation.Instance is { } instance)
        {
            text.Hole(Operand(instance)).Text("." + CSharpText.Identifier(field.Name));
        }
        else
        {
            text.Text(CSharpText.Member(field, TextOf));
        }

        bool isConstant = field is { IsStatic: true, IsReadOnly: true } || field.IsConst;
        return text.Build(TypeOf(operation), isConstant ? Effect.Pure : Effect.Reads, Site(operation, CSharpText.Short(field))) with { ReadsState = IsState(field, field.Type) };
    }

    public override Expr? VisitPropertyReference(IPropertyReferenceOperation operation, Use use)
    {
        IPropertySymbol property = operation.Property;
        if (PartOf(operation.Instance, property) is { } part)
        {
            return part;
        }

        if (Generics.IsMember(property) && property.IsStatic && TypeOf(operation) is ScalarType { Kind: Scalar.Generic } number)
        {
            return property.Name switch
            {
                "Zero" or "AdditiveIdentity" => number.Number(0),
                "One" or "MultiplicativeIdentity" => number.Number(1),
                _ => new ExternalText().Text($"{number.Name}.{property.Name}").Build(number, Effect.Pure, Site(operation, property.Name)),
            };
        }

        bool hasParts = operation.Instance is { } whole && TypeOf(whole) is StructType;
        bool isOfModel = operation.Instance is { } model && TypeOf(model) is ObjectType;
        if (isOfModel ? Computes(property.GetMethod) : HasBody(property.GetMethod) && (hasParts || (property.IsStatic && TypeOf(operation) is StructType && !IsAutomatic(property))))
        {
            return CallGetter(operation);
        }

        if (isOfModel)
        {
            return Refuse(operation, Descriptors.MemoryOperation, property.Name, "what it computes is not in this source, or a derived class may compute something else", "mark a method with [Differentiable] and call that");
        }

        if (hasParts && Primitives.RuleOf(property) is { } rule)
        {
            return Apply(operation, property, rule, Operands([operation.Instance!, .. operation.Arguments.Select(static a => a.Value)]));
        }

        if (!hasParts && operation.Instance is { } storage && TypeOf(storage).IsMemory)
        {
            return LowerMemoryProperty(operation, storage);
        }

        var text = new ExternalText();
        if (operation.Instance is { } instance)
        {
            if (instance.Type is { IsValueType: true } && IsPlace(instance) && property.GetMethod is { } getter && bodies.MayWriteReceiver(getter))
            {
                return Refuse(instance, Descriptors.WritingCall, CSharpText.Short(property), "a struct variable in place", "declare the property readonly, or keep the struct out of this method");
            }

            text.Hole(OpaqueReceiver(instance, property, operation.Arguments));
        }
        else
        {
            text.Text(TextOf(OwnerOf(property)));
        }

        if (property.IsIndexer)
        {
            WriteArguments(text.Text("["), operation.Arguments);
            text.Text("]");
        }
        else
        {
            text.Text(operation.Instance is null && CSharpText.IsExtensionBlock(property.ContainingType) ? $".{CSharpText.CallName(property.GetMethod!, TextOf)}()" : "." + CSharpText.Identifier(property.Name));
        }

        return Unseen(operation, WithRule(text.Build(TypeOf(operation), EffectOf(property), Site(operation, CSharpText.Short(property))) with { ReadsState = IsState(property, property.Type) }, property));
    }

    /// <summary>Static members of a block of extension members are static methods of the class around it.</summary>
    private static INamedTypeSymbol OwnerOf(ISymbol member) => CSharpText.IsExtensionBlock(member.ContainingType) ? member.ContainingType.ContainingType : member.ContainingType;

    /// <summary>Whether an accessor of a model has this one body, whatever class the model is of.</summary>
    private static bool Computes(IMethodSymbol? accessor) => HasBody(accessor) && !Members.IsAutomatic(accessor)
        && (accessor!.ContainingType.IsSealed || accessor.IsSealed || accessor is { IsVirtual: false, IsOverride: false });

    /// <summary>Whether the user's own code may put something else there: into the member, or into what it refers to.</summary>
    private static bool IsState(ISymbol member, ITypeSymbol type)
    {
        bool isKept = member is IFieldSymbol { IsReadOnly: true } or IFieldSymbol { IsConst: true } or IPropertySymbol { SetMethod: null };
        return !Attributes.HasNoGradient(member) && !Bodies.IsOfFramework(member) && (!isKept || (FloatingContent.MayHold(type) && !type.IsValueType));
    }

    private static bool IsAutomatic(IPropertySymbol property) => property.ContainingType.GetMembers().OfType<IFieldSymbol>()
        .Any(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property));

    private Effect EffectOf(IPropertySymbol property)
    {
        bool runsUserCode = property.Locations.Any(static l => l.IsInSource) && !IsAutomatic(property) && !(property.GetMethod is { } getter && quiet.IsQuiet(getter));
        return Primitives.IsPure(property) ? Effect.Pure : runsUserCode ? Effect.Writes : Effect.Reads;
    }

    private Expr LowerMemoryProperty(IPropertyReferenceOperation operation, IOperation storage)
    {
        if (ElementOf(operation) is { } element)
        {
            return element;
        }

        switch (operation.Property.Name)
        {
            case "Length" or "LongLength" when RowsOf(storage) is { } rows:
                return operation.Property.Name == "Length" ? rows.Count : new IR.Convert(Name(rows.Count), new ScalarType(Scalar.Int64));
            case "Length" when RowReference(storage) is (UnevenRows uneven, var index):
                return new Element(uneven.Lengths, EquatableArray.Of(RowIndex(uneven, storage, index)));
            case "Length" or "Count":
                return new Length(Operand(storage));
            case "Span" when TypeOf(storage) is MemoryType memory:
                return View(Operand(storage), memory.Span);
            case "LongLength":
                return new IR.Convert(Name(new Length(Operand(storage))), new ScalarType(Scalar.Int64));
            case "IsEmpty":
                return new Binary(BinaryOp.Equal, Name(new Length(Operand(storage))), Numbers.Int(0), IrType.Bool);
            case "Rank" when TypeOf(storage) is ArrayType { Rank: var rank }:
                return Numbers.Int(rank);
            default:
                return Refuse(operation, Descriptors.MemoryOperation, operation.Property.Name, "only the elements and the length of memory are followed", "compute it in the caller");
        }
    }

    public override Expr? VisitObjectCreation(IObjectCreationOperation operation, Use use)
    {
        IrType type = TypeOf(operation);
        if (type is SpanType span && operation.Arguments.All(a => a.Parameter is { Ordinal: > 0 } || TypeOf(a.Value) is ArrayType { Rank: 1 }))
        {
            return LowerSpanCreation(operation, span);
        }

        if (type is StructType parts)
        {
            return LowerStructCreation(operation, parts);
        }

        bool isException = FloatingContent.IsException(operation.Type);
        if (operation.Initializer is not null)
        {
            return isException ? RefuseUnknown(operation.Initializer) : RefuseComposite(operation);
        }

        if (!isException && operation.Arguments.FirstOrDefault(a => IsWritableMemory(a.Value)) is { } memory)
        {
            return Refuse(memory, Descriptors.WritingCall, CSharpText.Short(operation.Type!), "memory of floating-point numbers", "pass a ReadOnlySpan, or write the body here");
        }

        ExternalText text = new ExternalText().Text($"new {TextOf(operation.Type!)}(");
        WriteArguments(text, operation.Arguments);
        Effect effect = isException ? Effect.Pure : Effect.Writes;
        return Unseen(operation, text.Text(")").Build(type, effect, Site(operation, CSharpText.Short(operation.Type!))));
    }

    private Expr LowerSpanCreation(IObjectCreationOperation operation, SpanType span)
    {
        Expr[] operands = ArgumentOperands(operation.Arguments);
        return operands.Length switch
        {
            0 => new Default(span),
            1 => View(operands[0], span),
            3 => new Slice(operands[0], operands[1], operands[2], span),
            _ => RefuseUnknown(operation),
        };
    }

    public override Expr? VisitInterpolatedString(IInterpolatedStringOperation operation, Use use)
    {
        ExternalText text = new ExternalText().Text("$\"");
        foreach (IInterpolatedStringContentOperation part in operation.Parts)
        {
            switch (part)
            {
                case IInterpolatedStringTextOperation { Text.ConstantValue: { HasValue: true, Value: string literal } }:
                    text.Text(InsideQuotes(literal));
                    break;
                case IInterpolationOperation interpolation:
                    WriteInterpolation(text, interpolation);
                    break;
                default:
                    return RefuseUnknown(part);
            }
        }

        return text.Text("\"").Build(TypeOf(operation), Effect.Reads, Site(operation, "$\"…\""));
    }

    private void WriteInterpolation(ExternalText text, IInterpolationOperation interpolation)
    {
        IOperation value = WithoutBoxing(interpolation.Expression);
        text.Text("{");
        if (InlineText(value) is { } constant)
        {
            text.Text($"({constant})");
        }
        else
        {
            // In parentheses, because what is put here later may hold a colon.
            text.Text("(").Hole(Stable(Operand(value))).Text(")");
        }

        if (interpolation.Alignment?.ConstantValue is { HasValue: true, Value: int alignment })
        {
            text.Text("," + alignment.ToString(CultureInfo.InvariantCulture));
        }

        if (interpolation.FormatString?.ConstantValue is { HasValue: true, Value: string format })
        {
            text.Text(":" + InsideQuotes(format));
        }

        text.Text("}");
    }

    private static string InsideQuotes(string literal)
    {
        string quoted = SymbolDisplay.FormatLiteral(literal, quote: true);
        return quoted.Substring(1, quoted.Length - 2).Replace("{", "{{").Replace("}", "}}");
    }
}
