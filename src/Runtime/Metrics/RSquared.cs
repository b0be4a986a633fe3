namespace Backprop;

/// <summary>The coefficient of determination R² = 1 − Σ wᵢ(tᵢ − pᵢ)² / Σ wᵢ(tᵢ − t̄)²: 1 for a perfect model, 0 for the mean.</summary>
/// <remarks>Means and squares are updated as in West's weighted algorithm (CACM 1979), so that targets far from zero do not
/// cancel. Not defined while all targets are equal.</remarks>
/// <param name="name">Name under which the value is reported.</param>
public sealed class RSquared(string name = "r2") : IMetric
{
    private double weightSum;
    private double mean;
    private double total;
    private double residual;

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public double Value => total > 0 ? 1 - (residual / total) : double.NaN;

    /// <summary>Adds a sample.</summary>
    /// <param name="prediction">What the model gives.</param>
    /// <param name="target">What is right.</param>
    /// <param name="weight">The sample's weight.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is negative or not finite.</exception>
    public void Add(double prediction, double target, double weight = 1)
    {
        MetricArguments.CheckWeight(weight);
        if (weight == 0)
            return;
        weightSum += weight;
        double distance = target - mean;
        mean += distance * (weight / weightSum);
        total += weight * distance * (target - mean);
        residual += weight * (target - prediction) * (target - prediction);
    }

    /// <inheritdoc/>
    public void Reset() => (weightSum, mean, total, residual) = (0, 0, 0, 0);
}
