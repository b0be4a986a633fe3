namespace Backprop;

/// <summary>The mean loss: Σ wᵢLᵢ / Σ wᵢ, where the weight of a batch's mean is its number of samples.</summary>
/// <param name="name">Name under which the value is reported.</param>
public sealed class MeanLoss(string name = "loss") : IMetric
{
    private WeightedMean mean;

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public double Value => mean.Value;

    /// <summary>Adds a loss.</summary>
    /// <param name="loss">The loss of a sample, or the mean over a batch.</param>
    /// <param name="weight">The sample's weight, or the batch's number of samples.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is negative or not finite.</exception>
    public void Add(double loss, double weight = 1)
    {
        MetricArguments.CheckWeight(weight);
        mean.Add(loss, weight);
    }

    /// <inheritdoc/>
    public void Reset() => mean = default;
}
