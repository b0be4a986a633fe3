using Backprop.Generator.IR;

namespace Backprop.Fuzz.Faults;

/// <summary>What memory held when it was read is taken from memory again in the backward sweep, as if nothing wrote it meanwhile.</summary>
internal static class Rereading
{
    public static Block Apply(Block body)
    {
        Dictionary<int, Expr> loads = [];
        Parts.ForEach(body, statement =>
        {
            if (statement is Declare { Sweep: Sweep.Primal, Value: Element load } declare)
            {
                loads[declare.Variable.Id] = load;
            }
        });
        return Rewrite.Adjoint(e => e is Read read && loads.TryGetValue(read.Variable.Id, out Expr? load) ? load : e)(body);
    }
}
