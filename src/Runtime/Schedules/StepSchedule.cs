namespace Backprop;

/// <summary>A staircase: initial · factor^⌊k/every⌋.</summary>
/// <param name="Initial">The first value.</param>
/// <param name="Every">Steps between changes.</param>
/// <param name="Factor">What each change multiplies by.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite, or <paramref name="Every"/> is less than 1.</exception>
public sealed record StepSchedule(double Initial, long Every, double Factor = 0.1) : Schedule
{
    /// <summary>The first value.</summary>
    public double Initial { get; } = Bounds.NonNegative(Initial);

    /// <summary>Steps between changes.</summary>
    public long Every { get; } = Bounds.AtLeast(1L, Every);

    /// <summary>What each change multiplies by.</summary>
    public double Factor { get; } = Bounds.NonNegative(Factor);

    /// <inheritdoc/>
    protected override double Value(long step) => Initial * Math.Pow(Factor, step / Every);
}
