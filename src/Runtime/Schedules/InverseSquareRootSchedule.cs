namespace Backprop;

/// <summary>
/// Up along a line and down with the inverse square root: peak · min((k + 1)/warmup, √(warmup/(k + 1))).
/// Vaswani et al., <em>Attention Is All You Need</em>, 2017.
/// </summary>
/// <param name="Peak">The value at step <paramref name="Warmup"/> − 1.</param>
/// <param name="Warmup">Steps of the way up; 1 for none.</param>
/// <exception cref="ArgumentOutOfRangeException">The peak is negative or not finite, or <paramref name="Warmup"/> is less than 1.</exception>
public sealed record InverseSquareRootSchedule(double Peak, long Warmup) : Schedule
{
    /// <summary>The value at step <see cref="Warmup"/> − 1.</summary>
    public double Peak { get; } = Bounds.NonNegative(Peak);

    /// <summary>Steps of the way up; 1 for none.</summary>
    public long Warmup { get; } = Bounds.AtLeast(1L, Warmup);

    /// <inheritdoc/>
    protected override double Value(long step) =>
        Peak * Math.Min((step + 1.0) / Warmup, Math.Sqrt(Warmup / (step + 1.0)));
}
