namespace Backprop;

/// <summary>The product of schedules: one of values, and others of factors around 1.</summary>
/// <param name="Factors">The schedules to multiply.</param>
/// <exception cref="ArgumentException">There are no factors, or one is null.</exception>
public sealed record ProductSchedule(params IReadOnlyList<Schedule> Factors) : Schedule
{
    private readonly Schedule[] factors = Factors is { Count: > 0 } && !Factors.Contains(null!)
        ? [.. Factors] : throw new ArgumentException("A product needs factors, none of them null.", nameof(Factors));

    /// <summary>The schedules that are multiplied.</summary>
    public IReadOnlyList<Schedule> Factors => factors;

    /// <inheritdoc/>
    protected override double Value(long step)
    {
        double product = 1;
        foreach (Schedule factor in factors) product *= factor.At(step);
        return product;
    }
}
