namespace Backprop;

/// <summary>The course of a <see cref="OneCycleSchedule"/>.</summary>
public enum OneCyclePhases
{
    /// <summary>Start to peak, peak to end.</summary>
    Two,

    /// <summary>Start to peak, peak to start in as many steps, start to end.</summary>
    Three,
}

/// <summary>
/// Up from a start to a peak and down to an end. For a learning rate leave start and end alone: peak/25 and start/10⁴; for a momentum
/// that moves against it give start = end above the peak.
/// Smith and Topin, <em>Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates</em>, 2018.
/// </summary>
/// <param name="Peak">The value at the turn.</param>
/// <param name="Steps">Steps of the whole course.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite, there are fewer than 2 steps, or the course leaves no room for a phase.</exception>
public sealed record OneCycleSchedule(double Peak, long Steps) : Schedule
{
    /// <summary>The value at the turn.</summary>
    public double Peak { get; } = Bounds.NonNegative(Peak);

    /// <summary>Steps of the whole course.</summary>
    public long Steps { get; } = Bounds.AtLeast(2L, Steps);

    /// <summary>The first value.</summary>
    public double Start { get; init => field = Bounds.NonNegative(value); } = Peak / 25;

    /// <summary>The last value; null for <see cref="Start"/>/10⁴.</summary>
    public double? End { get; init => field = value is { } end ? Bounds.NonNegative(end) : null; }

    /// <summary>The part of the steps spent on the way up, in (0, 1); at most one half with three phases.</summary>
    public double RiseFraction { get; init => field = Bounds.Positive(Bounds.Decay(value)); } = 0.3;

    /// <summary>Two or three phases.</summary>
    public OneCyclePhases Phases { get; init => field = Bounds.Defined(value); }

    /// <summary>The shape of each phase.</summary>
    public Annealing Annealing { get; init => field = Bounds.Defined(value); }

    /// <inheritdoc/>
    protected override double Value(long step)
    {
        double end = End ?? Start / 1e4, last = Steps - 1, top = RiseFraction * Steps - 1;
        if (step >= last) return end;
        if (step <= top) return Anneal(Annealing, Start, Peak, step / top);
        if (Phases == OneCyclePhases.Two) return Anneal(Annealing, Peak, end, (step - top) / (last - top));
        double back = 2 * RiseFraction * Steps - 2;
        return step <= back
            ? Anneal(Annealing, Peak, Start, (step - top) / (back - top))
            : Anneal(Annealing, Start, end, (step - back) / (last - back));
    }
}
