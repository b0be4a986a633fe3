namespace Backprop;

/// <summary>How the height of a <see cref="CyclicSchedule"/>'s cycles changes.</summary>
public enum CycleMode
{
    /// <summary>Not at all.</summary>
    Triangular,

    /// <summary>It is halved with each cycle.</summary>
    Halving,

    /// <summary>It is multiplied by a factor at each step.</summary>
    Exponential,
}

/// <summary>
/// A triangle wave between two values. For a momentum that falls while the rate rises, give the larger value as the base.
/// Smith, <em>Cyclical Learning Rates for Training Neural Networks</em>, 2017.
/// </summary>
/// <param name="Base">The value at the start of each cycle.</param>
/// <param name="Peak">The value at the first peak.</param>
/// <param name="StepsUp">Steps from base to peak.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite, or a number of steps is less than 1.</exception>
public sealed record CyclicSchedule(double Base, double Peak, long StepsUp) : Schedule
{
    /// <summary>The value at the start of each cycle.</summary>
    public double Base { get; } = Bounds.NonNegative(Base);

    /// <summary>The value at the first peak.</summary>
    public double Peak { get; } = Bounds.NonNegative(Peak);

    /// <summary>Steps from base to peak.</summary>
    public long StepsUp { get; } = Bounds.AtLeast(1L, StepsUp);

    /// <summary>Steps from peak to base; null for <see cref="StepsUp"/>.</summary>
    public long? StepsDown { get; init => field = value is { } steps ? Bounds.AtLeast(1L, steps) : null; }

    /// <summary>How the height changes.</summary>
    public CycleMode Mode { get; init => field = Bounds.Defined(value); }

    /// <summary>What each step multiplies the height by in <see cref="CycleMode.Exponential"/>.</summary>
    public double Factor { get; init => field = Bounds.NonNegative(value); } = 1;

    /// <inheritdoc/>
    protected override double Value(long step)
    {
        long down = StepsDown ?? StepsUp, cycle = step / (StepsUp + down), at = step % (StepsUp + down);
        double rise = at <= StepsUp ? (double)at / StepsUp : (double)(StepsUp + down - at) / down;
        double height = Mode switch
        {
            CycleMode.Halving => Math.Pow(0.5, cycle),
            CycleMode.Exponential => Math.Pow(Factor, step),
            _ => 1,
        };
        return Base + (Peak - Base) * rise * height;
    }
}
