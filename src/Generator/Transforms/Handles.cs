using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// Array and span variables that stand for different memory at different times. What changes becomes numbers: which memory it is, and from where to where;
/// each time the variable gets its memory by these. So it is a value like any other: its numbers are recorded, the memory is found again, and the
/// cotangents are chosen beside it. What is made inside a loop and used in a later iteration has no name before the loop, and stays as it is: <see cref="Refusals"/>.
/// Normal form.
/// </summary>
internal sealed class Handles : Rewriter
{
    private readonly HandleSources sources;
    private readonly Ids ids;
    private readonly Dictionary<int, View> views = [];
    private readonly Dictionary<int, Variable> lengths = [];
    private readonly Dictionary<(int, string), Variable> numbers = [];

    private Handles(HandleSources sources, Ids ids) => (this.sources, this.ids) = (sources, ids);

    /// <summary>The numbers of a variable: which memory, from where, how much.</summary>
    private sealed record View(Expr Which, Expr Start, Expr Count)
    {
        public static readonly View None = new(Numbers.Int(0), Numbers.Int(0), Numbers.Int(0));

        public IEnumerable<Expr> Parts => [Which, Start, Count];
    }

    public static Block Apply(Block body, IEnumerable<Variable> parameters, Ids ids)
    {
        Variable[] inputs = [.. parameters];
        if (!HandleSources.Occur(body))
        {
            return body;
        }

        Block hoisted = new HoistedAllocations(HandleSources.Of(body, inputs), ids).Knowing(body).Apply(body);
        HandleSources sources = HandleSources.Of(hoisted, inputs);
        Handles handles = new(sources, ids);
        List<Stmt> start = [.. inputs.SelectMany(handles.After)];
        return Block.Of([.. start, .. handles.Visit(sources.Kept(hoisted)).Statements]);
    }

    // Where an array is only looked into, a span does, and the method's own arrays are spans in the end.
    public override Variable Define(Variable variable) => sources.FamilyOf(variable) is { IsWhole: false } && variable.Type is ArrayType { Rank: 1 } array
        ? variable with { Type = new SpanType(array.ElementType, Access.Writable) }
        : variable;

    public override void Visit(Stmt statement, List<Stmt> output)
    {
        switch (statement)
        {
            case If branch:
                List<Variable> joined = [.. branch.Joins.Select(join => join.Result).Where(IsHandle)];
                joined.ForEach(variable => views[variable.Id] = Fresh(variable));
                output.Add(Rebuild(branch));
                output.AddRange(joined.SelectMany(Choose));
                break;
            case Loop loop:
                List<Carried> carried = [.. loop.Carried.Where(c => IsHandle(c.Param))];
                foreach (Variable variable in carried.SelectMany(c => new[] { c.Param, c.Result }))
                {
                    views[variable.Id] = Fresh(variable);
                }

                output.Add(Rebuild(loop, carried));
                output.AddRange(carried.SelectMany(c => Choose(c.Result)));
                break;
            default:
                output.Add(Rebuild(statement));
                output.AddRange(statement.Introduces().SelectMany(After));
                break;
        }
    }

    private bool IsHandle(Variable variable) => sources.FamilyOf(variable) is not null;

    private If Rebuild(If branch)
    {
        // Slices in the branches are known by the numbers that stand beside them.
        If inner = (If)Rebuild((Stmt)(branch with { Joins = branch.Joins.Where(join => !IsHandle(join.Result)).ToEquatable() }));
        IEnumerable<Join> chosen = branch.Joins.Where(join => IsHandle(join.Result)).SelectMany(join => views[join.Result.Id].Parts
            .Zip(Of(join.Then, join.Result).Parts.Zip(Of(join.Else, join.Result).Parts, static (then, @else) => (then, @else)), static (result, sides) => new Join(((Read)result).Variable, sides.then, sides.@else)));
        return inner with { Joins = inner.Joins.Concat(chosen).ToEquatable() };
    }

    private Loop Rebuild(Loop loop, List<Carried> carried)
    {
        Loop inner = (Loop)Rebuild((Stmt)(loop with { Carried = loop.Carried.Where(c => !IsHandle(c.Param)).ToEquatable() }));
        LoopHead head = inner.Head;
        if (head is While test)
        {
            List<Variable> read = [.. carried.Select(c => c.Param).Where(param => test.Condition.Reads().Concat(test.Test.Reads()).Contains(Define(param)))];
            Dictionary<int, Variable> again = read.ToDictionary(static param => param.Id, param => Define(param) with { Id = ids.Take() });
            Expr? Find(Variable variable) => again.TryGetValue(variable.Id, out Variable? other) ? other.Read() : null;
            head = test with { Condition = Block.Of([.. read.SelectMany(param => Choose(param, again[param.Id])), .. test.Condition.Substitute(Find).Statements]), Test = test.Test.Substitute(Find) };
        }

        IEnumerable<Carried> chosen = carried.SelectMany(c => views[c.Param.Id].Parts.Zip(views[c.Result.Id].Parts, static (param, result) => (((Read)param).Variable, ((Read)result).Variable))
            .Zip(Of(c.Init, c.Param).Parts.Zip(Of(c.Next, c.Param).Parts, static (init, next) => (init, next)), static (names, values) => new Carried(names.Item1, values.init, values.next, names.Item2)));
        return inner with { Head = head, Body = Block.Of([.. carried.SelectMany(c => Choose(c.Param)), .. inner.Body.Statements]), Carried = inner.Carried.Concat(chosen).ToEquatable() };
    }

