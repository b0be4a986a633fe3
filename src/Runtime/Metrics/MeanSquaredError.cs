namespace Backprop;

/// <summary>The mean squared error: Σ wᵢ(pᵢ − tᵢ)² / Σ wᵢ, in squared units of the target.</summary>
/// <param name="name">Name under which the value is reported.</param>
public sealed class MeanSquaredError(string name = "mse") : IMetric
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
        mean.Add(error * error, weight);
    }

    /// <inheritdoc/>
    public void Reset() => mean = default;
}
