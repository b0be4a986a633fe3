using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// The reverse mode: for every statement its adjoint, in reverse order. Adjoint code reads primal values freely, wherever they were computed;
/// <see cref="Residuals"/> sees to it later that they are at hand. This part orders the statements of blocks; <see cref="Adjoints"/> knows
/// the adjoint of each kind.
/// </summary>
internal sealed class ReverseMode
{
    private readonly Ids ids;
    private readonly Adjoints adjoints;
    private readonly Memory memory;
    private readonly Activity activity;
    private readonly Passes passes;

    // The parameters that are memory.
    private readonly List<Variable> inputs;

    private ReverseMode(Block body, Ids ids, Activity activity, Memory memory, Variable store, Passes passes)
    {
        this.passes = passes;
        this.ids = ids;
        this.memory = memory;
        this.activity = activity;
        HashSet<int> introduced = body.Introduced();
        inputs = [.. body.Reads().Where(variable => variable.Type.IsMemory && !introduced.Contains(variable.Id)).Distinct()];
        adjoints = new(body, ids, activity, Changes.Of(body, memory, passes.Between()), Successions.Of(body, memory), store, Split);
    }

    /// <summary>
    /// Both sweeps of a method body, whose last statement is its <see cref="Return"/>. <paramref name="accumulators"/> maps each parameter of interest to its
    /// accumulator, <paramref name="seed"/> is the cotangent of the result, <paramref name="store"/> the frame of the residual store.
    /// </summary>
    public static Block Apply(Block body, IReadOnlyDictionary<Parameter, Variable> accumulators, Variable? seed, Variable store, Activity activity, Memory memory, Passes passes, Ids ids)
    {
        ReverseMode reverse = new(body, ids, activity, memory, store, passes);
        return reverse.Method(body, accumulators, seed);
    }

    private Block Method(Block body, IReadOnlyDictionary<Parameter, Variable> accumulators, Variable? seed)
    {
        Cotangents cotangents = new();
        Writer start = new(ids);
        Return end = (Return)body.Statements[body.Statements.Count - 1];
        foreach (KeyValuePair<Parameter, Variable> pair in accumulators.Where(pair => pair.Key.Variable.Type.IsMemory))
        {
            adjoints.Shadows[pair.Key.Variable.Id] = pair.Value;
        }

        List<WriteBack> outputs = [.. body.Statements.OfType<WriteBack>()];
        foreach (WriteBack output in outputs.Where(output => activity.IsActive(output.Value)))
        {
            if (accumulators.Keys.SingleOrDefault(p => p.Variable.Id == output.Parameter.Id) is { } parameter)
            {
                cotangents.Add(output.Value, accumulators[parameter].Read(), start);
            }
        }

        foreach (WriteBack output in outputs.Where(output => output.Value is Pack))
        {
            Parameter? parameter = accumulators.Keys.SingleOrDefault(p => p.Variable.Id == output.Parameter.Id);
            if (parameter is not null)
            {
                Pack value = (Pack)output.Value;
                HashSet<Element> kept = [.. body.Statements.OfType<Declare>().Where(declare => IsKept(declare, value, parameter.Variable))
                    .Select(declare => new Element(accumulators[parameter].Read(), ((Element)declare.Value!).Path))];
                Parts(value, accumulators[parameter], parameter.Passing == Passing.Out ? Passing.Out : Passing.Ref, kept, cotangents, start);
            }
        }

        if (seed is not null && end.Value is Pack result)
        {
            Parts(result, seed, Passing.Out, [], cotangents, start);
        }
        else if (seed is not null && activity.IsActive(end.Value!))
        {
            cotangents.Add(end.Value!, seed.Read(), start);
        }

        List<Stmt> statements = [.. body.Statements.Where(stmt => stmt is not (Return or WriteBack))];
        Writer finish = new(ids);

        if (seed is not null && end.Value is Read { Type: ArrayType } array && activity.IsActiveMemory(array))
        {
            adjoints.ShadowOf(array);
        }

        // Where nothing is reversed on the spot, the forward sweep knows nothing of cotangents: it can be cut off.
        bool isApart = !passes.HasFlag(Passes.Fusion);
        JointBlock block = Laid(statements, cotangents, out List<Stmt> shadows);

        // Cotangents that come in are taken up where they are needed first: an exception before leaves them alone.
        List<Stmt> first = start.Statements;
        if (block.FirstFused is { } fused)
        {
            block.Forward[fused] = [.. first, .. block.Forward[fused]];
            first = [];
        }

        List<Stmt> sweeps = block.Merge([new Section("backward"), .. first, .. isApart ? Unwanted(accumulators) : [], .. shadows, .. SeedOfMemory(end, seed)]);
        foreach (KeyValuePair<Parameter, Variable> pair in accumulators)
        {
            finish.Statements.AddRange(Deliver(pair.Key, pair.Value, cotangents, outputs));
        }

        return Block.Of([.. isApart ? [] : Unwanted(accumulators), new Section("forward"), .. sweeps, .. finish.Statements, .. outputs, end]);
    }

