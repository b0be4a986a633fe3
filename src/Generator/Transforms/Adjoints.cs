using Backprop.Generator.Analyses;
using Backprop.Generator.IR;
using Backprop.Generator.Rules;

namespace Backprop.Generator.Transforms;

/// <summary>The adjoint of each kind of statement.</summary>
internal sealed class Adjoints
{
    private readonly Ids ids;
    private readonly Activity activity;
    private readonly Func<Block, Cotangents, (Block Forward, Block Backward)> split;
    private readonly HashSet<int> withAdjoint = [];

    public Adjoints(Block body, Ids ids, Activity activity, Func<Block, Cotangents, (Block Forward, Block Backward)> split)
    {
        this.ids = ids;
        this.activity = activity;
        this.split = split;
        Find(body);
    }

    /// <summary>The storage that holds the cotangents of each array or span variable.</summary>
    public Dictionary<int, Variable> Shadows { get; } = [];

    /// <summary>Writes the adjoint of a statement; returns the statement as the forward sweep needs it.</summary>
    public Stmt Of(Stmt stmt, Cotangents cotangents, Writer writer)
    {
        switch (stmt)
        {
            case Declare declare:
                Value(declare, cotangents, writer);
                return stmt;
            case Store store when activity.IsActiveMemory(store.Target.Memory) && store.Target.Path.All(part => part.Wanted == Wanted.Gradient):
                Overwrite(store, cotangents, writer);
                return stmt;
            case Fill fill when activity.IsActiveMemory(fill.Memory):
                Filling(fill, cotangents, writer);
                return stmt;
            case Copy copy when activity.IsActiveMemory(copy.Destination):
                Copying(copy, writer);
                return stmt;
            case If branch when HasAdjoint(branch):
                return Branch(branch, cotangents, writer);
            case Loop loop when HasAdjoint(loop):
                return Loop(loop, cotangents, writer);
            default:
                return stmt;
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
        Declare declare => activity.IsActive(declare.Variable),
        Store store => activity.IsActiveMemory(store.Target.Memory),
        Fill fill => activity.IsActiveMemory(fill.Memory),
        Copy copy => activity.IsActiveMemory(copy.Destination),
        If branch => branch.Joins.Any(join => activity.IsActive(join.Result)),
        Loop loop => loop.Carried.Any(carried => activity.IsActive(carried.Param) || activity.IsActive(carried.Result)),
        _ => false,
    };

    /// <summary>The active values from before the loop that its body uses.</summary>
    public List<Variable> ActiveFromOutside(Loop loop)
    {
        HashSet<int> inside = [.. loop.Body.Deep().SelectMany(Traversal.Introduces).Concat(((Stmt)loop).Introduces()).Select(variable => variable.Id)];
        IEnumerable<Variable> read = loop.Body.Reads().Concat(loop.Carried.SelectMany(carried => carried.Next.Reads()));
        return [.. read.Where(variable => activity.IsActive(variable) && !inside.Contains(variable.Id)).Distinct()];
    }

    /// <summary>The variables from before the branch whose cotangent one of its sides changed.</summary>
    public static List<Variable> ChangedOutside(If branch, Cotangents then, Cotangents @else)
    {
        HashSet<int> inside = [.. branch.Then.Deep().Concat(branch.Else.Deep()).SelectMany(Traversal.Introduces).Select(variable => variable.Id)];
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
            Shadows[variable.Id] = shadow = ids.Fresh(Cotangents.NameOf(variable), Writable(variable.Type));
        }

        return shadow.Read();
    }

    /// <summary>The declaration of a variable's shadow, if anything asked for it.</summary>
    public Stmt? ShadowOf(Declare declare)
    {
        if (!declare.Variable.Type.IsMemory || declare.Variable.Type is StructType || !Shadows.TryGetValue(declare.Variable.Id, out Variable? shadow))
        {
            return null;
        }

        Expr value = declare.Value switch
        {
            Allocate allocate => allocate with { Of = shadow.Type, Lifetime = Lifetime.Local },
            Slice slice => slice with { Memory = ShadowOf(slice.Memory), Of = shadow.Type },
            Element row => row with { Memory = ShadowOf(row.Memory) },
            Read alias => ShadowOf(alias),
            _ => throw new NotSupportedException("A cotangent is asked of storage that comes from elsewhere."),
        };
        return new Declare(shadow, value, Sweep.Adjoint);
    }

    private static IrType Writable(IrType type) => type switch
    {
        SpanType span => span with { Access = Access.Writable },
        ArrayType { Rank: 1 } array when array.ElementType is StructType or { IsFloating: true } => new SpanType(array.ElementType, Access.Writable),
        _ => type,
    };

