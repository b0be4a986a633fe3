namespace Backprop;

/// <summary>A straight line from start to end, then the end.</summary>
/// <param name="Start">The first value.</param>
/// <param name="End">The value from step <paramref name="Steps"/> on.</param>
/// <param name="Steps">Steps from start to end.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite, or <paramref name="Steps"/> is less than 1.</exception>
public sealed record LinearSchedule(double Start, double End, long Steps) : Schedule
{
    /// <summary>The first value.</summary>
    public double Start { get; } = Bounds.NonNegative(Start);

    /// <summary>The value from step <see cref="Steps"/> on.</summary>
    public double End { get; } = Bounds.NonNegative(End);

    /// <summary>Steps from start to end.</summary>
    public long Steps { get; } = Bounds.AtLeast(1L, Steps);

    /// <inheritdoc/>
    protected override double Value(long step) => step >= Steps ? End : Line(Start, End, (double)step / Steps);
}