    /// <summary>Cotangents of constant parameters for which a variable may stand: nobody asks for them.</summary>
    private IEnumerable<Stmt> Unwanted(IReadOnlyDictionary<Parameter, Variable> accumulators)
    {
        HashSet<int> wanted = [.. accumulators.Keys.Select(parameter => parameter.Variable.Id)];
        return inputs.Where(parameter => !wanted.Contains(parameter.Id) && adjoints.Shadows.ContainsKey(parameter.Id))
            .Select(parameter => new Declare(adjoints.Shadows[parameter.Id], adjoints.Zeros(parameter.Read(), adjoints.Shadows[parameter.Id].Type), Sweep.Adjoint)).ToList();
    }

    /// <summary>The cotangents of a struct's parts; where its accumulator takes up the cotangent of what came in, they are taken out of it.</summary>
    /// <param name="kept">Parts that leave as they came: so does their cotangent.</param>
    private void Parts(Pack result, Variable from, Passing passing, HashSet<Element> kept, Cotangents cotangents, Writer start)
    {
        List<(Expr Leaf, Element Part)> parts = [.. result.Leaves.Zip(result.Struct.Leaves, (leaf, path) => (leaf, new Element(from.Read(), path))).Where(pair => pair.leaf.Type.IsFloating && pair.Item2.Path.All(field => field.Wanted == Wanted.Gradient) && !kept.Contains(pair.Item2))];
        foreach ((Expr leaf, Element part) in parts.Where(pair => activity.IsActive(pair.Leaf)))
        {
            cotangents.Add(leaf, start.Let(Cotangents.NameOf(((Read)leaf).Variable), part).Read(), start);
        }

        if (passing == Passing.Ref)
        {
            parts.ForEach(pair => start.Add(new Store(pair.Part, pair.Leaf.Type.Number(0))));
        }
    }

    private static bool IsKept(Declare declare, Pack output, Variable parameter)
        => declare.Value is Element { Memory: Read { Variable.Id: var whole }, Indices.Count: 0, Path: var path } && whole == parameter.Id
            && output.Leaves.Zip(output.Struct.Leaves, (leaf, part) => leaf is Read read && read.Variable.Id == declare.Variable.Id && part.Equals(path)).Any(static same => same);

    /// <summary>A result that is storage: its cotangent joins the shadow of that storage.</summary>
    private IEnumerable<Stmt> SeedOfMemory(Return end, Variable? seed)
    {
        if (seed is null || end.Value is not Read { Type.IsMemory: true } result || !activity.IsActiveMemory(result))
        {
            return [];
        }

        Variable index = ids.Fresh("i", IrType.Int32);
        Element target = new(adjoints.ShadowOf(result), EquatableArray.Of<Expr>(index.Read()));
        Expr value = new Element(seed.Read(), EquatableArray.Of<Expr>(index.Read()));
        Counted head = new(index, Numbers.Int(0), BinaryOp.Less, new Length(result), 1);
        Block body = Block.Of([new Accumulate(target, value)]);
        External check = new($"global::Backprop.Require.SameLength({{0}}, {{1}}, \"{seed.Name}\")", EquatableArray.Of<Expr>(new Length(seed.Read()), new Length(result)), IrType.Bool, Effect.Reads, 0);
        return [new Evaluate(check), new Loop(ids.Take(), head, body, EquatableArray<Carried>.Empty)];
    }

