using Backprop.Fuzz.Harness;

namespace Backprop.Fuzz.Oracles;

/// <summary>One thing that must hold of every program.</summary>
/// <param name="Check">Null where it holds, else what was found.</param>
internal sealed record Oracle(string Name, Func<Specimen, string?> Check)
{
    public const string Sharing = "sharing";

    /// <summary>What decides whether a gradient is right.</summary>
    public static IReadOnlyList<Oracle> Essential { get; } =
    [
        new("interpreter", Values.Primal),
        new("value", Values.Backward),
        new("gradient", Gradients.Exact),
        new("halves", Gradients.OfHalves),
        new(Sharing, SharedArguments.RefusedOrRight),
    ];

    public static IReadOnlyList<Oracle> All { get; } =
    [
        .. Essential,
        new("exceptions", Exceptions.AsThePrimal),
        new("differences", Gradients.Differences),
        new("seed", Gradients.LinearInSeed),
        new("repetition", Repetition.TwiceTheSame),
        new("threads", Repetition.ManyAtOnce),
        new("allocation", Allocation.NoneAfterTheFirst),
        new("builds", Variants.Agree),
    ];
}
