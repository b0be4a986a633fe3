using Backprop.Generator.IR;

namespace Backprop.Generator.Analyses;

/// <summary>Something on the path of the derivative that the generator does not look into.</summary>
/// <param name="Site">Number of the source token, as the frontend gave it; 0 for the method.</param>
/// <param name="Cause">Number of another source token that has to do with it; 0 for none.</param>
internal sealed record Refusal(int Site, RefusalKind Kind, int Cause = 0);

internal enum RefusalKind
{
    /// <summary>C# that the IR does not look into.</summary>
    External,

    /// <summary>A method that is to be run again, and writes what it was given.</summary>
    Recomputed,

    /// <summary>A method that may stand in for others, and writes an object or table that it was given.</summary>
    Unexpected,

    /// <summary>A variable that stands for memory which was made in an earlier iteration.</summary>
    Reassigned,

    /// <summary>A call that may keep a value where the cause reads it again.</summary>
    Kept,

    /// <summary>A method that may stand in for others, and returns an array that it was given.</summary>
    Returned,

    /// <summary>A call that may return an array that it is given.</summary>
    Alias,

    /// <summary>A call that is given the same memory twice, and may write it.</summary>
    Twice,

    /// <summary>A call that is given memory of which no copy can be kept, and that may be written afterwards.</summary>
    Uncopied,

    /// <summary>A call of a method that is run again, and may read then what was written in the meantime.</summary>
    Rerun,

    /// <summary>A call that may write what matters to the derivative, and to which it is constant.</summary>
    Constant,

    /// <summary>A differentiable method that is given text or an object made of a number, of which it may make a number again.</summary>
    Disguised,
}

/// <summary>Finds what only activity can tell: calls whose result matters to the derivative and depends on an input.</summary>
internal static class Refusals
{
    public static EquatableArray<Refusal> Of(Method method, Block body, Activity activity, Memory memory)
    {
        List<Stmt> statements = body.Deep();
        List<Refusal> unknown = [.. Unknown(statements, activity)];
        return Recomputed(method, memory)
            .Concat(Unexpected(method, statements, memory))
            .Concat(Aliases(method, body, statements, memory))
            .Concat(Twice(statements))
            .Concat(Written(body, statements, activity, memory))
            .Concat(Constants(statements, activity, memory))
            .Concat(unknown.Count > 0 ? unknown : Kept(statements, activity))
            .Concat(Reassigned(statements, Successions.Of(body, memory)))
            .ToEquatable();
    }

    private static IEnumerable<Refusal> Recomputed(Method method, Memory memory)
        => method.Keeping == Keeping.Nothing && method.Parameters.Any(parameter => memory.IsAssigned(parameter.Variable.Id) || parameter.Passing is Passing.Ref or Passing.Out || memory.IsWritten(parameter.Variable.Id))
            ? [new Refusal(0, RefusalKind.Recomputed)]
            : [];

    private static IEnumerable<Refusal> Unexpected(Method method, IEnumerable<Stmt> statements, Memory memory)
        => method.Slot is null ? [] : statements.Where(stmt => Memory.Targets(stmt).SelectMany(memory.WrittenBy).Any(root => IsUncopied(method, root)))
            .Select(static stmt => new Refusal(stmt is Call call ? call.Site : 0, RefusalKind.Unexpected)).Distinct();

    /// <summary>An array that a call returns is taken for a new one; of one that nobody looks at this does not matter.</summary>
    private static IEnumerable<Refusal> Aliases(Method method, Block body, IEnumerable<Stmt> statements, Memory memory) => statements.OfType<Call>()
        .Where(call => call.Callee.MayReturnArgument && body.Reads().Contains(call.Value))
        .Select(static call => new Refusal(call.Site, RefusalKind.Alias))
        .Concat(method.Slot is not null && GivenMemory.ReturnsArgument(method, body, memory) ? [new Refusal(0, RefusalKind.Returned)] : []);

    /// <summary>To a method two parameters are two, unless its pullback was written by hand. What may be the same is checked when it runs; what is the same is an error now.</summary>
    private static IEnumerable<Refusal> Twice(List<Stmt> statements)
    {
        List<Call> calls = [.. statements.OfType<Call>().Where(static call => call.Callee.Rule.Length == 0 && call.Given.Count(static given => given.Argument.Type is { IsMemory: true } and not StructType) > 1 && call.Written.Any())];
        Identity identity = Identity.Of(calls.Count == 0 ? [] : statements);
        return from call in calls
               where call.Given.Where(static given => given.Parameter.IsWritable)
                   .Any(written => call.Given.Any(other => other.Parameter != written.Parameter && other.Argument.Type is { IsMemory: true } and not StructType && identity.IsSame(written.Argument, other.Argument)))
               select new Refusal(call.Site, RefusalKind.Twice);
    }

    /// <summary>A pullback needs what the call was given as it was then.</summary>
    private static IEnumerable<Refusal> Written(Block body, List<Stmt> statements, Activity activity, Memory memory)
    {
        List<Call> calls = [.. statements.OfType<Call>().Where(call => (call.Arguments.Any(IsUncopied) || IsRerun(call)) && IsUseful(call, activity))];
        Changes? changes = calls.Count == 0 ? null : Changes.Of(body, memory, Interval.CallersCode);
        foreach (Call call in calls)
        {
            if (call.Arguments.Any(argument => IsUncopied(argument) && changes!.IsPossibleAfter(call, argument)))
            {
                yield return new Refusal(call.Site, RefusalKind.Uncopied);
            }
            else if (IsRerun(call) && changes!.IsUnknownWrittenAfter(call))
            {
                yield return new Refusal(call.Site, RefusalKind.Rerun);
            }
        }
    }