    private void Value(Declare declare, Cotangents cotangents, Writer writer)
    {
        if (!activity.IsActive(declare.Variable) || cotangents.Take(declare.Variable) is not { } cotangent)
        {
            return;
        }

        if (declare.Value is Element element)
        {
            if (activity.IsActiveMemory(element.Memory) && element.Path.All(part => part.Wanted == Wanted.Gradient))
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

    private void Overwrite(Store store, Cotangents cotangents, Writer writer)
    {
        Element target = store.Target with { Memory = ShadowOf(store.Target.Memory) };
        Clear(target, store.Value, cotangents, writer);
    }

    /// <summary>What a write put into storage gets the cotangent gathered there; what was there before it gets none.</summary>
    private void Clear(Element target, Expr written, Cotangents cotangents, Writer writer)
    {
        if (activity.IsActive(written))
        {
            Variable taken = writer.Let(Cotangents.NameOf(((Read)written).Variable), target);
            writer.Add(new Store(target, target.Type.Number(0)));
            cotangents.Add(written, taken.Read(), writer);
        }
        else
        {
            writer.Add(new Store(target, target.Type.Number(0)));
        }
    }

    private void Filling(Fill fill, Cotangents cotangents, Writer writer)
    {
        Expr shadow = ShadowOf(fill.Memory);
        IrType element = shadow.Type.Element!;
        IEnumerable<Expr> values = fill.Value is Pack pack ? pack.Leaves : [fill.Value];
        foreach ((Expr value, EquatableArray<Field> path) in values.Zip(PathsOf(element), static (value, path) => (value, path)).Where(pair => activity.IsActive(pair.value)))
        {
            Variable index = ids.Fresh("i", IrType.Int32);
            Variable param = ids.Fresh(Cotangents.NameOf(((Read)value).Variable), value.Type);
            Variable result = param with { Id = ids.Take() };
            Writer body = new(ids);
            Variable item = body.Let("", At(shadow, index, path));
            Expr next = body.Flat(param.Read() + item.Read());
            Carried sum = new(param, param.Type.Number(0), next, result);
            writer.Add(Each(index, fill.Memory, body) with { Carried = EquatableArray.Of(sum) });
            cotangents.Add(value, result.Read(), writer);
        }

        writer.Add(new Fill(shadow, element is StructType ? new Default(element) : element.Number(0)));
    }

    /// <summary>The ways from an element to the numbers in it.</summary>
    private static IEnumerable<EquatableArray<Field>> PathsOf(IrType element) => element is StructType type ? type.Leaves : [EquatableArray<Field>.Empty];

    private void Copying(Copy copy, Writer writer)
    {
        bool isActive = activity.IsActiveMemory(copy.Source);
        Expr taken = ShadowOf(copy.Destination);
        if (isActive && activity.MayOverlap(copy.Source, copy.Destination))
        {
            // Within one array every cotangent is taken before any is given.
            IrType type = taken.Type.Element!;
            Variable aside = writer.Let("", new Allocate(EquatableArray.Of<Expr>(new Length(copy.Source)), new SpanType(type, Access.Writable), Lifetime.Local));
            Move(copy, taken, (index, path, item) => new Store(At(aside.Read(), index, path), item), writer);
            taken = aside.Read();
        }

        Move(copy, taken, isActive ? (index, path, item) => new Accumulate(At(ShadowOf(copy.Source), index, path), item) : null, writer);
    }

    /// <summary>Empties one storage element by element, and hands each on.</summary>
    private void Move(Copy copy, Expr from, Func<Variable, EquatableArray<Field>, Expr, Stmt>? give, Writer writer)
    {
        Variable index = ids.Fresh("i", IrType.Int32);
        Writer body = new(ids);
        foreach (EquatableArray<Field> path in PathsOf(from.Type.Element!))
        {
            Element source = At(from, index, path);
            if (!source.Type.IsFloating)
            {
                continue;
            }

            Variable item = body.Let("", source);
            body.Add(new Store(source, source.Type.Number(0)));
            if (give is not null)
            {
                body.Add(give(index, path, item.Read()));
            }
        }

        writer.Add(Each(index, copy.Source, body));
    }

    private static Element At(Expr memory, Variable index, EquatableArray<Field> path) => new(memory, EquatableArray.Of<Expr>(index.Read()), path);

    private Loop Each(Variable index, Expr memory, Writer body)
        => new(ids.Take(), new Counted(index, Numbers.Int(0), BinaryOp.Less, new Length(memory), 1), Block.Of(body.Statements), EquatableArray<Carried>.Empty);

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

        (Block thenForward, Block thenBackward) = split(branch.Then, then);
        (Block elseForward, Block elseBackward) = split(branch.Else, @else);
        List<Join> joins = [];
        foreach (Variable variable in ChangedOutside(branch, then, @else))
        {
            cotangents.Set(variable, Merge(variable, then, @else, joins));
        }

        joins.AddRange(JoinedShadows(branch));
        writer.Add(new If(
            ids.Take(),
            branch.Test,
            Block.Of([.. thenStart.Statements, .. thenBackward.Statements]),
            Block.Of([.. elseStart.Statements, .. elseBackward.Statements]),
            joins.ToEquatable()) { Mirrors = branch.Id });
        return branch with { Then = thenForward, Else = elseForward };
    }

    private static IEnumerable<Join> JoinedShadows(If branch) => branch.Joins.Any(join => join.Result.Type.HoldsFloating)
        ? throw new NotSupportedException("An array variable that names different arrays in different branches.")
        : [];

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
        (Block forward, Block backward) = split(loop.Body, inside);

        List<Carried> carried = [];
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

        writer.Add(new Loop(ids.Take(), head, Block.Of([.. start.Statements, .. backward.Statements]), carried.ToEquatable()) { Mirrors = loop.Id });
        results.ForEach(r => cotangents.Set(r.Outer, r.Result.Read()));
        delivered.ForEach(d => AddIfActive(d.Init, d.Result.Read(), cotangents, writer));
        return primal with { Body = Merge(primal.Body, loop.Body, forward) };
    }

    /// <summary>The instrumented forward body, after whatever the reversal put before it.</summary>
    private static Block Merge(Block counting, Block primal, Block forward)
        => Block.Of([.. counting.Statements.Take(counting.Statements.Count - primal.Statements.Count), .. forward.Statements]);
}
