using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>An expression of a statement, and what may be folded into it.</summary>
/// <param name="Allowed">Effects that values folded in here may have without changing places with those of the statement.</param>
internal readonly record struct Root(Expr Value, Effects Allowed)
{
    public const Effects Any = Effects.Peeks | Effects.Loads | Effects.Throws | Effects.Writes;

    public static implicit operator Root(Expr value) => new(value, Any);
}

/// <summary>
/// The statements of one block, some of which are values that wait to be folded into the one expression that uses them. A value
/// that cannot be folded is settled: declared at the place where it was computed. Values with effects are folded only so that
/// all effects keep their order: into an expression go the last ones pending, in the order in which C# evaluates that expression.
/// </summary>
internal sealed class PendingValues(EffectsOf effects)
{
    private const int Widest = 90;

    private readonly List<Stmt?> output = [];
    private readonly Dictionary<int, Pending> waiting = [];
    private readonly List<Pending> ordered = [];
    private readonly Dictionary<int, List<Pending>> readers = [];

    private sealed record Pending(Declare Statement, Effects Effects, int Width, int Slot)
    {
        public Expr Value => Statement.Value!;
    }

    private enum Evaluated { Always, Sometimes }

    private sealed record Use(Pending Pending, int Position, int Root, Evaluated Evaluated);

    public Block ToBlock()
    {
        SettleAll();
        return Block.Of(output.Where(s => s is not null)!);
    }

    public void Emit(Stmt statement) => output.Add(statement);

    /// <summary>The value of a variable that waits to be folded; null where it is settled.</summary>
    public Expr? Waiting(Variable variable) => waiting.TryGetValue(variable.Id, out Pending pending) ? pending.Value : null;

    public void Add(Declare statement)
    {
        var pending = new Pending(statement, effects.Whole(statement.Value!), Width.Of(statement.Value!), output.Count);
        output.Add(null);
        waiting.Add(statement.Variable.Id, pending);
        if (pending.Effects != Effects.None)
        {
            ordered.Add(pending);
        }

        foreach (Variable variable in Operands.Reads(statement.Value!))
        {
            int key = Uses.Key(variable);
            if (!readers.TryGetValue(key, out List<Pending> list))
            {
                readers.Add(key, list = []);
            }

            list.Add(pending);
        }
    }

    /// <summary>Settles what would have to move past an effect that comes now.</summary>
    public void SettleOrdered() => SettleOrdered(ordered.Count);

    public void SettleAll()
    {
        foreach (Pending pending in waiting.Values)
        {
            output[pending.Slot] = pending.Statement;
        }

        waiting.Clear();
        ordered.Clear();
        readers.Clear();
    }

    /// <summary>Settles what reads another version of a variable, so that the two versions can share a local.</summary>
    public void SettleReadersOf(Variable variable)
    {
        int key = Uses.Key(variable);
        if (readers.TryGetValue(key, out List<Pending> list))
        {
            readers.Remove(key);
            list.ForEach(Settle);
        }
    }

    public void Settle(Variable variable)
    {
        if (waiting.TryGetValue(variable.Id, out Pending pending))
        {
            Settle(pending);
        }
    }

    /// <summary>Folds waiting values into expressions that C# evaluates in the given order.</summary>
    public Expr[] Fold(params Root[] roots)
    {
        List<Use> uses = [];
        int firstEffect = int.MaxValue;
        if (waiting.Count > 0)
        {
            uses = Collect(roots, out firstEffect);
            var seen = new HashSet<Pending>(ReferenceComparer.Of<Pending>());
            List<Use> repeated = uses.FindAll(use => !seen.Add(use.Pending));
            if (repeated.Count > 0)
            {
                // An expression that was copied into several places (a length) reads it.
                repeated.ForEach(use => Settle(use.Pending));
                uses = Collect(roots, out firstEffect);
            }
        }

        if (uses.Count == 0)
        {
            return Array.ConvertAll(roots, static root => root.Value);
        }

        var folded = new Dictionary<int, Expr>();
        int[] widths = Array.ConvertAll(roots, static root => Width.Of(root.Value));
        FoldOrdered(roots, uses, firstEffect, widths, folded);
        FoldFree(uses, widths, folded);
        foreach (Use use in uses.Where(u => !folded.ContainsKey(u.Pending.Statement.Variable.Id)))
        {
            Settle(use.Pending);
        }

        Expr Replace(Expr expr) => expr is Read read
            ? folded.TryGetValue(read.Variable.Id, out Expr value) ? value : expr
            : expr.Map(Replace);
        return [.. roots.Select(r => Replace(r.Value))];
    }