    /// <summary>What a method writes into a parameter that is marked [NoGradient] has no derivative, and the caller may read it, or differentiate it, all the same.</summary>
    private static IEnumerable<Refusal> Constants(IEnumerable<Stmt> statements, Activity activity, Memory memory) => statements.OfType<Call>()
        .Where(call => call.Arguments.Any(activity.IsVaried)
            && (call.Given.Any(given => given.Parameter is { Wanted: Wanted.Nothing, IsWritable: true, Type.HoldsFloating: true } && memory.RootsOf(given.Argument).Any(activity.IsUsefulRoot))
                || call.Outputs.Any(output => output.Parameter.Wanted == Wanted.Nothing && IsNumbers(output.Result.Type) && activity.IsUseful(output.Result))))
        .Select(static call => new Refusal(call.Site, RefusalKind.Constant));

    private static bool IsUncopied(Expr argument) => argument.Type is { IsMemory: true, IsCopyable: false } and not StructType;

    /// <summary>Whether it is run again with a copy that may share storage with what it was given.</summary>
    private static bool IsRerun(Call call) => call.Callee.Keeping == Keeping.Nothing && call.Arguments.Any(static argument => MayHoldUnknown(argument.Type));

    private static bool MayHoldUnknown(IrType type) => type switch
    {
        ScalarType => false,
        StructType whole => !whole.IsUnmanaged,
        OpaqueType opaque => !opaque.IsUnmanaged,
        ObjectType => true,
        _ => MayHoldUnknown(type.Element!),
    };

    private static IEnumerable<Refusal> Reassigned(IEnumerable<Stmt> statements, Successions successions) => statements
        .SelectMany(static stmt => stmt is If branch ? branch.Joins.Select(static join => join.Result) : stmt is Loop loop ? loop.Carried.Select(static c => c.Param) : [])
        .Where(variable => variable.Type is { HoldsFloating: true } and not StructType && !successions.Contains(variable))
        .Select(static variable => new Refusal(variable.Symbol == 0 ? variable.Id : variable.Symbol, RefusalKind.Reassigned))
        .Distinct();

    private static IEnumerable<Refusal> Unknown(IEnumerable<Stmt> statements, Activity activity) => statements.Select(statement => statement switch
    {
        _ when CallIn(statement) is { IsDelegate: true, IsStopped: false } call && call.Arguments.Any(activity.IsVaried) => new Refusal(call.Site, RefusalKind.External),
        Declare { Value: External { Rule: "", IsStopped: false } call, Variable: var result } when IsNumbers(result.Type) && call.Arguments.Any(activity.IsVaried) && activity.IsUseful(result)
            => new Refusal(call.Site, RefusalKind.External),
        Call call when call.Arguments.Any(argument => argument.Type is OpaqueType && activity.IsVaried(argument)) && IsUseful(call, activity) => new Refusal(call.Site, RefusalKind.Disguised),
        _ => null,
    }).OfType<Refusal>();

    /// <summary>
    /// Calls of user code that are given a value which depends on an input and may keep it, where something reads what they may have kept. One that gives
    /// a value is less likely to keep it for a later call of another method, but what it kept can be read directly.
    /// </summary>
    private static IEnumerable<Refusal> Kept(List<Stmt> statements, Activity activity)
    {
        List<External> writers = [.. statements.Select(CallIn).OfType<External>().Where(call => Memory.IsForeign(call) && !call.IsStopped && !call.IsDelegate && call.Arguments.Any(activity.IsVaried))];
        foreach (External writer in writers)
        {
            bool isQuestion = statements.OfType<Declare>().Any(declare => declare.Value == writer);
            int reader = statements.Select(statement => ReaderIn(statement, writer, isQuestion, activity)).FirstOrDefault(static site => site != 0);
            if (reader != 0)
            {
                yield return new Refusal(writer.Site, RefusalKind.Kept, reader);
            }
        }
    }

    /// <summary>Number of the token that may read what a call kept; 0 for none.</summary>
    private static int ReaderIn(Stmt statement, External writer, bool isQuestion, Activity activity) => statement switch
    {
        Declare { Value: External { IsStopped: false } read, Variable: var result } when read != writer && activity.IsUseful(result)
            && (isQuestion ? read.ReadsState && IsNumbers(result.Type) : read.ReadsState || (Memory.IsForeign(read) && IsNumbers(result.Type))) => read.Site,
        Call call when !isQuestion && IsUseful(call, activity) => call.Site,
        _ => 0,
    };

    private static External? CallIn(Stmt statement) => statement switch
    {
        Declare { Value: External call } => call,
        Evaluate { Value: External call } => call,
        _ => null,
    };

    private static bool IsNumbers(IrType type) => type.IsFloating || type.HoldsFloating;

    private static bool IsUseful(Call call, Activity activity) => call.Results.Any(activity.IsUseful) || call.Written.Any(memory => memory is Read read && activity.IsUseful(read.Variable));

    private static bool IsUncopied(Method method, int root) => method.Parameters.Any(parameter => parameter.Variable.Id == root && Callee.IsUncopied(parameter.Variable.Type));
}