    private IEnumerable<Stmt> Deliver(Parameter parameter, Variable accumulator, Cotangents cotangents, List<WriteBack> outputs)
    {
        Expr? cotangent = cotangents.Find(parameter.Variable);
        if (!parameter.Variable.Type.IsFloating || parameter.Passing == Passing.Out)
        {
            return [];
        }

        bool isOutput = outputs.Any(output => output.Parameter.Id == parameter.Variable.Id);
        return isOutput ? [new WriteBack(accumulator, cotangent ?? parameter.Variable.Type.Number(0))]
            : cotangent is null ? []
            : [new Accumulate(accumulator.Read(), cotangent)];
    }

    /// <summary>
    /// Both sweeps of a block one after the other, in one scope, so that every primal value is still alive in the backward part. A loop or branch
    /// whose cotangents are known before it runs is reversed on the spot: forward and backward in one go, nothing recorded.
    /// </summary>
    private List<Stmt> Joint(IReadOnlyList<Stmt> statements, Cotangents cotangents, IReadOnlyList<Stmt> afterForward)
    {
        JointBlock block = Laid(statements, cotangents, out List<Stmt> shadows);
        return block.Merge([.. afterForward, .. shadows]);
    }

    /// <param name="apart">Shadows of storage that is made on the way, where the forward sweep must not know of them.</param>
    private JointBlock Laid(IReadOnlyList<Stmt> statements, Cotangents cotangents, out List<Stmt> apart)
    {
        JointBlock block = new(statements, new FusionGuard(statements, activity, memory));
        apart = [];
        for (int i = statements.Count - 1; i >= 0; i--)
        {
            Writer own = new(ids);
            if (Fused(block, i, cotangents, own) is { } fused)
            {
                block.Forward[i] = fused;
                block.FirstFused = i;
            }
            else
            {
                block.Forward[i] = [.. adjoints.Of(statements[i], cotangents, own)];
            }

            block.Backward[i] = own.Statements;
            List<Stmt> shadows = [.. adjoints.ShadowsOf(statements[i])];
            if (passes.HasFlag(Passes.Fusion))
            {
                block.Forward[i] = [.. block.Forward[i], .. shadows];
            }
            else
            {
                apart.InsertRange(0, shadows);
            }
        }

        return block;
    }

    private List<Stmt>? Fused(JointBlock block, int i, Cotangents cotangents, Writer writer)
    {
        Stmt stmt = block.Statements[i];
        if (!passes.HasFlag(Passes.Fusion) || stmt is not (Loop or If) || !adjoints.HasAdjoint(stmt) || adjoints.HasSuccession(stmt) || !block.Guard.Allows(i))
        {
            return null;
        }

        IEnumerable<Variable> results = stmt is Loop loop ? loop.Carried.Select(c => c.Result) : ((If)stmt).Joins.Select(j => j.Result);
        List<Expr> needed = [.. results.Select(cotangents.Find).OfType<Expr>()];
        return block.Hoist(needed, i) is not { } hoisted ? null
            : stmt is Loop sum ? FusedLoop(block, sum, cotangents, writer, hoisted)
            : FusedBranch(block, (If)stmt, cotangents, writer, hoisted);
    }

