namespace Backprop;

/// <summary>What a <see cref="CosineSchedule"/> does after its last step.</summary>
public enum AfterCosine
{
    /// <summary>Keeps the end.</summary>
    Hold,

    /// <summary>Follows the wave up again, as PyTorch's <c>CosineAnnealingLR</c> does.</summary>
    RiseAgain,
}

/// <summary>
/// Half a cosine wave: end + (initial − end)·(1 + cos(πk/steps))/2.
/// Loshchilov and Hutter, <em>SGDR: Stochastic Gradient Descent with Warm Restarts</em>, 2017.
/// </summary>
/// <param name="Initial">The first value.</param>
/// <param name="Steps">Steps from the first value to the end.</param>
/// <param name="End">The value at step <paramref name="Steps"/>.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite, or <paramref name="Steps"/> is less than 1.</exception>
public sealed record CosineSchedule(double Initial, long Steps, double End = 0) : Schedule
{
    /// <summary>The first value.</summary>
    public double Initial { get; } = Bounds.NonNegative(Initial);

    /// <summary>Steps from the first value to the end.</summary>
    public long Steps { get; } = Bounds.AtLeast(1L, Steps);

    /// <summary>The value at step <see cref="Steps"/>.</summary>
    public double End { get; } = Bounds.NonNegative(End);

    /// <summary>What happens after step <see cref="Steps"/>.</summary>
    public AfterCosine After { get; init => field = Bounds.Defined(value); }

    /// <inheritdoc/>
    protected override double Value(long step) =>
        step >= Steps && After == AfterCosine.Hold ? End : HalfWave(Initial, End, (double)(step % (2 * Steps)) / Steps);
}
