using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// What the caller's variables held is kept where it is read after they were given another value: in normal form their names mean what came in. Two that
/// are exchanged are the case. Normal form.
/// </summary>
internal static class OldValues
{
    public static Function Run(Function function)
    {
        List<Stmt> statements = [.. function.Body.Statements];
        Dictionary<int, Variable> kept = [];
        List<Stmt> result = [];
        Ids? ids = null;
        for (int i = 0; i < statements.Count; i++)
        {
            Stmt stmt = kept.Count == 0 ? statements[i] : Block.Of([statements[i]]).Substitute(variable => kept.TryGetValue(variable.Id, out Variable? old) ? old.Read() : null).Statements[0];
            if (stmt is WriteBack { Parameter: { Type: not StructType } parameter } && !kept.ContainsKey(parameter.Id) && Block.Of(statements.Skip(i + 1)).Reads().Any(variable => variable.Id == parameter.Id))
            {
                ids ??= new Ids(Uses.Of(function).FirstFreeId);
                kept[parameter.Id] = ids.Fresh(parameter.Name, parameter.Type);
                result.Add(new Declare(kept[parameter.Id], parameter.Read(), Sweep.Adjoint));
            }

            result.Add(stmt);
        }

        return kept.Count == 0 ? function : function with { Body = Block.Of(result) };
    }
}
