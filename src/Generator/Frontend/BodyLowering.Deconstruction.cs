using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary><c>(a, b) = (b, a)</c>: tuples that never become values.</summary>
internal sealed partial class BodyLowering
{
    public override Expr? VisitDeconstructionAssignment(IDeconstructionAssignmentOperation operation, Use use)
    {
        var pairs = new List<(IOperation Target, IOperation Value)>();
        if (use == Use.Value || !Pair(operation.Target, operation.Value, pairs))
        {
            return Refuse(
                operation.Value,
                Descriptors.CompositeValue,
                operation.Value.Type is { } type ? CSharpText.Short(type) : "tuple",
                "that is not written as a tuple in this place cannot be taken apart yet",
                "assign the variables one by one, each from its own expression");
        }

        // C#: the operands of all targets, then all values, then the writes.
        IOperation[] values = [.. pairs.Select(static p => p.Value)];
        Place[] places = [.. pairs.Select(p => PlaceOf(p.Target, values))];
        Expr[] operands = [.. pairs.Select(p => Stable(Operand(p.Value)))];
        for (int i = 0; i < places.Length; i++)
        {
            Write(places[i], Element(places[i], operands[i]), pairs[i].Value);
        }

        return null;
    }

    private static bool Pair(IOperation target, IOperation value, List<(IOperation Target, IOperation Value)> pairs)
    {
        if (target is IDeclarationExpressionOperation { Expression: ITupleOperation declared })
        {
            target = declared;
        }

        if (target is not ITupleOperation targets)
        {
            pairs.Add((target, value));
            return true;
        }

        while (value is IConversionOperation { IsImplicit: true } conversion)
        {
            value = conversion.Operand;
        }

        return value is ITupleOperation values
            && values.Elements.Length == targets.Elements.Length
            && targets.Elements.Zip(values.Elements, (t, v) => Pair(t, v, pairs)).All(static isPaired => isPaired);
    }

    // The conversion of the whole tuple converts its elements.
    private static Expr Element(Place place, Expr value)
        => place.Type is ScalarType && value.Type is ScalarType && place.Type != value.Type ? new IR.Convert(value, place.Type) : value;
}
