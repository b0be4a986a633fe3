using Backprop.Generator.IR;

namespace Backprop.Generator.Analyses;

/// <summary>Something on the path of the derivative that the generator does not look into.</summary>
/// <param name="Site">Number of the source token, as the frontend gave it.</param>
internal sealed record Refusal(int Site);

/// <summary>Finds what only activity can tell: calls whose result matters to the derivative and depends on an input.</summary>
internal static class Refusals
{
    public static EquatableArray<Refusal> Of(Block body, Activity activity) => body.Deep().OfType<Declare>()
        .Where(declare => declare.Value is External { Rule: "", IsStopped: false } call && (declare.Variable.Type.IsFloating || declare.Variable.Type.HoldsFloating)
            && call.Arguments.Any(activity.IsVaried) && activity.IsUseful(declare.Variable))
        .Select(declare => new Refusal(((External)declare.Value!).Site))
        .ToEquatable();
}
