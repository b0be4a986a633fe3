using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>Writes assignments that happen at once as assignments one after the other.</summary>
internal static class ParallelCopy
{
    /// <summary>Target of a value that is computed only for its effects.</summary>
    public static readonly Variable Nowhere = new(0, "", IrType.Double);

    public static void Emit(List<Flow> copies, EffectsOf effects, Ids ids, List<Stmt> output)
    {
        while (copies.Count > 0)
        {
            int next = Ready(copies, effects);
            if (next < 0)
            {
                next = 0;
                KeepOldValue(copies, ids, output);
            }

            if (copies[next].Into != Nowhere)
            {
                output.Add(new Assign(copies[next].Into, copies[next].Value));
            }
            else if (effects.Whole(copies[next].Value) > Effects.Peeks)
            {
                output.Add(new Evaluate(copies[next].Value));
            }

            copies.RemoveAt(next);
        }
    }

    // The first copy whose target no other one still reads; values with effects keep their order.
    private static int Ready(List<Flow> copies, EffectsOf effects)
    {
        bool effectsBefore = false;
        for (int i = 0; i < copies.Count; i++)
        {
            bool hasEffects = effects.Whole(copies[i].Value) != Effects.None;
            if (!(hasEffects && effectsBefore) && !IsReadByOthers(copies, i))
            {
                return i;
            }

            effectsBefore |= hasEffects;
        }

        return -1;
    }

    private static bool IsReadByOthers(List<Flow> copies, int index)
    {
        int target = copies[index].Into.Id;
        for (int i = 0; i < copies.Count; i++)
        {
            if (i != index && Operands.Reads(copies[i].Value).Any(v => v.Id == target))
            {
                return true;
            }
        }

        return false;
    }

    // Every copy waits for another one (a swap): the first may go when the others read its target's old value elsewhere.
    private static void KeepOldValue(List<Flow> copies, Ids ids, List<Stmt> output)
    {
        Variable target = copies[0].Into;
        Variable old = ids.Fresh(target.Name.Length == 0 ? "old" : "old" + char.ToUpperInvariant(target.Name[0]) + target.Name.Substring(1), target.Type);
        output.Add(new Assign(old, new Read(target)));
        Expr Replace(Expr expr) => expr is Read read
            ? read.Variable.Id == target.Id ? new Read(old) : expr
            : expr.Map(Replace);
        for (int i = 1; i < copies.Count; i++)
        {
            copies[i] = copies[i] with { Value = Replace(copies[i].Value) };
        }
    }
}
