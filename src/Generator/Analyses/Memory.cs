using Backprop.Generator.IR;

namespace Backprop.Generator.Analyses;

/// <summary>
/// Which storage each array or span variable may name. A <em>root</em> is the variable under which storage first appears: a parameter, or a
/// local that is allocated or comes from a call. Slices and rows share the root of what they were taken from. Normal form.
/// </summary>
internal sealed class Memory
{
    private readonly Roots roots;

    // Where what an object holds is the object's, whether it is differentiated or not.
    private readonly Roots owners;
    private readonly HashSet<int> written = [];
    private readonly HashSet<int> overwritten = [];
    private readonly HashSet<int> own = [];
    private readonly HashSet<int> outside = [];
    private readonly HashSet<int> assigned = [];
    private readonly Strangers strangers = new();

    private Memory(Roots roots, Roots owners) => (this.roots, this.owners) = (roots, owners);

    public static Memory Of(Block body, IEnumerable<Variable> parameters)
    {
        List<Stmt> all = body.Deep();
        List<Stmt> statements = all.FindAll(Concerns);
        List<Variable> given = [.. parameters.Where(parameter => parameter.Type.IsMemory)];
        Roots roots = Roots.Of(statements, given, Constants.Apart);
        Memory memory = new(roots, roots.HasConstants ? Roots.Of(statements, given, Constants.OfOwner) : roots);
        memory.strangers.Add(given.Where(static parameter => !Place.IsSearched(parameter.Type)).Select(static parameter => parameter.Id));
        memory.own.UnionWith(statements.OfType<Declare>().Where(declare => declare.Value is Allocate).Select(declare => declare.Variable.Id));
        foreach (Stmt stmt in all)
        {
            memory.strangers.Add(Strangers.Met(stmt).SelectMany(memory.RootsOf));
            memory.own.ExceptWith(Strangers.Known(stmt).SelectMany(memory.RootsOf));
        }

        foreach (Expr target in statements.SelectMany(Targets))
        {
            memory.written.UnionWith(memory.RootsOf(target));
            memory.overwritten.UnionWith(memory.WrittenBy(target));
            memory.WritesStrangers |= memory.strangers.Has(memory.owners.Of(target));
        }

        memory.outside.UnionWith(statements.OfType<Declare>().Where(static declare => declare.Variable.Type is { IsMemory: true } and not SpanType && declare.Value is External).Select(declare => declare.Variable.Id));
        memory.assigned.UnionWith(all.OfType<WriteBack>().Select(output => output.Parameter.Id));
        memory.RunsForeignCode = HasForeignCalls(body, static _ => true);
        return memory;
    }

    /// <summary>Whether code runs that may write memory which it is not given.</summary>
    public bool RunsForeignCode { get; private set; }

    /// <summary>Whether it writes storage of unknown origin: who calls it may know that by another name.</summary>
    public bool WritesStrangers { get; private set; }

    /// <summary>Every root there is.</summary>
    public IEnumerable<int> AllRoots => roots.All;

    /// <summary>The roots that an array or span expression may name.</summary>
    public IReadOnlyCollection<int> RootsOf(Expr memory) => roots.Of(memory);

    /// <summary>What a read there depends on: the roots, and what stands for storage that may be the same unseen.</summary>
    public IReadOnlyCollection<int> ReadBy(Expr memory) => strangers.Any ? [.. owners.Of(memory), .. strangers.ReadBy(memory, owners.Of(memory), own)] : owners.Of(memory);

    /// <summary>What a write there changes, as <see cref="ReadBy"/> names it.</summary>
    public IReadOnlyCollection<int> WrittenBy(Expr memory) => strangers.Any ? [.. owners.Of(memory), .. strangers.WrittenBy(memory, owners.Of(memory), own)] : owners.Of(memory);

    /// <summary>Whether any statement writes into storage that the expression may name.</summary>
    public bool IsWritten(Expr memory)
    {
        IReadOnlyCollection<int> found = ReadBy(memory);
        return found.Count == 0 || found.Any(overwritten.Contains) || (RunsForeignCode && !IsOwn(memory));
    }

    /// <summary>Whether it is storage that the method made: nobody else knows it.</summary>
    public bool IsOwn(Expr memory) => RootsOf(memory).All(own.Contains);

    /// <summary>
    /// Whether it may be storage that the method neither made nor was given, as of a static: anybody may write it once the method has ended. Not so what is only
    /// known as a span: of that a copy is kept.
    /// </summary>
    public bool IsOutside(Expr memory) => owners.Of(memory).Any(outside.Contains);

    public bool IsWritten(int root) => overwritten.Contains(root);

    /// <summary>Whether what is written is differentiated.</summary>
    public bool IsWrittenActively(int root) => written.Contains(root);

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
