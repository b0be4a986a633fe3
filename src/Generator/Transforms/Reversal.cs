using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>Turns the head of a loop round, and makes the primal loop remember what that needs.</summary>
internal static class Reversal
{
    /// <summary>The primal loop, made to tell where it ended, and the head of its adjoint.</summary>
    public static (Loop Primal, Counted Head) Of(Loop loop, Ids ids, Writer before)
    {
        bool breaks = loop.Body.Deep().Contains(new Break(loop.Id));
        return loop.Head is Counted head
            ? breaks ? EndingEarly(loop, head, ids) : Complete(loop, head, ids, before)
            : Counting(loop, ids, before);
    }

    private static (Loop, Counted) Complete(Loop loop, Counted head, Ids ids, Writer before)
        => (loop, Back(ids.VersionOf(head.Index), before.Flat(Last(head)), head));

    private static (Loop, Counted) EndingEarly(Loop loop, Counted head, Ids ids)
    {
        // The index of the iteration that ran last; one step before the first when none did.
        Variable param = ids.Fresh("last", IrType.Int32);
        Variable result = ids.Fresh("last", IrType.Int32);
        Carried last = new(param, head.From - Numbers.Int(head.Step), head.Index.Read(), result);
        Loop primal = loop with { Carried = loop.Carried.Append(last).ToEquatable() };
        return (primal, Back(ids.VersionOf(head.Index), result.Read(), head));
    }

    private static (Loop, Counted) Counting(Loop loop, Ids ids, Writer before)
    {
        Variable param = ids.Fresh("trips", IrType.Int32);
        Variable next = ids.Fresh("trips", IrType.Int32);
        Variable result = ids.Fresh("trips", IrType.Int32);
        Variable number = ids.Fresh("trip", IrType.Int32);
        Declare count = new(next, param.Read() + Numbers.Int(1));
        Loop counting = loop with
        {
            Body = Block.Of([count, .. loop.Body.Statements]),
            Carried = loop.Carried.Append(new(param, Numbers.Int(0), next.Read(), result)).ToEquatable(),
            Trip = param,
        };
        Expr last = before.Flat(result.Read() - Numbers.Int(1));
        return (counting, new(number, last, BinaryOp.GreaterOrEqual, Numbers.Int(0), -1));
    }

    private static Counted Back(Variable index, Expr last, Counted head)
        => new(index, last, head.Step > 0 ? BinaryOp.GreaterOrEqual : BinaryOp.LessOrEqual, head.From, -head.Step);

    private static Expr Last(Counted head) => (Math.Abs(head.Step), head.Relation) switch
    {
        (1, BinaryOp.Less) => head.Bound - Numbers.Int(1),
        (1, BinaryOp.Greater) => head.Bound + Numbers.Int(1),
        (1, _) => head.Bound,
        _ => head.From + ((Trips.CountOf(head) - Numbers.Int(1)) * Numbers.Int(head.Step)),
    };
}
