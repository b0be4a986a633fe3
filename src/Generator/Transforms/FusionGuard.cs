using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>Whether the storage that a loop or branch touches lets it be reversed on the spot, before what follows it was run.</summary>
internal sealed class FusionGuard(Activity activity, Memory memory)
{
    public bool Allows(IReadOnlyList<Stmt> statements, int position)
    {
        Block own = Block.Of([statements[position]]);
        HashSet<int> inside = [.. own.Deep().SelectMany(Traversal.Introduces).Select(variable => variable.Id)];
        if (Written(own).SelectMany(memory.RootsOf).Any(root => activity.IsActiveRoot(root) && !inside.Contains(root)))
        {
            // The cotangents of what it writes are gathered by what follows.
            return false;
        }

        HashSet<int> read = [.. own.Reads().SelectMany(variable => memory.RootsOf(variable.Read())).Where(root => activity.IsActiveRoot(root) && !inside.Contains(root))];
        return read.Count == 0 || !Written(Block.Of(statements.Skip(position + 1))).SelectMany(memory.RootsOf).Any(read.Contains);
    }

    private static IEnumerable<Expr> Written(Block block) => block.Deep().SelectMany(stmt => stmt switch
    {
        Store store => new[] { store.Target.Memory },
        Accumulate { Target: Element target } => [target.Memory],
        Fill fill => [fill.Memory],
        Copy copy => [copy.Destination],
        _ => [],
    });
}
