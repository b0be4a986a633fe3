using Backprop.Generator.IR;

namespace Backprop.Generator.Analyses;

internal enum Side { Body, Then, Else }

/// <summary>
/// A body of a loop or a branch of an <c>if</c> of the forward sweep that is reversed apart from it, elsewhere in the backward sweep.
/// </summary>
/// <param name="Owner">Id of the loop or branch.</param>
/// <param name="Parent">The region in which the owner stands; null where both sweeps share one scope.</param>
internal sealed record ReversedRegion(int Owner, Side Side, ReversedRegion? Parent)
{
    /// <summary>The loops around the region that are reversed apart, innermost first.</summary>
    public IEnumerable<int> Loops()
    {
        for (ReversedRegion? region = this; region is not null; region = region.Parent)
        {
            if (region.Side == Side.Body)
            {
                yield return region.Owner;
            }
        }
    }
}

/// <summary>Where each value of the forward sweep was computed, if its adjoint stands elsewhere.</summary>
internal sealed class Regions
{
    private readonly Dictionary<int, ReversedRegion> regions = [];
    private readonly Dictionary<int, ReversedRegion> bodies = [];
    private readonly Dictionary<(int Owner, Side Side), ReversedRegion> branches = [];
    private readonly Dictionary<int, int> anchors = [];
    private readonly Dictionary<int, int> introducedUnder = [];
    private readonly HashSet<int> parameters = [];
    private readonly HashSet<int> reversed;

    private Regions(HashSet<int> reversed) => this.reversed = reversed;

    public static Regions Of(Block body)
    {
        Regions result = new([.. body.Deep().Select(MirroredBy).Where(id => id != 0)]);
        result.Walk(body, null, 0);
        return result;
    }

    /// <summary>The statement of the forward sweep whose adjoint this is; 0 if it is none.</summary>
    public static int MirroredBy(Stmt stmt) => stmt switch { If s => s.Mirrors, Loop s => s.Mirrors, _ => 0 };

    /// <summary>Whether it is an adjoint, and its statement of the forward sweep still there: simplification may have left that out.</summary>
    public bool HasForwardOf(Stmt stmt) => bodies.ContainsKey(MirroredBy(stmt)) || branches.ContainsKey((MirroredBy(stmt), Side.Then));

    public ReversedRegion? Of(Variable variable) => regions.TryGetValue(variable.Id, out ReversedRegion? region) ? region : null;

    public bool IsIn(Variable variable, ReversedRegion region) => Of(variable) is { } found && found.Owner == region.Owner && found.Side == region.Side;

    /// <summary>The region that is the body of that loop.</summary>
    public ReversedRegion Inside(int loop) => bodies[loop];

    /// <summary>The region that is a branch of that <c>if</c>.</summary>
    public ReversedRegion Branch(int owner, Side side) => branches[(owner, side)];

    /// <summary>The outermost statement around a loop before which storage must be ready: one that repeats, or whose adjoint stands elsewhere.</summary>
    public int AnchorOf(int loop) => anchors[loop];

    /// <summary>Whether the value is known before that outermost statement.</summary>
    public bool IsKnownBefore(int anchor, Variable variable) => !introducedUnder.TryGetValue(variable.Id, out int under) || under != anchor;

    /// <summary>Whether the variable is a parameter of its loop's body.</summary>
    public bool IsParam(Variable variable) => parameters.Contains(variable.Id);

    /// <summary>A value that was introduced into a region.</summary>
    public void Adopt(Variable variable, ReversedRegion? region) => Define([variable], region, 0);

    private void Walk(Block block, ReversedRegion? region, int anchor)
    {
        foreach (Stmt stmt in block.Statements.Where(stmt => MirroredBy(stmt) == 0))
        {
            Define(stmt is Loop outer ? outer.Carried.Select(carried => carried.Result) : stmt.Introduces(), region, anchor);
            if (stmt is If branch)
            {
                int inner = anchor == 0 && reversed.Contains(branch.Id) ? branch.Id : anchor;
                Walk(branch.Then, BranchOf(branch.Id, Side.Then, region), inner);
                Walk(branch.Else, BranchOf(branch.Id, Side.Else, region), inner);
            }
            else if (stmt is Loop loop)
            {
                int inner = anchor == 0 ? loop.Id : anchor;
                anchors[loop.Id] = inner;
                ReversedRegion? inside = Inside(loop.Id, Side.Body, region);
                if (inside is not null && inside.Owner == loop.Id)
                {
                    bodies[loop.Id] = inside;
                }

                List<Variable> own = [.. loop.Carried.Select(carried => carried.Param), .. loop.Head is Counted head ? [head.Index] : Array.Empty<Variable>()];
                parameters.UnionWith(own.Select(variable => variable.Id));
                Define(own, inside, inner);
                Walk(loop.Body, inside, inner);
            }
        }
    }

    private ReversedRegion? BranchOf(int owner, Side side, ReversedRegion? region)
    {
        ReversedRegion? inside = Inside(owner, side, region);
        if (inside is not null && inside.Owner == owner)
        {
            branches[(owner, side)] = inside;
        }

        return inside;
    }

    private ReversedRegion? Inside(int owner, Side side, ReversedRegion? region) => reversed.Contains(owner) ? new(owner, side, region) : region;

    private void Define(IEnumerable<Variable> variables, ReversedRegion? region, int anchor)
    {
        foreach (Variable variable in variables)
        {
            if (region is not null)
            {
                regions[variable.Id] = region;
            }

            if (anchor != 0)
            {
                introducedUnder[variable.Id] = anchor;
            }
        }
    }
}