    /// <summary>The numbers beside a variable that is introduced here.</summary>
    private IEnumerable<Stmt> After(Variable variable)
    {
        if (sources.IsMeasured(variable))
        {
            Variable length = lengths[variable.Id] = Number(variable, "Length");
            yield return new Declare(length, new Length(variable.Read()));
        }

        if (sources.SliceOf(variable) is { } slice && Of(slice.Memory, variable) is { } whole)
        {
            Expr start = slice.Start;
            if (!whole.Start.Is(0))
            {
                Variable sum = Number(variable, "Start");
                yield return new Declare(sum, new Binary(BinaryOp.Add, whole.Start, slice.Start, IrType.Int32));
                start = sum.Read();
            }

            views[variable.Id] = new(whole.Which, start, slice.Count);
        }
    }

    /// <summary>The numbers of the memory that a variable names, for one of the family of <paramref name="target"/>.</summary>
    private View Of(Expr memory, Variable target)
    {
        if (memory is not Read { Variable: var variable })
        {
            return View.None;
        }

        return sources.NumberOf(variable, target) is { } number ? new(Numbers.Int(number), Numbers.Int(0), lengths.TryGetValue(variable.Id, out Variable? length) ? length.Read() : Numbers.Int(0))
            : views.TryGetValue(variable.Id, out View? view) ? view
            : sources.WholeOf(variable) is { } whole ? Of(whole, target)
            : View.None;
    }

    private View Fresh(Variable variable) => new(Number(variable, "which").Read(), Number(variable, "Start").Read(), Number(variable, "Count").Read());

    private Variable Number(Variable variable, string what)
    {
        string name = variable.Name.Length == 0 ? what.ToLowerInvariant() : what == "which" ? what + char.ToUpperInvariant(variable.Name[0]) + variable.Name.Substring(1) : variable.Name + what;
        int key = Uses.Key(variable);
        if (!numbers.TryGetValue((key, what), out Variable? first))
        {
            numbers[(key, what)] = first = ids.Fresh(name, IrType.Int32);
        }

        return ids.VersionOf(first);
    }

    private IEnumerable<Stmt> Choose(Variable variable) => Choose(variable, Define(variable));

    // Nothing that fails: what the primal may not do has failed where the numbers come from.
    private IEnumerable<Stmt> Choose(Variable variable, Variable name)
    {
        View view = views[variable.Id];
        HandleSources.Family family = sources.FamilyOf(variable)!;
        List<Variable> bases = [.. sources.BasesOf(variable)];
        List<Stmt> result = [];
        Expr chosen = Viewed(bases[bases.Count - 1], name.Type, result);
        for (int i = bases.Count - 2; i >= 0; i--)
        {
            Variable test = ids.Fresh("", IrType.Bool);
            result.Add(new Declare(test, new Binary(BinaryOp.Equal, view.Which, Numbers.Int(sources.NumberOf(bases[i], variable)!.Value), IrType.Bool), Sweep.Adjoint));
            Variable choice = i == 0 && !family.IsSliced ? name : name with { Id = ids.Take() };
            result.Add(new Declare(choice, new Conditional(test.Read(), Viewed(bases[i], name.Type, result), chosen), Sweep.Adjoint));
            chosen = choice.Read();
        }

        if (family.IsSliced)
        {
            result.Add(new Declare(name, new Slice(chosen, view.Start, view.Count, name.Type), Sweep.Adjoint));
        }
        else if (bases.Count == 1)
        {
            result.Add(new Declare(name, chosen, Sweep.Adjoint));
        }

        return result;
    }

    // C# takes an array for a span by itself, but no Memory<T>.
    private Expr Viewed(Variable memory, IrType target, List<Stmt> result)
    {
        if (memory.Type is not MemoryType || target is not SpanType)
        {
            return memory.Read();
        }

        Variable length = ids.Fresh("", IrType.Int32), view = ids.Fresh("", target);
        result.Add(new Declare(length, new Length(memory.Read()), Sweep.Adjoint));
        result.Add(new Declare(view, new Slice(memory.Read(), Numbers.Int(0), length.Read(), target), Sweep.Adjoint));
        return view.Read();
    }
}
