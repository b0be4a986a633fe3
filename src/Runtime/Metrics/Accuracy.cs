namespace Backprop;

/// <summary>The share of samples whose largest score is that of their label.</summary>
/// <param name="name">Name under which the value is reported.</param>
public sealed class Accuracy(string name = "accuracy") : IMetric
{
    private WeightedMean mean;

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public double Value => mean.Value;

    /// <summary>Adds a sample by its scores. Of equal scores the first counts as the prediction.</summary>
    /// <param name="scores">One score a class: logits or probabilities.</param>
    /// <param name="label">The right class.</param>
    /// <param name="weight">The sample's weight.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> has no score, or <paramref name="weight"/> is
    /// negative or not finite.</exception>
    public void Add(ReadOnlySpan<float> scores, int label, double weight = 1)
    {
        MetricArguments.CheckLabel(label, scores.Length);
        Add(MetricArguments.Largest(scores), label, weight);
    }

    /// <summary>Adds a sample by the class predicted for it.</summary>
    /// <param name="predicted">The predicted class.</param>
    /// <param name="label">The right class.</param>
    /// <param name="weight">The sample's weight.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is negative or not finite.</exception>
    public void Add(int predicted, int label, double weight = 1)
    {
        MetricArguments.CheckWeight(weight);
        mean.Add(predicted == label ? 1 : 0, weight);
    }

    /// <inheritdoc/>
    public void Reset() => mean = default;
}
