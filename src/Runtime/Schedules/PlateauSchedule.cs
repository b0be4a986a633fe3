namespace Backprop;

/// <summary>How much better counts as better.</summary>
public enum ThresholdForm
{
    /// <summary>By a part of the best value: best·(1 ∓ threshold).</summary>
    Relative,

    /// <summary>By an amount: best ∓ threshold.</summary>
    Absolute,
}

/// <summary>A value that falls when a metric stops getting better. Unlike the other schedules it has memory, which is part of the training state.</summary>
/// <param name="initial">The first value.</param>
/// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
public sealed class PlateauSchedule(double initial) : IStateful
{
    private double value = Bounds.NonNegative(initial, nameof(initial));
    private double best = double.NaN;
    private long waited, resting;

    /// <summary>The value in force.</summary>
    public double Value => value;

    /// <summary>Whether the metric should fall or rise.</summary>
    public Direction Direction { get; init => field = Bounds.Defined(value); }

    /// <summary>What the value is multiplied by, in [0, 1).</summary>
    public double Factor { get; init => field = Bounds.Decay(value); } = 0.1;

    /// <summary>How many metrics in a row may fail to be better before the value falls at the next.</summary>
    public long Patience { get; init => field = Bounds.AtLeast(0L, value); } = 10;

    /// <summary>How much better counts as better.</summary>
    public double Threshold { get; init => field = Bounds.NonNegative(value); } = 1e-4;

    /// <summary>Whether <see cref="Threshold"/> is a part or an amount.</summary>
    public ThresholdForm ThresholdForm { get; init => field = Bounds.Defined(value); }

    /// <summary>How many metrics after a fall are not counted.</summary>
    public long Cooldown { get; init => field = Bounds.AtLeast(0L, value); }

    /// <summary>What the value does not fall below.</summary>
    public double Minimum { get; init => field = Bounds.NonNegative(value); }

    /// <summary>A fall by no more than this is not made.</summary>
    public double SmallestChange { get; init => field = Bounds.NonNegative(value); } = 1e-8;

    /// <summary>Takes the next metric into account.</summary>
    /// <param name="metric">The metric; NaN is never better.</param>
    /// <returns>The value now in force.</returns>
    public double Observe(double metric)
    {
        waited++;
        if (IsBetter(metric)) (best, waited) = (metric, 0);
        if (resting > 0)
        {
            resting--;
            waited = 0;
        }
        if (waited > Patience)
        {
            double lower = Math.Max(value * Factor, Minimum);
            if (value - lower > SmallestChange) value = lower;
            (resting, waited) = (Cooldown, 0);
        }
        return value;
    }

    /// <inheritdoc/>
    public void VisitState(IStateVisitor visitor)
    {
        visitor.VisitCounter("waited", ref waited);
        visitor.VisitCounter("resting", ref resting);
        visitor.VisitLeaf("value", [], new Span<double>(ref value));
        visitor.VisitLeaf("best", [], new Span<double>(ref best));
    }

    private bool IsBetter(double metric)
    {
        if (double.IsNaN(best)) return !double.IsNaN(metric);
        double sign = Direction == Direction.Maximize ? 1 : -1;
        double bar = ThresholdForm == ThresholdForm.Absolute ? best + sign * Threshold : best * (1 + sign * Threshold);
        return sign * metric > sign * bar;
    }
}
