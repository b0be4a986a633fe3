namespace Backprop;

/// <summary>How the decay of an <see cref="ExponentialMovingAverage"/> begins.</summary>
public enum AverageWarmup
{
    /// <summary>It is the same from the first update.</summary>
    None,

    /// <summary>It is min(decay, (1 + n)/(10 + n)) in update n, so that the start is soon forgotten.</summary>
    Rising,
}

/// <summary>x̄ ← decay·x̄ + (1 − decay)·x after each update, from the parameters at the start. Polyak and Juditsky, 1992.</summary>
/// <param name="decay">The decay rate.</param>
/// <exception cref="ArgumentOutOfRangeException">Outside [0, 1).</exception>
public sealed class ExponentialMovingAverage(double decay = 0.999) : ParameterAverage
{
    /// <summary>The decay rate.</summary>
    public double Decay { get; } = Bounds.Decay(decay, nameof(decay));

    /// <summary>How the decay begins.</summary>
    public AverageWarmup Warmup { get; init => field = Bounds.Defined(value); }

    /// <inheritdoc/>
    protected override void Update<T>(long update, Span<T> copy, Span<T> parameters)
    {
        double kept = Warmup == AverageWarmup.Rising ? Math.Min(Decay, (1.0 + update) / (10 + update)) : Decay;
        Axpy.Apply(kept, copy, 1 - kept, parameters);
    }
}
