using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// Takes the noise out of a method in normal form: values that are another value, equal computations in the adjoint, joins and carried variables that
/// do not vary, code that nobody needs. The primal's own arithmetic is left as it is, bit for bit.
/// </summary>
internal static class Simplify
{
    private const int MostRounds = 8;

    public static Block Apply(Block body, IEnumerable<Variable> parameters, Ids ids)
    {
        Variable[] roots = [.. parameters];
        for (int round = 0; round < MostRounds; round++)
        {
            Memory memory = Memory.Of(body, roots);
            Block folded = new Folding(memory, ids).Rewrite(body);
            Block live = DeadCode.Collect(DeadStores.Apply(folded, memory));
            if (ReferenceEquals(live, body) || live.Equals(body))
            {
                return live;
            }

            body = live;
        }

        return body;
    }
}
