namespace Backprop;

/// <summary>The harmonic mean of precision and recall of one class: 2TP / (2TP + FP + FN).</summary>
/// <remarks>Not defined while the class was neither predicted nor present. The mean over classes is
/// <see cref="ConfusionMatrix.MacroF1"/>.</remarks>
/// <param name="positive">The class that counts as positive.</param>
/// <param name="name">Name under which the value is reported.</param>
public sealed class F1Score(int positive = 1, string name = "f1") : IMetric
{
    private double hits;
    private double misses;

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public double Value => 2 * hits / ((2 * hits) + misses);

    /// <summary>Adds a sample.</summary>
    /// <param name="predicted">The predicted class.</param>
    /// <param name="label">The right class.</param>
    /// <param name="weight">The sample's weight.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is negative or not finite.</exception>
    public void Add(int predicted, int label, double weight = 1)
    {
        MetricArguments.CheckWeight(weight);
        if (predicted == positive && label == positive)
            hits += weight;
        else if (predicted == positive || label == positive)
            misses += weight;
    }

    /// <inheritdoc/>
    public void Reset() => (hits, misses) = (0, 0);
}
