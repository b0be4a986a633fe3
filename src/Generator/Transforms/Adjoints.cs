using Backprop.Generator.Analyses;
using Backprop.Generator.IR;
using Backprop.Generator.Rules;

namespace Backprop.Generator.Transforms;

/// <summary>The adjoint of each kind of statement.</summary>
internal sealed partial class Adjoints
{
    private readonly Ids ids;
    private readonly Activity activity;
    private readonly Func<Block, Cotangents, IReadOnlyList<Stmt>, (Block Forward, Block Backward)> split;
    private readonly Successions successions;
    private readonly Changes changes;
    private readonly Variable store;
    private readonly HashSet<int> withAdjoint = [];

    public Adjoints(Block body, Ids ids, Activity activity, Changes changes, Successions successions, Variable store, Func<Block, Cotangents, IReadOnlyList<Stmt>, (Block Forward, Block Backward)> split)
    {
        this.ids = ids;
        this.changes = changes;
        this.successions = successions;
        this.store = store;
        this.activity = activity;
        this.split = split;
        Find(body);
        given.UnionWith(body.Deep().OfType<Declare>().Where(declare => declare is { Variable.Type: StructType, Value: External }).Select(declare => declare.Variable.Id));
        given.UnionWith(body.Deep().OfType<Call>().SelectMany(static call => call.Results).Where(static result => result.Type is StructType).Select(static result => result.Id));
        foreach (Declare part in body.Deep().OfType<Declare>())
        {
            if (part.Value is Slice or Allocate)
            {
                definitions[part.Variable.Id] = part.Value;
            }

            if (part.Value is Length { Dimension: Length.Whole, Memory: Read { Variable: var measured } })
            {
                lengths[part.Variable.Id] = measured.Id;
            }

            if (part.Value is Element { Memory: Read { Variable: { Type: StructType } whole }, Indices.Count: 0 } element)
            {
                parts.TryGetValue(whole.Id, out List<(Variable, Element)>? list);
                parts[whole.Id] = [.. list ?? [], (part.Variable, element)];
            }
        }
    }

    // What slices and the method's own arrays were made of.
    private readonly Dictionary<int, Expr> definitions = [];

    // Variables that hold the length of some memory.
    private readonly Dictionary<int, int> lengths = [];

    // The numbers that were taken out of a struct in a variable.
    private readonly Dictionary<int, List<(Variable Variable, Element Element)>> parts = [];

    // Structs that a primitive gave: their numbers' cotangents wait for its adjoint.
    private readonly HashSet<int> given = [];

    /// <summary>The storage that holds the cotangents of each array or span variable.</summary>
    public Dictionary<int, Variable> Shadows { get; } = [];

    /// <summary>Writes the adjoint of a statement; returns what the forward sweep needs in its place.</summary>
    public IReadOnlyList<Stmt> Of(Stmt stmt, Cotangents cotangents, Writer writer)
    {
        switch (stmt)
        {
            case Declare declare:
                Value(declare, cotangents, writer);
                return [stmt];
            case Store store when IsActive(store):
                Overwrite(store, cotangents, writer);
                return [stmt];
            case Fill fill when activity.IsActiveMemory(fill.Memory):
                Filling(fill, cotangents, writer);
                return [stmt];
            case Copy copy when activity.IsActiveMemory(copy.Destination):
                Copying(copy, writer);
                return [stmt];
            case Call call when IsActive(call):
                return Calling(call, cotangents, writer);
            case If branch when HasAdjoint(branch):
                return [Branch(branch, cotangents, writer)];
            case Loop loop when HasAdjoint(loop):
                return [Loop(loop, cotangents, writer)];
            default:
                return [stmt];
        }
    }

    /// <summary>Whether anything in the loop or branch carries a derivative.</summary>
    public bool HasAdjoint(Stmt stmt) => withAdjoint.Contains(IdOf(stmt));

