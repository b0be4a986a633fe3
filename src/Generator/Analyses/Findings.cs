using Backprop.Generator.IR;

namespace Backprop.Generator.Analyses;

/// <summary>What activity tells about a method beside its derivative. Normal form.</summary>
internal static class Findings
{
    public static IEnumerable<Finding> Of(Method method, Block body, Memory memory, Activity activity)
        => [.. Results(method, body, activity, memory), .. Parameters(method, activity), .. Aliases(method, memory), .. StoppedCalls(body, activity), .. StoppedWrites(method, body, memory, activity)];

    private static IEnumerable<Finding> Results(Method method, Block body, Activity activity, Memory memory)
    {
        bool hasResult = method.ReturnType is { } type && (type.IsFloating || type.HoldsFloating);
        bool writes = method.Parameters.Any(p => p.Wanted == Wanted.Gradient && (memory.IsWritten(p.Variable.Id) || memory.IsAssigned(p.Variable.Id)));
        bool isConstant = hasResult && !writes && body.Statements.LastOrDefault() is Return { Value: { } value } && !activity.IsVaried(value);
        return isConstant ? [Finding.Of(FindingKind.ConstantResult, 0, method.Name)] : [];
    }

    // Where nothing depends on anything, that has been said once.
    private static IEnumerable<Finding> Parameters(Method method, Activity activity)
    {
        List<Parameter> wanted = [.. method.Parameters.Where(p => p.Wanted == Wanted.Gradient && p.Passing is not (Passing.Out or Passing.Receiver))];
        List<Parameter> unused = [.. wanted.Where(p => !activity.IsUseful(p.Variable))];
        return unused.Count == wanted.Count ? [] : unused.Select(p => Finding.Of(FindingKind.ZeroGradient, p.Variable.Id, p.Variable.Name, method.Name));
    }

    private static IEnumerable<Finding> Aliases(Method method, Memory memory)
        => from i in Enumerable.Range(0, method.Parameters.Count)
           from j in Enumerable.Range(i + 1, method.Parameters.Count - i - 1)
           let a = method.Parameters[i]
           let b = method.Parameters[j]
           where a.Variable.Type.Element is { } element && element.Equals(b.Variable.Type.Element) && (element.IsFloating || element.HoldsFloating)
               && RankOf(a.Variable.Type) == RankOf(b.Variable.Type) && (memory.IsWritten(a.Variable.Id) || memory.IsWritten(b.Variable.Id))
           select Finding.Of(FindingKind.MayAlias, b.Variable.Id, a.Variable.Name, b.Variable.Name);

    private static int RankOf(IrType type) => type is ArrayType array ? array.Rank : 1;

    private static IEnumerable<Finding> StoppedCalls(Block body, Activity activity) => body.Deep().OfType<Declare>()
        .Where(declare => declare.Value is External { IsStopped: true } call && call.Arguments.Any(activity.IsVaried) && activity.IsUseful(declare.Variable))
        .Select(declare => Finding.Of(FindingKind.StoppedCall, ((External)declare.Value!).Site));

    /// <summary>What a member or parameter marked [NoGradient] holds is constant, also where it was written a moment ago. Of a parameter it only matters if it is read again.</summary>
    private static IEnumerable<Finding> StoppedWrites(Method method, Block body, Memory memory, Activity activity)
    {
        HashSet<int> constants = [.. method.Parameters.Where(static p => p.Wanted == Wanted.Nothing && p.Variable.Type is { IsMemory: true, HoldsFloating: true }).Select(static p => p.Variable.Id)];
        return from stmt in body.Deep()
               from write in Writes(stmt)
               let isMember = memory.IsOfConstantMember(write.Target)
               where (isMember || memory.RootsOf(write.Target).Any(root => constants.Contains(root) && activity.IsUsefulRoot(root)))
                   && write.Values.Any(value => (value.Type.IsFloating || value.Type.HoldsFloating) && activity.IsVaried(value))
               select Finding.Of(FindingKind.StoppedWrite, write.Site, isMember ? "member" : "parameter");
    }

    private static IEnumerable<(Expr Target, IEnumerable<Expr> Values, int Site)> Writes(Stmt stmt) => stmt switch
    {
        Store store => [(store.Target, [store.Value], store.Site)],
        Fill fill => [(fill.Memory, fill.Value is Pack pack ? pack.Leaves : [fill.Value], fill.Site)],
        Copy copy => [(copy.Destination, [copy.Source], copy.Site)],
        Evaluate { Value: External { Effect: Effect.Writes } call } => call.Arguments.Where(static argument => argument.Type.IsMemory).Select(argument => (argument, (IEnumerable<Expr>)call.Arguments, call.Site)),

        // What a method writes to which the memory is constant is looked for in that method, and at the call.
        Call call => call.Given.Where(static given => given.Parameter is { IsWritable: true, Wanted: Wanted.Gradient }).Select(given => (given.Argument, (IEnumerable<Expr>)call.Arguments, call.Site)),
        _ => [],
    };
}
