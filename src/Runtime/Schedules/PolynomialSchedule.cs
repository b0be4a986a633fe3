namespace Backprop;

/// <summary>end + (initial − end)·(1 − k/steps)^power, then the end.</summary>
/// <param name="Initial">The first value.</param>
/// <param name="Steps">Steps from the first value to the end.</param>
/// <param name="Power">The power; 1 is a straight line.</param>
/// <param name="End">The value from step <paramref name="Steps"/> on.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite, or <paramref name="Steps"/> is less than 1.</exception>
public sealed record PolynomialSchedule(double Initial, long Steps, double Power = 1, double End = 0) : Schedule
{
    /// <summary>The first value.</summary>
    public double Initial { get; } = Bounds.NonNegative(Initial);

    /// <summary>Steps from the first value to the end.</summary>
    public long Steps { get; } = Bounds.AtLeast(1L, Steps);

    /// <summary>The power; 1 is a straight line.</summary>
    public double Power { get; } = Bounds.Positive(Power);

    /// <summary>The value from step <see cref="Steps"/> on.</summary>
    public double End { get; } = Bounds.NonNegative(End);

    /// <inheritdoc/>
    protected override double Value(long step) =>
        step >= Steps ? End : End + (Initial - End) * Math.Pow(1 - (double)step / Steps, Power);
}
