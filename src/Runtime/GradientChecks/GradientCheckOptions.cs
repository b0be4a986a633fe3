namespace Backprop;

/// <summary>How a gradient is checked.</summary>
public sealed record GradientCheckOptions
{
    /// <summary>The greatest relative error that passes; chosen by the numbers' type where it is null: 1e-6 for <c>double</c>, 1e-2 for <c>float</c>.</summary>
    /// <remarks>Relative to the sum of what each number contributes to the derivative, so that contributions that cancel do not count as an error. What the
    /// differences themselves cannot tell is not held against the gradient; the report says how much that is.</remarks>
    public double? Tolerance { get; init; }

    /// <summary>Number of random directions; at least 1.</summary>
    public int Directions { get; init; } = 3;

    /// <summary>Up to so many numbers, each is also checked alone, which finds errors in small ones beside large ones.</summary>
    public int CheckEachUpTo { get; init; } = 64;

    /// <summary>Whether the backward pass must add to what the accumulators hold. One that is wrapped in code which sets them does not.</summary>
    public bool Accumulates { get; init; } = true;

    /// <summary>Seed of the directions.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Directions, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(CheckEachUpTo);
        if (Tolerance is { } tolerance)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tolerance, nameof(Tolerance));
        }
    }
}
