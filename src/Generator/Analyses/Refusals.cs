using Backprop.Generator.IR;

namespace Backprop.Generator.Analyses;

/// <summary>Something on the path of the derivative that the generator does not look into.</summary>
/// <param name="Site">Number of the source token, as the frontend gave it.</param>
internal sealed record Refusal(int Site, RefusalKind Kind);

internal enum RefusalKind
{
    /// <summary>C# that the IR does not look into.</summary>
    External,

    /// <summary>A method that is to be run again, and writes what it was given.</summary>
    Recomputed,

    /// <summary>A method that may stand in for others, and writes an object or table that it was given.</summary>
    Unexpected,

    /// <summary>An object or table that is passed to a method and written afterwards.</summary>
    Overwritten,
}

/// <summary>Finds what only activity can tell: calls whose result matters to the derivative and depends on an input.</summary>
internal static class Refusals
{
    public static EquatableArray<Refusal> Of(Method method, Block body, Activity activity, Memory memory)
    {
        IEnumerable<Refusal> recomputed = method.Keeping == Keeping.Nothing && method.Parameters.Any(parameter => memory.IsAssigned(parameter.Variable.Id) || parameter.Passing is Passing.Ref or Passing.Out || memory.IsWritten(parameter.Variable.Id))
            ? [new Refusal(0, RefusalKind.Recomputed)]
            : [];
        IEnumerable<Refusal> unexpected = method.Slot is not null && body.Deep().Where(static stmt => stmt is not Call).SelectMany(Memory.Targets).SelectMany(memory.RootsOf).Any(root => IsUncopied(method, root))
            ? [new Refusal(0, RefusalKind.Unexpected)]
            : [];
        IEnumerable<Refusal> externals = body.Deep().OfType<Declare>()
            .Where(declare => declare.Value is External { Rule: "", IsStopped: false } call && (declare.Variable.Type.IsFloating || declare.Variable.Type.HoldsFloating)
                && call.Arguments.Any(activity.IsVaried) && activity.IsUseful(declare.Variable))
            .Select(static declare => new Refusal(((External)declare.Value!).Site, RefusalKind.External));
        Changes changes = Changes.Of(body, memory);
        IEnumerable<Refusal> overwritten = body.Deep().OfType<Call>()
            .Where(call => call.Arguments.Any(activity.IsVaried) && call.Given.Any(given => IsUncopied(Callee.TypeInPullback(given.Argument.Type, call.Callee.Keeping)) && changes.After(call, given.Argument).IsCertain))
            .Select(static call => new Refusal(call.Site, RefusalKind.Overwritten));
        return recomputed.Concat(unexpected).Concat(externals).Concat(overwritten).ToEquatable();
    }

    private static bool IsUncopied(Method method, int root) => method.Parameters.Any(parameter => parameter.Variable.Id == root && Callee.IsUncopied(parameter.Variable.Type));

    private static bool IsUncopied(IrType type) => type is ObjectType or ArrayType;
}
