namespace Backprop;

/// <summary>The shape of the last phase of a <see cref="WarmupStableDecaySchedule"/>.</summary>
public enum DecayShape
{
    /// <summary>A straight line.</summary>
    Linear,

    /// <summary>Half a cosine wave.</summary>
    Cosine,

    /// <summary>1 − √fraction. Hägele et al., <em>Scaling Laws and Compute-Optimal Training Beyond Fixed Training Durations</em>, 2024.</summary>
    OneMinusSquareRoot,
}

/// <summary>Up along a line from 0, level, and down. Hu et al., <em>MiniCPM</em>, 2024.</summary>
/// <param name="Peak">The level value.</param>
/// <param name="Warmup">Steps of the way up; may be 0.</param>
/// <param name="Stable">Steps on the level; may be 0.</param>
/// <param name="Decay">Steps of the way down.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite, or <paramref name="Decay"/> is less than 1.</exception>
public sealed record WarmupStableDecaySchedule(double Peak, long Warmup, long Stable, long Decay) : Schedule
{
    /// <summary>The level value.</summary>
    public double Peak { get; } = Bounds.NonNegative(Peak);

    /// <summary>Steps of the way up.</summary>
    public long Warmup { get; } = Bounds.AtLeast(0L, Warmup);

    /// <summary>Steps on the level.</summary>
    public long Stable { get; } = Bounds.AtLeast(0L, Stable);

    /// <summary>Steps of the way down.</summary>
    public long Decay { get; } = Bounds.AtLeast(1L, Decay);

    /// <summary>The value after the way down.</summary>
    public double End { get; init => field = Bounds.NonNegative(value); }

    /// <summary>The shape of the way down.</summary>
    public DecayShape Shape { get; init => field = Bounds.Defined(value); }

    /// <inheritdoc/>
    protected override double Value(long step)
    {
        if (step < Warmup) return Peak * step / Warmup;
        long into = step - Warmup - Stable;
        if (into <= 0) return Peak;
        if (into >= Decay) return End;
        double fraction = (double)into / Decay;
        return Shape switch
        {
            DecayShape.Cosine => HalfWave(Peak, End, fraction),
            DecayShape.OneMinusSquareRoot => Line(Peak, End, Math.Sqrt(fraction)),
            _ => Line(Peak, End, fraction),
        };
    }
}
