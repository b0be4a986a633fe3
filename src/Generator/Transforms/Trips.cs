using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// How the iterations of a loop and of its adjoint correspond, and how many there can be.
/// </summary>
/// <param name="Number">Number of the iteration, from 0, in terms of the primal loop.</param>
/// <param name="Reversed">The same in terms of the adjoint loop.</param>
/// <param name="AtMost">How many iterations there can be, in terms of values known before the loop; null when only the loop itself can tell.</param>
/// <param name="Same">The variable of the primal loop whose value the adjoint loop has without being told, and that value.</param>
internal sealed record Trips(Expr Number, Expr Reversed, Expr? AtMost, (Variable Primal, Expr Adjoint) Same)
{
    public static Trips Of(Loop primal, Loop adjoint)
    {
        Variable index = ((Counted)adjoint.Head).Index;
        return primal.Head is Counted head
            ? new(NumberOf(head, head.Index), NumberOf(head, index), CountOf(head), (head.Index, index.Read()))
            : new(primal.Trip!.Read(), index.Read(), null, (primal.Trip!, index.Read()));
    }

    /// <summary>The number of trips; zero or negative when there is none.</summary>
    public static Expr CountOf(Counted head)
    {
        Expr span = head.Step > 0 ? Distance(head.Bound, head.From) : Distance(head.From, head.Bound);
        int step = Math.Abs(head.Step);
        int more = head.Relation is BinaryOp.Less or BinaryOp.Greater ? step - 1 : step;
        Expr reach = more == 0 ? span : span + Numbers.Int(more);
        return step == 1 ? reach : reach / Numbers.Int(step);
    }

    private static Expr NumberOf(Counted head, Variable index)
    {
        Expr distance = head.Step > 0 ? Distance(index.Read(), head.From) : Distance(head.From, index.Read());
        return Math.Abs(head.Step) == 1 ? distance : distance / Numbers.Int(Math.Abs(head.Step));
    }

    private static Expr Distance(Expr to, Expr from) => from.Is(0) ? to : to - from;
}
