using Backprop.Generator.IR;

namespace Backprop.Generator.Analyses;

/// <summary>
/// Which storage each array or span variable may name. A <em>root</em> is the variable under which storage first appears: a parameter, or a
/// local that is allocated or comes from a call. Slices and rows share the root of what they were taken from. Normal form.
/// </summary>
internal sealed class Memory
{
    private readonly Dictionary<int, HashSet<int>> roots = [];
    private readonly HashSet<int> written = [];
    private readonly HashSet<int> own = [];
    private readonly HashSet<int> outside = [];
    private readonly HashSet<int> assigned = [];

    private Memory()
    {
    }

    public static Memory Of(Block body, IEnumerable<Variable> parameters)
    {
        Memory memory = new();
        foreach (Variable parameter in parameters.Where(parameter => parameter.Type.IsMemory))
        {
            memory.roots[parameter.Id] = [parameter.Id];
        }

        List<Stmt> all = body.Deep();
        List<Stmt> statements = all.FindAll(Concerns);
        bool hasChanged;
        do
        {
            hasChanged = false;
            foreach (Stmt stmt in statements)
            {
                hasChanged |= memory.Follow(stmt) is Change.Some;
            }
        }
        while (hasChanged);

        foreach (Expr target in statements.SelectMany(Targets))
        {
            memory.written.UnionWith(memory.RootsOf(target));
        }

        memory.own.UnionWith(statements.OfType<Declare>().Where(declare => declare.Value is Allocate).Select(declare => declare.Variable.Id));
        memory.outside.UnionWith(statements.OfType<Declare>().Where(static declare => declare.Variable.Type is { IsMemory: true } and not SpanType && declare.Value is External).Select(declare => declare.Variable.Id));
        memory.assigned.UnionWith(all.OfType<WriteBack>().Select(output => output.Parameter.Id));
        memory.RunsForeignCode = HasForeignCalls(body, static _ => true);
        return memory;
    }

    /// <summary>Whether code runs that may write memory which it is not given.</summary>
    public bool RunsForeignCode { get; private set; }

    /// <summary>Every root there is.</summary>
    public IEnumerable<int> Roots => roots.Values.SelectMany(set => set).Distinct();

    /// <summary>
    /// What a member marked [NoGradient] names is storage of its own, the same whichever object it is read from: nothing that is written there
    /// carries a derivative.
    /// </summary>
    private static int ConstantRoot(Field member)
    {
        int hash = 17;
        foreach (char letter in member.Storage)
        {
            hash = unchecked((hash * 31) + letter);
        }

        return hash | int.MinValue;
    }

    private enum Change { None, Some }

    /// <summary>The roots that an array or span expression may name.</summary>
    public IReadOnlyCollection<int> RootsOf(Expr memory) => memory switch
    {
        Read read => roots.TryGetValue(read.Variable.Id, out HashSet<int>? found) ? found : [],
        Slice slice => RootsOf(slice.Memory),
        Element { Path: { Count: > 0 } path } part when path[path.Count - 1].Wanted == Wanted.Nothing => [ConstantRoot(path[path.Count - 1])],
        Element row => RootsOf(row.Memory),
        Conditional choice => [.. RootsOf(choice.Then).Union(RootsOf(choice.Else))],
        _ => [],
    };

    /// <summary>Whether any statement writes into storage that the expression may name.</summary>
    public bool IsWritten(Expr memory)
    {
        IReadOnlyCollection<int> found = RootsOf(memory);
        return found.Count == 0 || found.Any(root => written.Contains(root) || (RunsForeignCode && !own.Contains(root)));
    }

    /// <summary>Whether it is storage that the method made: nobody else knows it.</summary>
    public bool IsOwn(Expr memory) => RootsOf(memory).All(own.Contains);

    /// <summary>
    /// Whether it may be storage that the method neither made nor was given, as of a static: anybody may write it once the method has ended. Not so what is only
    /// known as a span: of that a copy is kept.
    /// </summary>
    public bool IsOutside(Expr memory) => RootsOf(memory).Any(outside.Contains);

    public bool IsWritten(int root) => written.Contains(root);

    /// <summary>Whether it may be, or be part of, a member marked [NoGradient].</summary>
    public bool IsOfConstantMember(Expr memory) => RootsOf(memory).Any(static root => root < 0);

