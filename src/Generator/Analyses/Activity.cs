using Backprop.Generator.IR;

namespace Backprop.Generator.Analyses;

/// <summary>
/// Which values are <em>active</em>: varied (they depend on an input of interest) and useful (an output depends on them). For storage
/// the question is asked of its roots. Both are reachability over one graph of flows. Normal form.
/// </summary>
internal sealed class Activity
{
    private readonly Memory memory;
    private readonly HashSet<int> varied;
    private readonly HashSet<int> useful;

    private Activity(Memory memory, HashSet<int> varied, HashSet<int> useful)
    {
        this.memory = memory;
        this.varied = varied;
        this.useful = useful;
    }

    public static Activity Of(Block body, IReadOnlyCollection<Parameter> parameters, Memory memory)
    {
        List<Stmt> statements = body.Deep();
        Flows flows = new(memory, [.. parameters.Where(p => p.Wanted == Wanted.Nothing && p.Variable.Type.HoldsFloating).Select(p => p.Variable.Id)]);
        statements.ForEach(flows.Add);
        IEnumerable<int> inputs = parameters.Where(p => p.Wanted == Wanted.Gradient && p.Passing != Passing.Out).Select(p => p.Variable.Id);
        IEnumerable<int> outputs = parameters.Where(p => p.Wanted == Wanted.Gradient && memory.IsWrittenActively(p.Variable.Id)).Select(p => p.Variable.Id)
            .Concat(statements.SelectMany(stmt => Results(stmt, parameters)).SelectMany(flows.Places));
        return new(memory, flows.Reached(inputs, Flows.Direction.Forward), flows.Reached(outputs, Flows.Direction.Backward));
    }

    /// <summary>A number through which a derivative flows.</summary>
    public bool IsActive(Variable variable) => variable.Type.IsFloating && varied.Contains(variable.Id) && useful.Contains(variable.Id);

    public bool IsActive(Expr operand) => operand is Read read && IsActive(read.Variable);

    /// <summary>Storage whose elements carry a derivative.</summary>
    public bool IsActiveMemory(Expr handle) => memory.RootsOf(handle).Any(IsActiveRoot);

    /// <summary>Whether any storage carries a derivative.</summary>
    public bool HasMemory => memory.AllRoots.Any(IsActiveRoot);

    public bool MayOverlap(Expr a, Expr b) => memory.RootsOf(a).Intersect(memory.RootsOf(b)).Any();

    /// <summary>Whether a write to some storage may change what is read from other.</summary>
    public bool MayChange(Expr written, Expr read) => memory.WrittenBy(written).Intersect(memory.ReadBy(read)).Any();

    public bool IsActiveRoot(int root) => varied.Contains(root) && useful.Contains(root);

    /// <summary>Storage on which an output may depend.</summary>
    public bool IsUsefulRoot(int root) => useful.Contains(root);

    /// <summary>Depends on an input of interest; for storage, may hold something that does.</summary>
    public bool IsVaried(Expr operand) => operand is Pack pack ? pack.Leaves.Any(IsVaried) : operand is Read read && (varied.Contains(read.Variable.Id) || memory.RootsOf(read).Any(varied.Contains));

    /// <summary>An output may depend on it.</summary>
    public bool IsUseful(Variable variable) => useful.Contains(variable.Id) || memory.RootsOf(variable.Read()).Any(useful.Contains);

    private static IEnumerable<Expr> Results(Stmt stmt, IReadOnlyCollection<Parameter> parameters) => stmt switch
    {
        Return { Value: { } value } when value.Type.IsFloating || value.Type.HoldsFloating => [value],
        WriteBack writeBack when parameters.Any(p => p.Variable.Id == writeBack.Parameter.Id && p.Wanted == Wanted.Gradient) => [writeBack.Value],
        _ => [],
    };
}
