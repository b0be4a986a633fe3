using Backprop.Generator.IR;

namespace Backprop.Generator.Analyses;

/// <summary>How storage in an object is named that is marked [NoGradient], or that holds no floating-point numbers.</summary>
internal enum Constants
{
    /// <summary>As storage of its own, the same whichever object it is read from: nothing that is written there carries a derivative.</summary>
    Apart,

    /// <summary>As a part of its object: who knows the object can write it.</summary>
    OfOwner,
}

/// <summary>Under which roots storage is known: see <see cref="Memory"/>.</summary>
internal sealed class Roots
{
    private readonly Dictionary<int, HashSet<int>> roots = [];
    private readonly Constants constants;

    private Roots(Constants constants) => this.constants = constants;

    public static Roots Of(List<Stmt> statements, List<Variable> parameters, Constants constants)
    {
        Roots all = new(constants);
        parameters.ForEach(parameter => all.roots[parameter.Id] = [parameter.Id]);
        while (statements.Count(stmt => all.Follow(stmt) is Change.Some) > 0)
        {
        }

        return all;
    }

    /// <summary>Every root there is.</summary>
    public IEnumerable<int> All => roots.Values.SelectMany(set => set).Distinct();

    /// <summary>Whether a member that is a constant was met.</summary>
    public bool HasConstants { get; private set; }

    /// <summary>The roots that an expression may name.</summary>
    public IReadOnlyCollection<int> Of(Expr memory)
    {
        switch (memory)
        {
            case Read read: return roots.TryGetValue(read.Variable.Id, out HashSet<int>? found) ? found : [];
            case Slice slice: return Of(slice.Memory);
            case Element { Path: { Count: > 0 } path } part when path[path.Count - 1] is { Wanted: Wanted.Nothing } member:
                HasConstants = true;
                return constants == Constants.OfOwner && Of(part.Memory) is { Count: > 0 } owners ? owners : [Named(member.Storage)];
            case Element row: return Of(row.Memory);
            case Conditional choice: return [.. Of(choice.Then).Union(Of(choice.Else))];
            default: return [];
        }
    }

    /// <summary>A root that no variable is.</summary>
    public static int Named(string name)
    {
        int hash = 17;
        foreach (char letter in name)
        {
            hash = unchecked((hash * 31) + letter);
        }

        return hash | int.MinValue;
    }

    private enum Change { None, Some }

    private Change Follow(Stmt stmt) => stmt switch
    {
        Declare { Value: Slice or Element or Read or Conditional } declare => Flow(declare.Value!, declare.Variable),
        Declare { Variable.Type.IsMemory: true } declare => Add(declare.Variable, [declare.Variable.Id]),
        Call call => Any(call.Results.Where(static result => result.Type is { IsMemory: true }).Select(result => Add(result, [result.Id]))),
        If branch => Any(branch.Joins.Where(join => join.Result.Type.IsMemory).SelectMany(join => new[] { Flow(join.Then, join.Result), Flow(join.Else, join.Result) })),
        Loop loop => Any(loop.Carried.Where(c => c.Param.Type.IsMemory).SelectMany(c => new[] { Flow(c.Init, c.Param), Flow(c.Next, c.Param), Flow(c.Param.Read(), c.Result) })),
        _ => Change.None,
    };

    private static Change Any(IEnumerable<Change> changes) => changes.ToList().Contains(Change.Some) ? Change.Some : Change.None;

    private Change Flow(Expr from, Variable to) => to.Type.IsMemory ? Add(to, Of(from)) : Change.None;

    private Change Add(Variable variable, IEnumerable<int> more)
    {
        if (!roots.TryGetValue(variable.Id, out HashSet<int>? set))
        {
            roots[variable.Id] = set = [];
        }

        int before = set.Count;
        set.UnionWith(more);
        return set.Count > before ? Change.Some : Change.None;
    }
}
