using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary><c>(a, b) = (b, a)</c>, <c>var (x, y) = p</c>: tuples that never become values, and structs taken apart into their fields.</summary>
internal sealed partial class BodyLowering
{
    public override Expr? VisitDeconstructionAssignment(IDeconstructionAssignmentOperation operation, Use use)
    {
        if (use == Use.Value || !Fits(operation.Target, operation.Value))
        {
            return Refuse(
                operation.Value,
                Descriptors.CompositeValue,
                operation.Value.Type is { } type ? CSharpText.Short(type) : "tuple",
                "cannot be taken apart here",
                "assign the variables one by one, each from its own expression");
        }

        // C#: the operands of all targets, then all values, then the writes.
        Place[] places = [.. TargetsOf(operation.Target).Select(target => PlaceOf(target, operation.Value))];
        Expr[] operands = [.. ValuesFor(operation.Target, operation.Value)];
        for (int i = 0; i < places.Length; i++)
        {
            Write(places[i], Element(places[i], operands[i]), operation.Value);
        }

        return null;
    }

    private static ITupleOperation? TupleOf(IOperation target) => target switch
    {
        ITupleOperation tuple => tuple,
        IDeclarationExpressionOperation { Expression: ITupleOperation declared } => declared,
        _ => null,
    };

    private static IEnumerable<IOperation> TargetsOf(IOperation target) => TupleOf(target) is { } tuple ? tuple.Elements.SelectMany(TargetsOf) : [target];

    private static ITupleOperation? LiteralOf(IOperation value)
    {
        while (value is IConversionOperation { IsImplicit: true } conversion)
        {
            value = conversion.Operand;
        }

        return value as ITupleOperation;
    }

    private bool Fits(IOperation target, IOperation value)
    {
        if (TupleOf(target) is not { } targets)
        {
            return true;
        }

        return LiteralOf(value) is { } values
            ? values.Elements.Length == targets.Elements.Length && targets.Elements.Zip(values.Elements, Fits).All(static fits => fits)
            : value.Type is { } type && Fits(targets, TypeOf(type)) && type.GetMembers("Deconstruct").All(static m => m.IsImplicitlyDeclared);
    }

    private static bool Fits(IOperation target, IrType value) => TupleOf(target) is not { } targets
        || (value is StructType { Construction: Construction.Tuple or Construction.Constructor } type && type.Fields.Count == targets.Elements.Length
            && targets.Elements.Zip(type.Fields, static (t, f) => Fits(t, f.Type)).All(static fits => fits));

    private IEnumerable<Expr> ValuesFor(IOperation target, IOperation value)
    {
        if (TupleOf(target) is not { } targets)
        {
            return [Stable(Operand(value))];
        }

        return LiteralOf(value) is { } values
            ? targets.Elements.Zip(values.Elements, ValuesFor).SelectMany(static parts => parts).ToList()
            : PartsFor(target, Leaves(Stable(Operand(value))));
    }

    private static IEnumerable<Expr> PartsFor(IOperation target, Expr value) => TupleOf(target) is { } targets && value is Pack pack
        ? targets.Elements.Zip(pack.Struct.Fields, (t, f) => PartsFor(t, PartOf(pack, f))).SelectMany(static parts => parts)
        : [value];

    // The conversion of the whole tuple converts its elements.
    private static Expr Element(Place place, Expr value)
        => place.Type is ScalarType && value.Type is ScalarType && place.Type != value.Type ? new IR.Convert(value, place.Type) : value;
}
