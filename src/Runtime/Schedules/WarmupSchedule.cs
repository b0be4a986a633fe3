namespace Backprop;

/// <summary>A line up to the first value of another schedule, which then begins. Goyal et al., <em>Accurate, Large Minibatch SGD</em>, 2017.</summary>
/// <param name="Then">The schedule that follows; its step 0 is step <paramref name="Steps"/> of this one.</param>
/// <param name="Steps">Steps of the way up.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="Steps"/> is less than 1.</exception>
public sealed record WarmupSchedule(Schedule Then, long Steps) : Schedule
{
    /// <summary>The schedule that follows.</summary>
    public Schedule Then { get; } = Then ?? throw new ArgumentNullException(nameof(Then));

    /// <summary>Steps of the way up.</summary>
    public long Steps { get; } = Bounds.AtLeast(1L, Steps);

    /// <summary>What part of the following schedule's first value the line starts at.</summary>
    public double StartFactor { get; init => field = Bounds.NonNegative(value); }

    /// <inheritdoc/>
    protected override double Value(long step) =>
        step >= Steps ? Then.At(step - Steps) : Then.At(0) * Line(StartFactor, 1, (double)step / Steps);
}
