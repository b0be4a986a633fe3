using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Generation;

/// <summary>A program in the making: what may be used, what is in scope, what was written so far.</summary>
internal sealed partial class Sketch
{
    private readonly Random random;
    private readonly IReadOnlySet<string> constructs;
    private readonly List<Variable> visible = [];
    private readonly HashSet<int> constant = [];
    private readonly HashSet<int> references = [];
    private readonly Dictionary<int, int> roots = [];
    private readonly int[] lengths;
    private readonly List<CompositeType> types = [];
    private readonly List<Method> others = [];
    private readonly List<Method> localFunctions = [];
    private List<Stmt> open = [];
    private int ids;
    private int loops;
    private int nesting;
    private int calls;
    private int budget;
    private DataType? result;
    private bool mayReturn;

    public Sketch(Random random, IReadOnlySet<string> constructs)
    {
        this.random = random;
        this.constructs = constructs;
        isGeneric = Has(Constructs.Generic);
        string[] hostile = Has(Constructs.Hostile) ? [.. Hostile.Names] : [];
        random.Shuffle(hostile);
        names = new(hostile);

        // Few lengths, so that what one method has fits the parameters of another.
        lengths = [random.Next(1, 5), random.Next(2, 5), 3];
    }

    private readonly bool isGeneric;

    // Each is used once.
    private readonly Queue<string> names;

    private bool Has(string construct) => constructs.Contains(construct);

    private bool Chance(double share) => random.NextDouble() < share;

    private T Pick<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];

    private Variable New(string prefix, DataType type, int[]? extents = null, int bound = 0)
        => new(++ids, names.Count > 0 && Chance(0.6) ? names.Dequeue() : prefix + ids, type) { Extents = extents ?? [], Bound = bound };

    private void Add(Stmt statement) => open.Add(statement);

    private Variable Declare(string prefix, DataType type, Expr value, int[]? extents = null)
    {
        Variable variable = New(prefix, type, extents);
        Add(new Declare(variable, value));
        visible.Add(variable);
        return variable;
    }

    /// <summary>The statements that an action adds, with a scope of their own.</summary>
    private Block Scope(Action fill, params Variable[] own)
    {
        List<Stmt> outer = open;
        (int count, int functions) = (visible.Count, localFunctions.Count);
        open = [];
        visible.AddRange(own);
        nesting++;
        fill();
        nesting--;
        Block block = new([.. open]);
        visible.RemoveRange(count, visible.Count - count);
        localFunctions.RemoveRange(functions, localFunctions.Count - functions);
        open = outer;
        return block;
    }

    /// <summary>The variable whose memory it is a view of.</summary>
    private int RootOf(Variable variable) => roots.GetValueOrDefault(variable.Id, variable.Id);

    private int Length() => Pick(lengths);

    private DataType FloatingType() => Has(Constructs.Float) && !isGeneric && Chance(0.5) ? DataType.Float : DataType.Double;

    private IReadOnlyList<Variable> VisibleOf(Func<Variable, bool> condition) => [.. visible.Where(condition)];
}
