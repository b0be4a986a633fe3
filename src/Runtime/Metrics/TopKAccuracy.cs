namespace Backprop;

/// <summary>The share of samples whose label is among the k largest scores.</summary>
public sealed class TopKAccuracy : IMetric
{
    private readonly int k;
    private WeightedMean mean;

    /// <summary>Creates the metric.</summary>
    /// <param name="k">How many of the largest scores count; 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1.</exception>
    public TopKAccuracy(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        this.k = k;
        Name = $"top{k}";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public double Value => mean.Value;

    /// <summary>Adds a sample. Of equal scores those of lower classes come first.</summary>
    /// <param name="scores">One score a class.</param>
    /// <param name="label">The right class.</param>
    /// <param name="weight">The sample's weight.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> has no score, or <paramref name="weight"/> is
    /// negative or not finite.</exception>
    public void Add(ReadOnlySpan<float> scores, int label, double weight = 1)
    {
        MetricArguments.CheckLabel(label, scores.Length);
        MetricArguments.CheckWeight(weight);
        float own = scores[label];
        int before = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (scores[i] > own || (scores[i] == own && i < label))
                before++;
        }

        mean.Add(before < k && !float.IsNaN(own) ? 1 : 0, weight);
    }

    /// <inheritdoc/>
    public void Reset() => mean = default;
}
