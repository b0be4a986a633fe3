namespace Backprop;

/// <summary>The area under the receiver operating characteristic: the probability that a positive sample scores above a
/// negative one, ties counting half (Mann and Whitney's U over the number of pairs).</summary>
/// <remarks>Keeps every score until <see cref="Reset"/>. Not defined until there are samples of both labels.</remarks>
/// <param name="name">Name under which the value is reported.</param>
public sealed class AreaUnderCurve(string name = "auc") : IMetric
{
    private readonly List<(double Score, double Positive, double Negative)> samples = [];

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public double Value
    {
        get
        {
            samples.Sort(static (a, b) => a.Score.CompareTo(b.Score));
            double pairs = 0, negativeBelow = 0, positives = 0;
            for (int start = 0; start < samples.Count;)
            {
                double score = samples[start].Score, positive = 0, negative = 0;
                for (; start < samples.Count && samples[start].Score == score; start++)
                {
                    positive += samples[start].Positive;
                    negative += samples[start].Negative;
                }

                pairs += positive * (negativeBelow + (negative / 2));
                negativeBelow += negative;
                positives += positive;
            }

            return pairs / (positives * negativeBelow);
        }
    }

    /// <summary>Adds a sample.</summary>
    /// <param name="score">What the model gives: larger means more likely positive.</param>
    /// <param name="label">1 for a positive sample, 0 for a negative one.</param>
    /// <param name="weight">The sample's weight.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="score"/> is NaN, <paramref name="label"/> is neither 0
    /// nor 1, or <paramref name="weight"/> is negative or not finite.</exception>
    public void Add(double score, int label, double weight = 1)
    {
        if (double.IsNaN(score))
            throw new ArgumentOutOfRangeException(nameof(score), score, "A NaN has no place in an order.");
        MetricArguments.CheckBinary(label);
        MetricArguments.CheckWeight(weight);
        samples.Add((score, label * weight, (1 - label) * weight));
    }

    /// <inheritdoc/>
    public void Reset() => samples.Clear();
}
