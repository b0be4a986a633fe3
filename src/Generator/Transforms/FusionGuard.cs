using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>Whether a statement of a block may be reversed on the spot, before what follows it was run: by the storage that it touches, and by the guards that may end the method.</summary>
internal sealed class FusionGuard
{
    private readonly IReadOnlyList<Stmt> statements;
    private readonly Activity activity;
    private readonly Memory memory;
    private readonly Dictionary<int, int> lastWritten = [];

    // Where the method throws of its own accord, no gradient was delivered yet.
    private readonly int lastThrow;

    public FusionGuard(IReadOnlyList<Stmt> statements, Activity activity, Memory memory)
    {
        this.statements = statements;
        this.activity = activity;
        this.memory = memory;
        lastThrow = statements.ToList().FindLastIndex(static stmt => stmt.Deep().Any(static inner => inner is Throw));
        for (int i = 0; activity.HasMemory && i < statements.Count; i++)
        {
            foreach (int root in Written(statements[i]))
            {
                lastWritten[root] = i;
            }
        }
    }

    public bool Allows(int position)
    {
        if (position <= lastThrow)
        {
            return false;
        }

        if (!activity.HasMemory)
        {
            return true;
        }

        Block own = Block.Of([statements[position]]);
        HashSet<int> inside = own.Introduced();
        if (Written(statements[position]).Any(root => activity.IsActiveRoot(root) && !inside.Contains(root)))
        {
            // The cotangents of what it writes are gathered by what follows.
            return false;
        }

        // What follows begins its adjoint with the cotangents of what it wrote: they must not hold any of this statement's yet.
        return own.Reads().SelectMany(variable => memory.RootsOf(variable.Read()))
            .All(root => !activity.IsActiveRoot(root) || inside.Contains(root) || !lastWritten.TryGetValue(root, out int last) || last <= position);
    }

    private IEnumerable<int> Written(Stmt stmt) => stmt.Deep().SelectMany(inner => inner switch
    {
        Store store => memory.RootsOf(store.Target.Memory),
        Accumulate { Target: Element target } => memory.RootsOf(target.Memory),
        Fill fill => memory.RootsOf(fill.Memory),
        Copy copy => memory.RootsOf(copy.Destination),
        Call call => call.Written.SelectMany(memory.RootsOf),
        _ => [],
    });
}