    /// <summary>A waiting value without effects whose expression is no larger than <paramref name="size"/> nodes; else settles it.</summary>
    public Expr FoldSmall(Expr expr, int size)
    {
        if (expr is not Read read || !waiting.TryGetValue(read.Variable.Id, out Pending pending))
        {
            foreach (Variable variable in Operands.Reads(expr))
            {
                Settle(variable);
            }

            return expr;
        }

        if (pending.Effects != Effects.None || Width.Nodes(pending.Value) > size)
        {
            Settle(pending);
            return expr;
        }

        waiting.Remove(read.Variable.Id);
        return pending.Value;
    }

    private List<Use> Collect(Root[] roots, out int firstEffect)
    {
        var uses = new List<Use>();
        int position = 0, first = int.MaxValue;
        void Visit(Expr expr, int root, Evaluated evaluated)
        {
            if (expr is Read read && waiting.TryGetValue(read.Variable.Id, out Pending pending))
            {
                uses.Add(new Use(pending, position++, root, evaluated));
                return;
            }

            bool first_ = true;
            foreach (Expr operand in Operands.Of(expr))
            {
                Visit(operand, root, first_ || !IsLazy(expr) ? evaluated : Evaluated.Sometimes);
                first_ = false;
            }

            if (effects.Node(expr) != Effects.None)
            {
                first = Math.Min(first, position);
                position++;
            }
        }

        for (int i = 0; i < roots.Length; i++)
        {
            Visit(roots[i].Value, i, Evaluated.Always);
        }

        firstEffect = first;
        return uses;
    }

    private static bool IsLazy(Expr expr) => expr is Conditional or Binary { Op: BinaryOp.AndAlso or BinaryOp.OrElse };

    private void FoldOrdered(Root[] roots, List<Use> uses, int firstEffect, int[] widths, Dictionary<int, Expr> folded)
    {
        Dictionary<Pending, Use> byPending = uses.Where(u => u.Pending.Effects != Effects.None).ToDictionary(u => u.Pending, ReferenceComparer.Of<Pending>());
        int keep = ordered.Count, before = firstEffect;
        while (keep > 0
            && byPending.TryGetValue(ordered[keep - 1], out Use use)
            && use.Evaluated == Evaluated.Always
            && use.Position < before
            && (use.Pending.Effects & ~roots[use.Root].Allowed) == 0
            && Fits(use, widths))
        {
            Take(use, widths, folded);
            before = use.Position;
            keep--;
        }

        ordered.RemoveRange(keep, ordered.Count - keep);
    }

    private void FoldFree(List<Use> uses, int[] widths, Dictionary<int, Expr> folded)
    {
        // Where not all fit, the long ones become lines of their own.
        foreach (Use use in uses.Where(u => u.Pending.Effects == Effects.None).OrderBy(u => u.Pending.Width))
        {
            if (Fits(use, widths))
            {
                Take(use, widths, folded);
            }
        }
    }

    private static bool Fits(Use use, int[] widths) => widths[use.Root] + use.Pending.Width <= Widest || use.Pending.Width <= 4;

    private void Take(Use use, int[] widths, Dictionary<int, Expr> folded)
    {
        widths[use.Root] += use.Pending.Width;
        folded.Add(use.Pending.Statement.Variable.Id, use.Pending.Value);
        waiting.Remove(use.Pending.Statement.Variable.Id);
    }

    private void Settle(Pending pending)
    {
        int id = pending.Statement.Variable.Id;
        if (!waiting.TryGetValue(id, out Pending current) || !ReferenceEquals(current, pending))
        {
            return;
        }

        int place = pending.Effects == Effects.None ? -1 : ordered.FindIndex(p => ReferenceEquals(p, pending));
        if (place >= 0)
        {
            SettleOrdered(place + 1);
            return;
        }

        waiting.Remove(id);
        output[pending.Slot] = pending.Statement;
    }

    // An effect that happens at its place makes all earlier ones happen at theirs.
    private void SettleOrdered(int count)
    {
        for (int i = 0; i < count; i++)
        {
            waiting.Remove(ordered[i].Statement.Variable.Id);
            output[ordered[i].Slot] = ordered[i].Statement;
        }

        ordered.RemoveRange(0, count);
    }
}