    private List<Stmt>? FusedLoop(JointBlock block, Loop loop, Cotangents cotangents, Writer writer, Hoisted hoisted)
    {
        Cotangents inside = new();
        Writer start = new(ids);
        List<Carried> sums = [.. loop.Carried.Where(c => activity.IsActive(c.Param) || activity.IsActive(c.Result))];
        foreach (Carried sum in sums.Where(sum => activity.IsActive(sum.Next) && cotangents.Find(sum.Result) is not null))
        {
            inside.Add(sum.Next, cotangents.Find(sum.Result)!, start);
        }

        List<(Variable Outer, Variable Param)> outer = [.. adjoints.ActiveFromOutside(loop).Select(variable => (variable, ids.Fresh(Cotangents.NameOf(variable), variable.Type)))];
        foreach ((Variable variable, Variable param) in outer)
        {
            inside.Add(variable.Read(), param.Read(), start);
        }

        (Block primal, Stmt? exit) = ExitFlags.Last(loop, ids);
        List<Stmt> body = Joint(primal.Statements, inside, [new Section("backward")]);
        if (sums.Any(sum => !Equals(inside.Find(sum.Param), cotangents.Find(sum.Result))))
        {
            return null;
        }

        body.AddRange(exit is null ? [] : [exit]);
        List<Carried> carried = [.. loop.Carried];
        foreach ((Variable variable, Variable param) in outer.Where(o => !Equals(inside.Find(o.Outer), o.Param.Read())))
        {
            Variable result = ids.Fresh(Cotangents.NameOf(variable), variable.Type);
            carried.Add(new(param, variable.Type.Number(0), inside.FindOrZero(variable), result));
            cotangents.Add(variable.Read(), result.Read(), writer);
        }

        foreach (Carried sum in sums)
        {
            Expr? cotangent = cotangents.Take(sum.Result);
            if (cotangent is not null && activity.IsActive(sum.Init))
            {
                cotangents.Add(sum.Init, cotangent, writer);
            }
        }

        block.Move(hoisted);
        return [.. hoisted.Statements, loop with { Body = Block.Of([.. start.Statements, .. body]), Carried = carried.ToEquatable() }];
    }

    private List<Stmt>? FusedBranch(JointBlock block, If branch, Cotangents cotangents, Writer writer, Hoisted hoisted)
    {
        // Contributions start from zero: what comes later in the backward sweep is not known here.
        (Cotangents then, Writer thenStart) = (new Cotangents(), new Writer(ids));
        (Cotangents @else, Writer elseStart) = (new Cotangents(), new Writer(ids));
        foreach (Join join in branch.Joins)
        {
            if (cotangents.Find(join.Result) is { } cotangent)
            {
                adjoints.AddIfActive(join.Then, cotangent, then, thenStart);
                adjoints.AddIfActive(join.Else, cotangent, @else, elseStart);
            }
        }

        List<Stmt> thenBody = Joint(branch.Then.Statements, then, []);
        List<Stmt> elseBody = Joint(branch.Else.Statements, @else, []);
        branch.Joins.ToList().ForEach(join => cotangents.Take(join.Result));
        List<Join> joins = [.. branch.Joins];
        foreach (Variable variable in Adjoints.ChangedOutside(branch, then, @else))
        {
            Expr inThen = then.FindOrZero(variable), inElse = @else.FindOrZero(variable);
            if (inThen.Equals(inElse))
            {
                // A loop that adds to a sum on one side only must still see that the sum's cotangent does not change.
                cotangents.Add(variable.Read(), inThen, writer);
                continue;
            }

            Variable result = ids.Fresh(Cotangents.NameOf(variable), variable.Type);
            joins.Add(new(result, inThen, inElse));
            cotangents.Add(variable.Read(), result.Read(), writer);
        }

        block.Move(hoisted);
        return [.. hoisted.Statements, branch with
        {
            Then = Block.Of([.. thenStart.Statements, .. thenBody]),
            Else = Block.Of([.. elseStart.Statements, .. elseBody]),
            Joins = joins.ToEquatable(),
        }];
    }

    /// <summary>The forward sweep of a block, and apart from it the backward sweep.</summary>
    /// <param name="first">What the backward sweep begins with, when the cotangents of storage are there.</param>
    private (Block Forward, Block Backward) Split(Block block, Cotangents cotangents, IReadOnlyList<Stmt> first)
    {
        List<Stmt> forward = [];
        Writer writer = new(ids);
        List<Stmt> shadows = [];
        int group = 0;
        for (int i = block.Statements.Count - 1; i >= 0; i--)
        {
            Stmt stmt = block.Statements[i];
            forward.InsertRange(0, adjoints.Of(stmt, cotangents, writer));
            if (stmt is Note && writer.Statements.Count > group)
            {
                writer.Statements.Insert(group, stmt);
                group = writer.Statements.Count;
            }

            shadows.InsertRange(0, adjoints.ShadowsOf(stmt));
        }

        return (Block.Of(forward), Block.Of([.. shadows, .. first, .. writer.Statements]));
    }
}
