using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>Takes out stores of the backward sweep that the next store to the same element makes void: what is emptied to be filled is only filled.</summary>
internal static class DeadStores
{
    public static Block Apply(Block block, Memory memory)
    {
        EquatableArray<Stmt> statements = block.Statements.Map(stmt => stmt is If or Loop ? stmt.Map(static expr => expr, inner => Apply(inner, memory)) : stmt);
        List<Stmt> rest = new(statements.Count);
        for (int i = 0; i < statements.Count; i++)
        {
            if (statements[i] is not Store store || !IsVoid(store, statements, i + 1, memory))
            {
                rest.Add(statements[i]);
            }
        }

        return block.With(statements.With(rest));
    }

    // Only over what cannot end the method: else the user's array would be left in another state.
    private static bool IsVoid(Store store, EquatableArray<Stmt> statements, int next, Memory memory)
    {
        IReadOnlyCollection<int> roots = memory.RootsOf(store.Target.Memory);
        for (int i = next; i < statements.Count; i++)
        {
            switch (statements[i])
            {
                case Store later:
                    return later.Target == store.Target;
                case Note:
                case Declare { Sweep: not Sweep.Primal, Value: Binary or Unary or IR.Convert or IR.Apply or Conditional }:
                case Declare { Sweep: not Sweep.Primal, Value: Element read } when !memory.RootsOf(read.Memory).Any(roots.Contains):
                case Accumulate { Target: Element sum } when !memory.RootsOf(sum.Memory).Any(roots.Contains):
                case Accumulate { Target: Read }:
                    break;
                default:
                    return false;
            }
        }

        return false;
    }
}
