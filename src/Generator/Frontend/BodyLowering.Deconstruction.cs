using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary><c>(a, b) = (b, a)</c>, <c>var (x, y) = p</c>: tuples that never become values, and structs taken apart into what their
/// <c>Deconstruct</c> gives.</summary>
internal sealed partial class BodyLowering
{
    public override Expr? VisitDeconstructionAssignment(IDeconstructionAssignmentOperation operation, Use use)
    {
        if (use == Use.Value || operation.Syntax is not AssignmentExpressionSyntax syntax)
        {
            return RefuseApart(operation.Value);
        }

        // C#: the operands of all targets, then all values, then the writes.
        IOperation[] targets = [.. TargetsOf(operation.Target)];
        IOperation later = targets.Any(static t => t is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: false }) ? operation : operation.Value;
        Place[] places = [.. targets.Select(target => PlaceOf(target, later))];
        Expr[] operands = [.. ValuesFor(operation.Target, operation.Value, compilation.GetSemanticModel(syntax.SyntaxTree).GetDeconstructionInfo(syntax))];
        for (int i = 0; i < Math.Min(places.Length, operands.Length); i++)
        {
            Write(places[i], Element(places[i], operands[i]), operation.Value);
        }

        return null;
    }

    private Expr RefuseApart(IOperation value) => Refuse(
        value,
        Descriptors.CompositeValue,
        value.Type is { } type ? CSharpText.Short(type) : "tuple",
        "cannot be taken apart here",
        "assign the variables one by one, each from its own expression");

    private static ITupleOperation? TupleOf(IOperation target) => target switch
    {
        ITupleOperation tuple => tuple,
        IDeclarationExpressionOperation { Expression: ITupleOperation declared } => declared,
        _ => null,
    };

    private static IEnumerable<IOperation> TargetsOf(IOperation target) => TupleOf(target) is { } tuple ? tuple.Elements.SelectMany(TargetsOf) : [target];

    private static ITupleOperation? LiteralOf(IOperation value)
    {
        while (value is IConversionOperation { IsImplicit: true, OperatorMethod: null } conversion)
        {
            value = conversion.Operand;
        }

        return value as ITupleOperation;
    }

    private IReadOnlyList<Expr> ValuesFor(IOperation target, IOperation value, DeconstructionInfo info)
    {
        if (TupleOf(target) is not { } targets)
        {
            return [Stable(Operand(value))];
        }

        if (LiteralOf(value) is not { } values)
        {
            return PartsFor(target, Stable(Operand(value)), value, info);
        }

        return values.Elements.Length != targets.Elements.Length
            ? [RefuseApart(value)]
            : [.. Enumerable.Range(0, values.Elements.Length).SelectMany(i => ValuesFor(targets.Elements[i], values.Elements[i], NestedIn(info, i)))];
    }

    // The compiler does not tell of tuples in all places; it is not needed there.
    private static DeconstructionInfo NestedIn(DeconstructionInfo info, int position) => position < info.Nested.Length ? info.Nested[position] : default;

    /// <summary>What the innermost targets get of a value that is taken apart.</summary>
    private IReadOnlyList<Expr> PartsFor(IOperation target, Expr value, IOperation source, DeconstructionInfo info)
    {
        if (TupleOf(target) is not { } targets)
        {
            return [value];
        }

        IReadOnlyList<Expr> parts = PartsBy(info.Method, value, source);
        return parts.Count != targets.Elements.Length
            ? [RefuseApart(source)]
            : [.. Enumerable.Range(0, parts.Count).SelectMany(i => PartsFor(targets.Elements[i], parts[i], source, NestedIn(info, i)))];
    }

    /// <summary>The parts that <c>Deconstruct</c> makes of a struct; its fields where the compiler wrote that, or where there is none because it is a tuple.</summary>
    private IReadOnlyList<Expr> PartsBy(IMethodSymbol? deconstruct, Expr value, IOperation source)
    {
        if (deconstruct is { IsImplicitlyDeclared: false })
        {
            return HasBody(deconstruct) ? Deconstructed(source, deconstruct, value) : [];
        }

        return value.Type is not StructType type || FieldsBy(deconstruct, type) is not { } fields ? []
            : Leaves(value) is var pack ? [.. fields.Select(field => Name(PartOf(pack, field)))] : [];
    }

    /// <summary>The fields of a tuple, or those that the compiler's own <c>Deconstruct</c> of a record gives; null where a property of the record is something else.</summary>
    private static IReadOnlyList<Field>? FieldsBy(IMethodSymbol? deconstruct, StructType type)
    {
        if (deconstruct is null)
        {
            return type.Construction == Construction.Tuple ? type.Fields : null;
        }

        Field?[] fields = [.. deconstruct.Parameters.Select(p => deconstruct.ContainingType.GetMembers(p.Name).FirstOrDefault() is { } member ? FieldOf(type, member, Access.ReadOnly) : null)];
        return fields.Contains(null) ? null : fields.OfType<Field>().ToArray();
    }

    private IReadOnlyList<Expr> Deconstructed(IOperation site, IMethodSymbol target, Expr value)
    {
        bool isExtension = target.ReducedFrom is not null || target.IsStatic;
        IMethodSymbol method = target.ReducedFrom ?? target;
        List<Expr> results = [];
        InPlace(site, method, isExtension ? null : ReceiverOf(value, method), isExtension ? [value] : [], results);
        return results;
    }

    // The conversion of the whole tuple converts its elements.
    private static Expr Element(Place place, Expr value)
        => place.Type is ScalarType && value.Type is ScalarType && place.Type != value.Type ? new IR.Convert(value, place.Type) : value;
}
