namespace Backprop;

/// <summary>The mean absolute error: Σ wᵢ|pᵢ − tᵢ| / Σ wᵢ, in units of the target.</summary>
/// <param name="name">Name under which the value is reported.</param>
public sealed class MeanAbsoluteError(string name = "mae") : IMetric
{
    private WeightedMean mean;

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public double Value => mean.Value;

    /// <summary>Adds a sample.</summary>
    /// <param name="prediction">What the model gives.</param>
    /// <param name="target">What is right.</param>
    /// <param name="weight">The sample's weight.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is negative or not finite.</exception>
    public void Add(double prediction, double target, double weight = 1)
    {
        MetricArguments.CheckWeight(weight);
        double error = prediction - target;
        mean.Add(Math.Abs(error), weight);
    }

    /// <inheritdoc/>
    public void Reset() => mean = default;
}
