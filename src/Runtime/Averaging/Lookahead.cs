namespace Backprop;

/// <summary>
/// Every k updates the slow copy moves toward the parameters, which then go on from there: s ← s + α(x − s), x ← s.
/// Zhang, Lucas, Hinton and Ba, <em>Lookahead Optimizer: k steps forward, 1 step back</em>, 2019.
/// </summary>
/// <param name="every">k.</param>
/// <param name="share">α.</param>
/// <exception cref="ArgumentOutOfRangeException">k is less than 1, or α outside [0, 1].</exception>
public sealed class Lookahead(long every = 5, double share = 0.5) : ParameterAverage
{
    /// <summary>k.</summary>
    public long Every { get; } = Bounds.AtLeast(1L, every, nameof(every));

    /// <summary>α.</summary>
    public double Share { get; } = Bounds.UnitInterval(share, nameof(share));

    /// <inheritdoc/>
    protected override void Update<T>(long update, Span<T> copy, Span<T> parameters)
    {
        if (update % Every != 0) return;
        Axpy.Apply(1 - Share, copy, Share, parameters);
        copy.CopyTo(parameters);
    }
}
