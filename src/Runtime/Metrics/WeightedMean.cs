namespace Backprop;

/// <summary>Σ wᵢxᵢ / Σ wᵢ.</summary>
internal struct WeightedMean
{
    private double sum;
    private double weight;

    public readonly double Value => weight > 0 ? sum / weight : double.NaN;

    public void Add(double value, double valueWeight)
    {
        sum += value * valueWeight;
        weight += valueWeight;
    }
}
