using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>A value that goes into a variable together with others: all values are computed before any is assigned.</summary>
internal readonly record struct Flow(Variable Into, Expr Value);

/// <summary>
/// What happens at the end of a block: the joins of its branch, or the next values of its loop. A break does, on its way out, all of it
/// up to the loop.
/// </summary>
/// <param name="Flows">The values of this block.</param>
/// <param name="Outer">The end of the block around it; null for that of a loop or a method.</param>
internal sealed record Ending(IReadOnlyList<Flow> Flows, Ending? Outer)
{
    public static readonly Ending OfMethod = new([], null);

    public static Ending OfThen(If statement, Ending outer) => new([.. statement.Joins.Select(j => new Flow(j.Result, j.Then))], outer);

    public static Ending OfElse(If statement, Ending outer) => new([.. statement.Joins.Select(j => new Flow(j.Result, j.Else))], outer);

    public static Ending OfBody(Loop loop) => new([.. loop.Carried.Select(c => new Flow(c.Param, c.Next))], null);

    /// <summary>From here out to the loop.</summary>
    public IEnumerable<IReadOnlyList<Flow>> WayOut()
    {
        for (Ending? ending = this; ending is not null; ending = ending.Outer)
        {
            yield return ending.Flows;
        }
    }
}