    private static int IdOf(Stmt stmt) => stmt switch { If branch => branch.Id, Loop loop => loop.Id, _ => 0 };

    private bool Find(Block block)
    {
        bool any = false;
        foreach (Stmt stmt in block.Statements)
        {
            bool inside = stmt.Blocks().Aggregate(false, (found, inner) => Find(inner) || found);
            if (inside || IsActive(stmt))
            {
                withAdjoint.Add(IdOf(stmt));
                any = true;
            }
        }

        return any;
    }

    private bool IsActive(Stmt stmt) => stmt switch
    {
        Declare { Value: External { Rule.Length: > 0 } } => true,
        Declare declare => activity.IsActive(declare.Variable),
        Store store => HasShadow(store.Target),
        Fill fill => activity.IsActiveMemory(fill.Memory),
        Copy copy => activity.IsActiveMemory(copy.Destination),
        Call call => IsActive(call),
        If branch => branch.Joins.Any(join => activity.IsActive(join.Result)) || HasSuccession(branch),
        Loop loop => loop.Carried.Any(carried => activity.IsActive(carried.Param) || activity.IsActive(carried.Result)) || HasSuccession(loop),
        _ => false,
    };

    // Of an element that carries no derivative (a count, a name) there is no cotangent, whatever stands beside it.
    private bool HasShadow(Element element)
        => activity.IsActiveMemory(element.Memory) && (element.Type.IsFloating || element.Type.HoldsFloating) && element.Path.All(part => part.Wanted == Wanted.Gradient);

    /// <summary>The active values from before the loop that its body uses.</summary>
    public List<Variable> ActiveFromOutside(Loop loop)
    {
        HashSet<int> inside = ((Stmt)loop).Introduced();
        IEnumerable<Variable> read = loop.Body.Reads().Concat(loop.Carried.SelectMany(static carried => carried.Next.Reads()));
        return [.. read.Where(variable => activity.IsActive(variable) && !inside.Contains(variable.Id)).Distinct()];
    }

    /// <summary>The variables from before the branch whose cotangent one of its sides changed.</summary>
    public static List<Variable> ChangedOutside(If branch, Cotangents then, Cotangents @else)
    {
        HashSet<int> inside = branch.Then.Introduced();
        inside.UnionWith(branch.Else.Introduced());
        return [.. then.Changed.Concat(@else.Changed).Where(variable => !inside.Contains(variable.Id)).Distinct().OrderBy(variable => variable.Id)];
    }

    public void AddIfActive(Expr operand, Expr cotangent, Cotangents cotangents, Writer writer)
    {
        if (activity.IsActive(operand))
        {
            cotangents.Add(operand, cotangent, writer);
        }
    }

    public Expr ShadowOf(Expr handle)
    {
        Variable variable = handle is Read read ? read.Variable : throw new NotSupportedException("A cotangent is asked of storage without a name.");
        if (!Shadows.TryGetValue(variable.Id, out Variable? shadow))
        {
            Shadows[variable.Id] = shadow = ids.Fresh(Cotangents.NameOf(variable), successions.Contains(variable) ? variable.Type : Writable(variable.Type));
        }

        return shadow.Read();
    }

    /// <summary>The declarations of the shadows that anything asked for of the variables that a statement introduces.</summary>
    public IEnumerable<Stmt> ShadowsOf(Stmt stmt) => HasSuccession(stmt) ? ShadowsOfSuccessions(stmt) : stmt is Declare or Call
        ? stmt.Introduces().Where(variable => variable.Type is { IsMemory: true } and not StructType && Shadows.ContainsKey(variable.Id) && !heirs.Contains(variable.Id))
            .Select(variable => new Declare(Shadows[variable.Id], stmt is Declare declare ? ShadowOf(declare, Shadows[variable.Id]) : Zeros(variable.Read(), Shadows[variable.Id].Type), Sweep.Adjoint))
        : [];

