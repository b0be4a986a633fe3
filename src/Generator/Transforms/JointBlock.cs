using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>Statements that have to come earlier, before statement <paramref name="Before"/>, so that it can be reversed on the spot.</summary>
internal sealed record Hoisted(IReadOnlyList<Declare> Statements, int Before);

/// <summary>A block whose forward and backward sweeps are being laid out one after the other.</summary>
internal sealed class JointBlock
{
    private const int Nowhere = -1;

    private readonly Dictionary<int, int> positions = [];
    private readonly Dictionary<int, Declare> declared = [];
    private readonly HashSet<int> fixedResults = [];

    // Where a moved declaration stands now; it may move again, to a statement before that one.
    private readonly Dictionary<int, int> moved = [];
    private int indexed;

    public JointBlock(IReadOnlyList<Stmt> statements, FusionGuard guard)
    {
        Statements = statements;
        Guard = guard;
        Forward = new List<Stmt>[statements.Count];
        Backward = new List<Stmt>[statements.Count];
        indexed = statements.Count;
        for (int i = 0; i < statements.Count; i++)
        {
            foreach (Variable variable in statements[i].Introduces())
            {
                positions[variable.Id] = i;
                if (statements[i] is Declare declare)
                {
                    declared[variable.Id] = declare;
                }
            }
        }
    }

    public IReadOnlyList<Stmt> Statements { get; }

    public FusionGuard Guard { get; }

    /// <summary>The first statement that is reversed on the spot; null as long as there is none.</summary>
    public int? FirstFused { get; set; }

    public List<Stmt>[] Forward { get; }

    public List<Stmt>[] Backward { get; }

    /// <summary>What must stand before statement <paramref name="before"/> for the given values to be known there; null when they
    /// depend on it or on something that cannot move.</summary>
    public Hoisted? Hoist(IEnumerable<Expr> needed, int before)
    {
        IndexBackward(before);
        List<Declare> result = [];
        HashSet<int> visited = [];
        return needed.SelectMany(static expr => expr.Reads()).All(variable => Reach(variable, before, visited, result)) ? new(result, before) : null;
    }

    public void Move(Hoisted hoisted)
    {
        foreach (Declare stmt in hoisted.Statements)
        {
            moved[stmt.Variable.Id] = hoisted.Before;
        }
    }

    public List<Stmt> Merge(IReadOnlyList<Stmt> between)
    {
        List<Stmt> result = [.. Forward.SelectMany(Kept)];
        result.AddRange(between);
        List<Stmt> group = [];
        for (int i = Statements.Count - 1; i >= 0; i--)
        {
            group.AddRange(Kept(Backward[i], Nowhere));
            if (Statements[i] is Note note && group.Count > 0)
            {
                result.Add(note);
                result.AddRange(group);
                group.Clear();
            }
        }

        result.AddRange(group);
        return result;
    }

    private IEnumerable<Stmt> Kept(IEnumerable<Stmt> statements, int place)
        => statements.Where(stmt => stmt is not Declare declare || !moved.TryGetValue(declare.Variable.Id, out int now) || now == place);

    private void IndexBackward(int before)
    {
        for (indexed--; indexed > before; indexed--)
        {
            foreach (Stmt stmt in Forward[indexed].Concat(Backward[indexed]))
            {
                foreach (Variable variable in stmt.Introduces().Where(variable => !positions.ContainsKey(variable.Id)))
                {
                    if (stmt is Declare declare)
                    {
                        declared[variable.Id] = declare;
                    }
                    else
                    {
                        fixedResults.Add(variable.Id);
                    }
                }
            }
        }

        indexed = before + 1;
    }

    private bool Reach(Variable variable, int before, HashSet<int> visited, List<Declare> result)
    {
        if (!visited.Add(variable.Id) || (positions.TryGetValue(variable.Id, out int position) && position < before))
        {
            return !fixedResults.Contains(variable.Id);
        }

        if (!declared.TryGetValue(variable.Id, out Declare? declare))
        {
            return !fixedResults.Contains(variable.Id) && !positions.ContainsKey(variable.Id);
        }

        if (!CanMove(declare.Value!) || !declare.Value!.Reads().All(read => Reach(read, before, visited, result)))
        {
            return false;
        }

        result.Add(declare);
        return true;
    }

    private static bool CanMove(Expr expr) => expr switch
    {
        Read or Literal or Default => true,
        Unary or IR.Convert or Conditional or Apply or Stop or Length => expr.Operands().All(CanMove),
        Binary { Type.IsFloating: false, Op: BinaryOp.Divide or BinaryOp.Remainder } => false,
        Binary => expr.Operands().All(CanMove),
        External { Effect: Effect.Pure } => expr.Operands().All(CanMove),
        _ => false,
    };
}
