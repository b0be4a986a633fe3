namespace Backprop;

/// <summary>A staircase with steps at given places: initial · factor^(number of milestones ≤ k); a milestone given twice counts twice.</summary>
/// <param name="Initial">The first value.</param>
/// <param name="Milestones">Steps at which the value changes, in ascending order.</param>
/// <param name="Factor">What each change multiplies by.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite.</exception>
/// <exception cref="ArgumentException">The milestones are negative or not ascending.</exception>
public sealed record MultiStepSchedule(double Initial, IReadOnlyList<long> Milestones, double Factor = 0.1) : Schedule
{
    private readonly long[] milestones = Ascending(Milestones);

    /// <summary>The first value.</summary>
    public double Initial { get; } = Bounds.NonNegative(Initial);

    /// <summary>Steps at which the value changes, in ascending order.</summary>
    public IReadOnlyList<long> Milestones => milestones;

    /// <summary>What each change multiplies by.</summary>
    public double Factor { get; } = Bounds.NonNegative(Factor);

    /// <inheritdoc/>
    protected override double Value(long step)
    {
        int passed = 0;
        while (passed < milestones.Length && milestones[passed] <= step) passed++;
        return Initial * Math.Pow(Factor, passed);
    }

    private static long[] Ascending(IReadOnlyList<long> milestones)
    {
        ArgumentNullException.ThrowIfNull(milestones, nameof(Milestones));
        long previous = 0;
        foreach (long milestone in milestones)
        {
            if (milestone < previous) throw new ArgumentException("Milestones must be ascending and not negative.", nameof(Milestones));
            previous = milestone;
        }
        return [.. milestones];
    }
}