    private Expr ShadowOf(Declare declare, Variable shadow) => declare.Value switch
    {
        Allocate allocate => new Allocate(allocate.Extents, shadow.Type, Lifetime.Local),
        Slice slice when IsWhole(slice) && ShadowOf(slice.Memory) is var all && all.Type == shadow.Type => all,
        Slice slice => new Slice(ShadowOf(slice.Memory), slice.Start, slice.Count, shadow.Type),
        Element row => row with { Memory = ShadowOf(row.Memory) },
        Read alias => ShadowOf(alias),
        Conditional choice => new Conditional(choice.Test, ShadowOf(choice.Then), ShadowOf(choice.Else)),

        // A constant that a variable may stand for: nobody asks for its cotangent.
        _ => Zeros(declare.Variable.Read(), shadow.Type),
    };

    private bool IsWhole(Slice slice) => slice.Start.Is(0) && slice is { Memory: Read { Variable: var memory }, Count: Read { Variable: var count } } && lengths.TryGetValue(count.Id, out int measured) && measured == memory.Id;

    /// <summary>Zeroed cotangents for storage that comes from elsewhere.</summary>
    public Expr Zeros(Expr memory, IrType type) => type switch
    {
        SpanType => new Allocate(EquatableArray.Of(LengthOf(memory)), type, Lifetime.Local),
        ArrayType { Rank: 2 } => new Allocate(EquatableArray.Of<Expr>(new Length(memory, 0), new Length(memory, 1)), type, Lifetime.Escapes),
        ObjectType => new External("{0}.ZerosLike()", EquatableArray.Of<Expr>(memory), type, Effect.Reads, 0),
        _ => new External("global::Backprop.Zeros.Like({0})", EquatableArray.Of<Expr>(memory), type, Effect.Reads, 0),
    };

    private static IrType Writable(IrType type) => type switch
    {
        SpanType span => span with { Access = Access.Writable },
        MemoryType memory => memory.Span with { Access = Access.Writable },
        ArrayType { Rank: 1 } array when array.ElementType is StructType or { IsFloating: true } => new SpanType(array.ElementType, Access.Writable),
        _ => type,
    };

    private void Value(Declare declare, Cotangents cotangents, Writer writer)
    {
        if (declare.Value is External { Rule.Length: > 0 } primitive)
        {
            Primitive(primitive, declare.Variable, cotangents, writer);
            return;
        }

        if (declare.Value is Element { Memory: Read { Variable.Id: var whole } } && given.Contains(whole))
        {
            return;
        }

        if (!activity.IsActive(declare.Variable) || cotangents.Take(declare.Variable) is not { } cotangent)
        {
            return;
        }

        if (declare.Value is Element element)
        {
            if (HasShadow(element))
            {
                writer.Add(new Accumulate(element with { Memory = ShadowOf(element.Memory) }, cotangent));
            }

            return;
        }

        foreach (Contribution contribution in Pullback.Of(declare.Value!, declare.Variable.Read(), cotangent, activity.IsActive))
        {
            cotangents.Add(contribution.Operand, contribution.Cotangent, writer);
        }
    }

    private If Branch(If branch, Cotangents cotangents, Writer writer)
    {
        (Cotangents then, Writer thenStart) = (new Cotangents(cotangents), new Writer(ids));
        (Cotangents @else, Writer elseStart) = (new Cotangents(cotangents), new Writer(ids));
        foreach (Join join in branch.Joins.Where(join => activity.IsActive(join.Result)))
        {
            if (cotangents.Take(join.Result) is { } cotangent)
            {
                AddIfActive(join.Then, cotangent, then, thenStart);
                AddIfActive(join.Else, cotangent, @else, elseStart);
            }
        }

        (Block thenForward, Block thenBackward) = split(branch.Then, then, HandedOver(branch, branch.Then, static join => join.Then));
        (Block elseForward, Block elseBackward) = split(branch.Else, @else, HandedOver(branch, branch.Else, static join => join.Else));
        List<Join> joins = [];
        foreach (Variable variable in ChangedOutside(branch, then, @else))
        {
            cotangents.Set(variable, Merge(variable, then, @else, joins));
        }

        writer.Add(new If(
            ids.Take(),
            branch.Test,
            Block.Of([.. thenStart.Statements, .. thenBackward.Statements]),
            Block.Of([.. elseStart.Statements, .. elseBackward.Statements]),
            joins.ToEquatable()) { Mirrors = branch.Id });
        return branch with { Then = thenForward, Else = elseForward };
    }

