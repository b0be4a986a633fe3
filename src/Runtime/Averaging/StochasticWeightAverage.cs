namespace Backprop;

/// <summary>
/// The plain mean of the parameters after updates start, start + every, start + 2·every…; until the start it is the parameters.
/// Izmailov et al., <em>Averaging Weights Leads to Wider Optima and Better Generalization</em>, 2018.
/// </summary>
/// <param name="start">The first update whose parameters enter the mean, counted from 1.</param>
/// <param name="every">Updates from one to the next.</param>
/// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
public sealed class StochasticWeightAverage(long start, long every = 1) : ParameterAverage
{
    /// <summary>The first update whose parameters enter the mean, counted from 1.</summary>
    public long FirstUpdate { get; } = Bounds.AtLeast(1L, start, nameof(start));

    /// <summary>Updates from one to the next.</summary>
    public long Every { get; } = Bounds.AtLeast(1L, every, nameof(every));

    /// <inheritdoc/>
    protected override void Update<T>(long update, Span<T> copy, Span<T> parameters)
    {
        long since = update - FirstUpdate;
        if (since <= 0) parameters.CopyTo(copy);
        else if (since % Every == 0)
        {
            double share = 1.0 / (since / Every + 1);
            Axpy.Apply(1 - share, copy, share, parameters);
        }
    }
}
