using Backprop.Generator.IR;

namespace Backprop.Generator.Analyses;

/// <summary>When something happens: what the methods do that are called is known only when all are compiled.</summary>
/// <param name="Conditions">As C#; it happens when one of them holds. Null where it always does, empty where it never does.</param>
internal sealed record Occasion(EquatableArray<string>? Conditions)
{
    public static readonly Occasion Always = new((EquatableArray<string>?)null);

    public static readonly Occasion Never = new(EquatableArray<string>.Empty);

    public bool IsNever => Conditions is { Count: 0 };

    public Occasion Or(Occasion other) => Conditions is { } these && other.Conditions is { } those ? new(these.Union(those).ToEquatable()) : Always;

    /// <summary>When a method writes storage, itself or by calls.</summary>
    public static Occasion OfWriting(Func<Expr, bool> isIt, Block primal)
        => primal.Deep().SelectMany(Writes).Where(write => isIt(write.Target)).Aggregate(Never, static (sum, write) => sum.Or(write.When));

    private static IEnumerable<(Expr Target, Occasion When)> Writes(Stmt stmt) => stmt is Call call
        ? call.Given.Select((given, i) => (given.Parameter, given.Argument, Position: i)).Where(static given => given.Parameter.IsWritable)
            .Select(given => (given.Argument, call.Callee.Writes(given.Parameter) ? Always : new Occasion(EquatableArray.Of(call.Callee.WritesText(given.Position)))))
        : Memory.Targets(stmt).Select(static target => (target, Always));
}
