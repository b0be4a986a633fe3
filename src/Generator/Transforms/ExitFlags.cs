using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// Turns the breaks of a loop into one break at the very end of its body, so that more statements can follow the ones that led to it.
/// Normal form.
/// </summary>
internal static class ExitFlags
{
    /// <summary>The body without breaks, and the statement that ends the loop if one of them was reached; null if there are none.</summary>
    public static (Block Body, Stmt? Exit) Last(Loop loop, Ids ids)
    {
        if (!loop.Body.Deep().Contains(new Break(loop.Id)))
        {
            return (loop.Body, null);
        }

        (Block body, Expr stopped) = Flag(loop.Body, loop.Id, ids);
        return (body, new If(ids.Take(), stopped, Block.Of([new Break(loop.Id)]), Block.Empty, EquatableArray<Join>.Empty));
    }

    private static (Block, Expr) Flag(Block block, int loop, Ids ids)
    {
        switch (block.Statements.LastOrDefault())
        {
            case Break end when end.Loop == loop:
                return (Block.Of(block.Statements.Take(block.Statements.Count - 1)), Numbers.True);
            case If branch:
                (Block then, Expr thenStops) = Flag(branch.Then, loop, ids);
                (Block @else, Expr elseStops) = Flag(branch.Else, loop, ids);
                if (thenStops.Equals(Numbers.False) && elseStops.Equals(Numbers.False))
                {
                    return (block, Numbers.False);
                }

                Variable stopped = ids.Fresh("stopped", IrType.Bool);
                If flagged = branch with { Then = then, Else = @else, Joins = branch.Joins.Append(new(stopped, thenStops, elseStops)).ToEquatable() };
                return (Block.Of([.. block.Statements.Take(block.Statements.Count - 1), flagged]), stopped.Read());
            default:
                return (block, Numbers.False);
        }
    }
}
