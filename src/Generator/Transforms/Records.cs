using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// The storage of recorded values: one span a value. In a loop that no other loop surrounds, the number of the iteration is the place; in nested loops
/// a counter runs forward in the forward sweep and back in the backward sweep. Storage is sized beforehand when the number of trips is known then.
/// </summary>
internal sealed class Records(Regions regions, IReadOnlyDictionary<int, Trips> trips, IReadOnlyDictionary<int, Expr> definitions, Variable store, Ids ids)
{
    private const int FirstCapacity = 64;

    private readonly Dictionary<int, List<Stmt>> before = [];
    private readonly Dictionary<int, List<Stmt>> atHead = [];
    private readonly Dictionary<int, List<Stmt>> after = [];
    private readonly Dictionary<int, Variable> counters = [];
    private readonly Dictionary<int, (Expr Full, List<Stmt> More)> growth = [];

    /// <summary>Statements for before a loop, at the head of its body, after a value.</summary>
    public IEnumerable<Stmt> Before(int loop) => Find(before, loop);

    public IEnumerable<Stmt> AtHead(int loop) =>
    [
        .. counters.TryGetValue(loop, out Variable? counter) ? [new Assign(counter, counter.Read() + Numbers.Int(1))] : Array.Empty<Stmt>(),
        .. growth.TryGetValue(loop, out (Expr Full, List<Stmt> More) grow) ? [new If(ids.Take(), grow.Full, Block.Of(grow.More), Block.Empty, EquatableArray<Join>.Empty)] : Array.Empty<Stmt>(),
        .. Find(atHead, loop),
    ];

    public IEnumerable<Stmt> After(Variable variable) => Find(after, variable.Id);

    /// <summary>Records a value in every iteration of a loop; returns its restoration in the adjoint loop.</summary>
    public Declare Record(Variable variable, int loop, Variable restored)
    {
        Check(variable);
        IrType type = variable.Type;
        List<int> loops = LoopsAround(loop);
        Variable tape = ids.Fresh(NameOf(variable), new SpanType(type, Access.Writable));
        (Expr forward, Expr backward) = loops.Count == 1 ? (trips[loop].Number, trips[loop].Reversed) : (Counter(loop).Read(), Counter(loop).Read());
        int anchor = regions.AnchorOf(loop);
        Expr? capacity = Capacity(loops, anchor);
        Expr length = capacity ?? Numbers.Int(FirstCapacity);
        External rent = new($"{{0}}.Rent<{type.Text}>({{1}})", EquatableArray.Of(store.Read(), length), tape.Type, Effect.Reads, 0);
        Add(before, anchor, new Declare(tape, rent, Sweep.Adjoint));

        if (capacity is null)
        {
            Grow(loop, tape, type, forward);
        }

        bool isParam = regions.IsParam(variable);
        Add(isParam ? atHead : after, isParam ? loop : variable.Id, new Store(At(tape, forward), variable.Read()));
        return new Declare(restored, At(tape, backward), Sweep.Adjoint);
    }

    /// <summary>Everything but what can only stand in a local variable, such as a span.</summary>
    public static bool CanRecord(IrType type) => type is ScalarType or OpaqueType { IsRefLike: false } or ArrayType or MemoryType or ObjectType or StructType;

    /// <exception cref="NotSupportedException">The value cannot be recorded.</exception>
    public static void Check(Variable variable)
    {
        if (!CanRecord(variable.Type))
        {
            throw new NotSupportedException($"'{variable.Name}' is neither a number nor the same in every iteration, and the backward pass needs it.");
        }
    }

    /// <summary>In nested loops: the counter steps back at the end of each adjoint iteration.</summary>
    public IEnumerable<Stmt> StepBack(int loop)
        => counters.TryGetValue(loop, out Variable? counter) ? [new Assign(counter, counter.Read() - Numbers.Int(1))] : [];

    private string NameOf(Variable variable)
    {
        string name = variable.Name.Length > 0 ? variable.Name
            : Words.For(definitions.TryGetValue(variable.Id, out Expr? value) ? value : null, variable.Type, static other => other.Name);
        return Words.Recorded + char.ToUpperInvariant(name[0]) + name.Substring(1);
    }

    private static IEnumerable<Stmt> Find(Dictionary<int, List<Stmt>> lists, int key) => lists.TryGetValue(key, out List<Stmt>? list) ? list : [];

    private static void Add(Dictionary<int, List<Stmt>> lists, int key, Stmt stmt)
    {
        if (!lists.TryGetValue(key, out List<Stmt>? list))
        {
            lists[key] = list = [];
        }

        list.Add(stmt);
    }

    private static Element At(Variable tape, Expr index) => new(tape.Read(), EquatableArray.Of(index));

    private List<int> LoopsAround(int loop) => [.. regions.Inside(loop).Loops()];

    /// <summary>Counts the iterations of a nested loop over all iterations of the loops around it.</summary>
    private Variable Counter(int loop)
    {
        if (counters.TryGetValue(loop, out Variable? counter))
        {
            return counter;
        }

        counters[loop] = counter = ids.Fresh("at", IrType.Int32);
        Add(before, regions.AnchorOf(loop), new Declare(counter, Numbers.Int(-1), Sweep.Adjoint));
        return counter;
    }

    /// <summary>All records of a loop grow together, at the head of an iteration.</summary>
    private void Grow(int loop, Variable tape, IrType type, Expr index)
    {
        External grow = new($"{{0}}.Grow<{type.Text}>({{1}})", EquatableArray.Of<Expr>(store.Read(), tape.Read()), tape.Type, Effect.Reads, 0);
        (Expr full, List<Stmt> more) = growth.TryGetValue(loop, out (Expr, List<Stmt>) found) ? found : (index >= new Length(tape.Read()), []);
        more.Add(new Assign(tape, grow));
        growth[loop] = (full, more);
    }

    /// <summary>The product of the trip counts, when each is known before anything repeats.</summary>
    private Expr? Capacity(List<int> loops, int anchor)
    {
        Expr? product = null;
        foreach (int loop in loops)
        {
            if (trips[loop].AtMost is not { } count || !count.Reads().All(variable => regions.IsKnownBefore(anchor, variable)))
            {
                return null;
            }

            Expr factor = Sizes.NotNegative(count);
            product = product is null ? factor : new Binary(BinaryOp.Multiply, product, factor, IrType.Int32, Overflow.Checked);
        }

        return product;
    }
}
