namespace Backprop;

/// <summary>
/// Half cosine waves one after another, each longer than the last by a factor.
/// Loshchilov and Hutter, <em>SGDR: Stochastic Gradient Descent with Warm Restarts</em>, 2017.
/// </summary>
/// <param name="Initial">The value at the start of each wave.</param>
/// <param name="Period">Length of the first wave in steps.</param>
/// <param name="PeriodFactor">How much longer each wave is than the one before.</param>
/// <param name="End">What each wave falls toward.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite, or a period or factor is less than 1.</exception>
public sealed record CosineRestartsSchedule(double Initial, long Period, int PeriodFactor = 1, double End = 0) : Schedule
{
    /// <summary>The value at the start of each wave.</summary>
    public double Initial { get; } = Bounds.NonNegative(Initial);

    /// <summary>Length of the first wave in steps.</summary>
    public long Period { get; } = Bounds.AtLeast(1L, Period);

    /// <summary>How much longer each wave is than the one before.</summary>
    public int PeriodFactor { get; } = Bounds.AtLeast(1, PeriodFactor);

    /// <summary>What each wave falls toward.</summary>
    public double End { get; } = Bounds.NonNegative(End);

    /// <inheritdoc/>
    protected override double Value(long step)
    {
        long period = Period;
        if (PeriodFactor == 1) step %= period;
        while (step >= period)
        {
            step -= period;
            // A period beyond the range of steps never ends.
            period = period > long.MaxValue / PeriodFactor ? long.MaxValue : period * PeriodFactor;
        }
        return HalfWave(Initial, End, (double)step / period);
    }
}
