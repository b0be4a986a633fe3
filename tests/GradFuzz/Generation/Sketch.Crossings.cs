using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Generation;

/// <summary>Operands that change each other: <c>a[i] * (i++ + a[i])</c>, <c>F(in x, x += y)</c>.</summary>
internal sealed partial class Sketch
{
    // Of one statement.
    private int[] focus = [];
    private bool isMoving;

    /// <summary>Few variables that this statement prefers to all others, wherever it reads, writes or counts.</summary>
    private void Focus()
    {
        IReadOnlyList<Variable> integers = VisibleOf(variable => variable.Type == DataType.Int && !constant.Contains(variable.Id));
        IReadOnlyList<Variable> composites = VisibleOf(static variable => variable.Type is CompositeType or MemoryType { Element: CompositeType });
        focus = visible.Count == 0 || !Has(Constructs.Crossings) || !Has(Constructs.ValuesOfAssignments) || Chance(0.3) ? []
            : [Pick(composites.Count > 0 && Chance(0.7) ? composites : visible).Id, .. integers.Count > 0 ? [Pick(integers).Id] : Array.Empty<int>()];
    }

    private Variable Preferred(IReadOnlyList<Variable> candidates) => Preferred(candidates, Pick(candidates));

    private Variable Preferred(IReadOnlyList<Variable> candidates, Variable otherwise)
        => focus.Length > 0 && Chance(0.6) ? candidates.FirstOrDefault(variable => focus.Contains(variable.Id)) ?? otherwise : otherwise;

    /// <summary>An index that an operand may change, or that changes itself; null where this statement prefers no integer.</summary>
    private Binary? Moving(int length)
    {
        // The indices of what is counted with do not move.
        if (focus.Length == 0 || isMoving || Chance(0.5))
        {
            return null;
        }

        isMoving = true;
        Expr? target = TargetOf(DataType.Int);
        isMoving = false;
        if (target is not { } counter)
        {
            return null;
        }

        Expr at = random.Next(5) switch
        {
            < 2 => new Stepped((Step)random.Next(4), counter),
            2 => new Assign(counter, Chance(0.5) ? BinaryOp.Add : null, IntegerLeaf()),
            _ => counter,
        };
        return new Binary(BinaryOp.Remainder, new Binary(BinaryOp.And, at, new Literal(DataType.Int, 7)), new Literal(DataType.Int, length));
    }
}