    /// <summary>Whether a parameter is given another value for the caller to see.</summary>
    public bool IsAssigned(int parameter) => assigned.Contains(parameter);

    /// <summary>
    /// Whether code of the user's that the IR does not look into runs here: it may write any array that it can reach by another way.
    /// What runs only to make an exception does not count, and the framework writes nothing that it is not given.
    /// </summary>
    /// <param name="counts">Which statements are asked.</param>
    internal static bool HasForeignCalls(Block block, Func<Stmt, bool> counts)
    {
        if (block.IsEmpty || block.Statements[block.Statements.Count - 1] is Throw)
        {
            return false;
        }

        foreach (Stmt stmt in block.Statements)
        {
            if (counts(stmt) && RunsForeign(stmt))
            {
                return true;
            }

            foreach (Block inner in stmt.Blocks())
            {
                if (HasForeignCalls(inner, counts))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether the statement itself, without its blocks, runs code that may write what it is not given.</summary>
    internal static bool RunsForeign(Stmt stmt)
    {
        if (stmt is Call { Callee: { RunsForeign: true } callee } call && (call.Pass != Pass.Pullback || callee.Keeping == Keeping.Nothing))
        {
            return true;
        }

        foreach (Expr expr in stmt.Expressions())
        {
            if (IsForeign(expr))
            {
                return true;
            }
        }

        return false;
    }

    internal static bool IsForeign(Expr expr)
        => expr is External { Effect: Effect.Writes } call && !call.Format.StartsWith(Framework, StringComparison.Ordinal) && !call.Format.StartsWith("new " + Framework, StringComparison.Ordinal)
            && (call.IsDelegate || !(call.Arguments.Count > 0 && call.Arguments[0].Type is OpaqueType receiver && receiver.Name.StartsWith(Framework, StringComparison.Ordinal)));

    private const string Framework = "global::System.";

    private static bool Concerns(Stmt stmt) => stmt switch
    {
        Store or Accumulate or Fill or Copy or Evaluate or Call => true,
        Declare { Variable.Type.IsMemory: true } or Declare { Value: External { Effect: Effect.Writes } } => true,
        If or Loop or Using => stmt.Introduces().Any(static variable => variable.Type.IsMemory),
        _ => false,
    };

    private Change Follow(Stmt stmt) => stmt switch
    {
        Declare { Value: Slice or Element or Read or Conditional } declare => Flow(declare.Value!, declare.Variable),
        Declare { Variable.Type.IsMemory: true } declare => Add(declare.Variable, [declare.Variable.Id]),
        Call call => Any(call.Results.Where(static result => result.Type is { IsMemory: true }).Select(result => Add(result, [result.Id]))),
        If branch => Any(branch.Joins.Where(join => join.Result.Type.IsMemory).SelectMany(join => new[] { Flow(join.Then, join.Result), Flow(join.Else, join.Result) })),
        Loop loop => Any(loop.Carried.Where(c => c.Param.Type.IsMemory).SelectMany(c => new[] { Flow(c.Init, c.Param), Flow(c.Next, c.Param), Flow(c.Param.Read(), c.Result) })),
        _ => Change.None,
    };

    private static Change Any(IEnumerable<Change> changes) => changes.ToList().Contains(Change.Some) ? Change.Some : Change.None;

    private Change Flow(Expr from, Variable to) => to.Type.IsMemory ? Add(to, RootsOf(from)) : Change.None;

    private Change Add(Variable variable, IEnumerable<int> more)
    {
        if (!roots.TryGetValue(variable.Id, out HashSet<int>? set))
        {
            roots[variable.Id] = set = [];
        }

        int before = set.Count;
        set.UnionWith(more);
        return set.Count > before ? Change.Some : Change.None;
    }

    internal static IEnumerable<Expr> Targets(Stmt stmt) => stmt switch
    {
        Store store => [store.Target.Memory],
        Accumulate { Target: Element target } => [target.Memory],
        Fill fill => [fill.Memory],
        Copy copy => [copy.Destination],
        Call call => call.Written,
        Evaluate { Value: External { Effect: Effect.Writes } call } => call.Arguments.Where(argument => argument.Type.IsMemory),
        Declare { Value: External { Effect: Effect.Writes } call } => call.Arguments.Where(argument => argument.Type.IsMemory),
        _ => [],
    };
}
