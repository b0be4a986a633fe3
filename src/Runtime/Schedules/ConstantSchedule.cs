namespace Backprop;

/// <summary>The same value at every step.</summary>
/// <param name="Level">The value.</param>
/// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
public sealed record ConstantSchedule(double Level) : Schedule
{
    /// <summary>The value.</summary>
    public double Level { get; } = Bounds.NonNegative(Level);

    /// <inheritdoc/>
    protected override double Value(long step) => Level;
}
