namespace Backprop;

/// <summary>initial · factorᵏ.</summary>
/// <param name="Initial">The first value.</param>
/// <param name="Factor">What each step multiplies by.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite.</exception>
public sealed record ExponentialSchedule(double Initial, double Factor) : Schedule
{
    /// <summary>The first value.</summary>
    public double Initial { get; } = Bounds.NonNegative(Initial);

    /// <summary>What each step multiplies by.</summary>
    public double Factor { get; } = Bounds.NonNegative(Factor);

    /// <inheritdoc/>
    protected override double Value(long step) => Initial * Math.Pow(Factor, step);
}