    private Expr? Merge(Variable variable, Cotangents then, Cotangents @else, List<Join> joins)
    {
        Expr? left = then.Find(variable);
        Expr? right = @else.Find(variable);
        if (Equals(left, right))
        {
            return left;
        }

        Variable result = ids.Fresh(Cotangents.NameOf(variable), variable.Type);
        joins.Add(new(result, left ?? variable.Type.Number(0), right ?? variable.Type.Number(0)));
        return result.Read();
    }

    private Loop Loop(Loop loop, Cotangents cotangents, Writer writer)
    {
        (Loop primal, Counted head) = Reversal.Of(loop, ids, writer);
        Cotangents inside = new();
        Writer start = new(ids);
        List<(Carried Primal, Variable Param)> states = [.. loop.Carried.Where(c => activity.IsActive(c.Param) || activity.IsActive(c.Result))
            .Select(c => (c, ids.Fresh(Cotangents.NameOf(c.Param), c.Param.Type)))];
        List<(Variable Outer, Variable Param)> outer = [.. ActiveFromOutside(loop).Select(variable => (variable, ids.Fresh(Cotangents.NameOf(variable), variable.Type)))];
        outer.ForEach(o => inside.Set(o.Outer, o.Param.Read()));
        states.ForEach(s => AddIfActive(s.Primal.Next, s.Param.Read(), inside, start));
        List<Succession> arrays = Begin(loop);
        (Block forward, Block backward) = split(loop.Body, inside, [.. arrays.SelectMany(one => HandedOver(one.Primal.Next, one.Param.Read(), loop.Body))]);

        List<Carried> carried = [.. arrays.Select(static one => new Carried(one.Param, one.Init, one.Own.Read(), one.Result))];
        List<(Variable Outer, Variable Result)> results = [];
        foreach ((Variable variable, Variable param) in outer)
        {
            Variable result = param with { Id = ids.Take() };
            carried.Add(new(param, cotangents.FindOrZero(variable), inside.FindOrZero(variable), result));
            results.Add((variable, result));
        }

        List<(Expr Init, Variable Result)> delivered = [];
        foreach ((Carried state, Variable param) in states)
        {
            Variable result = param with { Id = ids.Take() };
            carried.Add(new(param, cotangents.Take(state.Result) ?? param.Type.Number(0), inside.FindOrZero(state.Param), result));
            delivered.Add((state.Init, result));
        }

        writer.Add(new Loop(ids.Take(), head, Block.Of([.. arrays.Select(static one => one.Made), .. start.Statements, .. backward.Statements]), carried.ToEquatable()) { Mirrors = loop.Id });
        results.ForEach(r => cotangents.Set(r.Outer, r.Result.Read()));
        delivered.ForEach(d => AddIfActive(d.Init, d.Result.Read(), cotangents, writer));
        arrays.ForEach(one => writer.Statements.AddRange(HandedOver(one.Primal.Init, one.Result.Read())));
        return primal with { Body = Merge(primal.Body, loop.Body, forward) };
    }

    /// <summary>The instrumented forward body, after whatever the reversal put before it.</summary>
    private static Block Merge(Block counting, Block primal, Block forward)
        => Block.Of([.. counting.Statements.Take(counting.Statements.Count - primal.Statements.Count), .. forward.Statements]);
}
