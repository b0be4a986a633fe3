using Backprop.Generator.Analyses;

namespace Backprop.Generator.Transforms;

/// <summary>What makes emitted code better without changing what it computes; tests leave one out and expect the same gradient.</summary>
[Flags]
internal enum Passes
{
    None = 0,

    /// <summary>Noise is taken out of the sweeps.</summary>
    Simplify = 1,

    /// <summary>Loops and branches are reversed on the spot where they can be.</summary>
    Fusion = 2,

    /// <summary>Cheap values are computed again instead of kept.</summary>
    Recomputation = 4,

    All = Simplify | Fusion | Recomputation,
}

internal static class PassesExtensions
{
    /// <summary>Sweeps that are not woven into each other may be apart.</summary>
    public static Interval Between(this Passes passes) => passes.HasFlag(Passes.Fusion) ? Interval.Nothing : Interval.CallersCode;
}
