using Backprop.Generator.IR;
using Backprop.Generator.Rules;

namespace Backprop.Generator.Analyses;

/// <summary>
/// Which values are <em>active</em>: varied (they depend on an input of interest) and useful (an output depends on them). For storage
/// the question is asked of its roots. Normal form.
/// </summary>
internal sealed class Activity
{
    private readonly Memory memory;
    private readonly HashSet<int> varied = [];
    private readonly HashSet<int> useful = [];
    private readonly HashSet<int> constants;

    private Activity(Memory memory, HashSet<int> constants)
    {
        this.memory = memory;
        this.constants = constants;
    }

    public static Activity Of(Block body, IReadOnlyCollection<Parameter> parameters, Memory memory)
    {
        HashSet<int> constants = [.. parameters.Where(p => p.Wanted == Wanted.Nothing).Select(p => p.Variable.Id)];
        Activity activity = new(memory, constants);
        activity.varied.UnionWith(parameters.Where(p => p.Wanted == Wanted.Gradient && p.Passing != Passing.Out).Select(p => p.Variable.Id));
        List<Stmt> statements = [.. body.Deep()];
        Repeat(activity.varied, () => statements.ForEach(activity.Vary));

        activity.useful.UnionWith(parameters.Where(p => p.Wanted == Wanted.Gradient && memory.IsWritten(p.Variable.Id)).Select(p => p.Variable.Id));
        foreach (Stmt stmt in statements)
        {
            if (stmt is Return { Value: { } value })
            {
                activity.Use(value);
            }
            else if (stmt is WriteBack writeBack && !constants.Contains(writeBack.Parameter.Id))
            {
                activity.Use(writeBack.Value);
            }
        }

        statements.Reverse();
        Repeat(activity.useful, () => statements.ForEach(activity.Demand));
        return activity;
    }

    /// <summary>A number through which a derivative flows.</summary>
    public bool IsActive(Variable variable) => variable.Type.IsFloating && varied.Contains(variable.Id) && useful.Contains(variable.Id);

    public bool IsActive(Expr operand) => operand is Read read && IsActive(read.Variable);

    /// <summary>Storage whose elements carry a derivative.</summary>
    public bool IsActiveMemory(Expr handle) => memory.RootsOf(handle).Any(root => varied.Contains(root) && useful.Contains(root));

    public bool IsActiveRoot(int root) => varied.Contains(root) && useful.Contains(root);

    /// <summary>Depends on an input of interest; for storage, may hold something that does.</summary>
    public bool IsVaried(Expr operand) => operand is Read read && (varied.Contains(read.Variable.Id) || memory.RootsOf(read).Any(varied.Contains));

    /// <summary>An output may depend on it.</summary>
    public bool IsUseful(Variable variable) => useful.Contains(variable.Id) || memory.RootsOf(variable.Read()).Any(useful.Contains);

    private static void Repeat(HashSet<int> set, Action step)
    {
        int before;
        do
        {
            before = set.Count;
            step();
        }
        while (set.Count > before);
    }

    private void Vary(Stmt stmt)
    {
        switch (stmt)
        {
            case Declare { Value: { } value } declare when CarriesVariation(value):
                varied.Add(declare.Variable.Id);
                VaryReceivers(value);
                break;
            case Evaluate { Value: External } evaluate:
                VaryReceivers(evaluate.Value);
                break;
            case Store store when IsVaried(store.Value):
                VaryMemory(store.Target.Memory);
                break;
            case Fill fill when IsVaried(fill.Value):
                VaryMemory(fill.Memory);
                break;
            case Copy copy when IsVaried(copy.Source):
                VaryMemory(copy.Destination);
                break;
            case If branch:
                varied.UnionWith(branch.Joins.Where(join => IsVaried(join.Then) || IsVaried(join.Else)).Select(join => join.Result.Id));
                break;
            case Loop loop:
                varied.UnionWith(loop.Carried.Where(c => IsVaried(c.Init) || IsVaried(c.Next)).SelectMany(c => new[] { c.Param.Id, c.Result.Id }));
                break;
        }
    }

    /// <summary>What a call was given may hold it afterwards: a list to which an active value was added.</summary>
    private void VaryReceivers(Expr value)
    {
        if (value is External { Effect: Effect.Writes } call && call.Arguments.Any(IsVaried))
        {
            varied.UnionWith(call.Arguments.OfType<Read>().Where(argument => argument.Type is OpaqueType).Select(argument => argument.Variable.Id));
        }
    }

    private void VaryMemory(Expr handle) => varied.UnionWith(memory.RootsOf(handle).Where(root => !constants.Contains(root)));

    private bool CarriesVariation(Expr value) => value switch
    {
        Element element => memory.RootsOf(element.Memory).Any(varied.Contains),
        Slice => false,
        External external => external.Type is not ScalarType { IsFloating: false } && external.Arguments.Any(IsVaried),
        _ => value.Operands().Where((operand, i) => Pullback.Flows(value, i) && IsVaried(operand)).Any(),
    };

    private void Demand(Stmt stmt)
    {
        switch (stmt)
        {
            case Declare { Value: { } value } declare when useful.Contains(declare.Variable.Id):
                DemandOperands(value);
                break;
            case Store store when IsUsefulMemory(store.Target.Memory):
                Use(store.Value);
                break;
            case Fill fill when IsUsefulMemory(fill.Memory):
                Use(fill.Value);
                break;
            case Copy copy when IsUsefulMemory(copy.Destination):
                Use(copy.Source);
                break;
            case If branch:
                foreach (Join join in branch.Joins.Where(join => useful.Contains(join.Result.Id)))
                {
                    Use(join.Then);
                    Use(join.Else);
                }

                break;
            case Loop loop:
                foreach (Carried carried in loop.Carried.Where(c => useful.Contains(c.Result.Id) || useful.Contains(c.Param.Id)))
                {
                    Use(carried.Init);
                    Use(carried.Next);
                }

                break;
        }
    }

    private void DemandOperands(Expr value)
    {
        switch (value)
        {
            case Element element:
                useful.UnionWith(memory.RootsOf(element.Memory));
                break;
            case External external:
                external.Arguments.ToList().ForEach(Use);
                break;
            default:
                int i = 0;
                foreach (Expr operand in value.Operands())
                {
                    if (Pullback.Flows(value, i++))
                    {
                        Use(operand);
                    }
                }

                break;
        }
    }

    private bool IsUsefulMemory(Expr handle) => memory.RootsOf(handle).Any(useful.Contains);

    private void Use(Expr operand)
    {
        if (operand is Read read)
        {
            useful.Add(read.Variable.Id);
            useful.UnionWith(memory.RootsOf(read));
        }
    }
}
