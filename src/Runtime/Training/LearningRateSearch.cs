namespace Backprop;

/// <summary>Over which learning rates to search.</summary>
public sealed record LearningRateRange
{
    /// <summary>The first rate; above 0.</summary>
    public double Min { get; init; } = 1e-7;

    /// <summary>The last rate; above <see cref="Min"/>.</summary>
    public double Max { get; init; } = 10;

    /// <summary>Number of rates, equally spaced in their logarithms; 10 or more.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>Samples in a batch; 1 or more.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>How much of the running loss is kept from step to step; from 0 to below 1.</summary>
    public double Smoothing { get; init; } = 0.9;

    /// <summary>The search ends when the smoothed loss is so many times the best one; above 1.</summary>
    public double Divergence { get; init; } = 4;

    internal double RateAt(int step) => Min * Math.Pow(Max / Min, step / (double)(Steps - 1));

    internal void Check()
    {
        Require(Min > 0 && double.IsFinite(Min), nameof(Min), Min);
        Require(Max > Min && double.IsFinite(Max), nameof(Max), Max);
        Require(Steps >= 10, nameof(Steps), Steps);
        Require(BatchSize >= 1, nameof(BatchSize), BatchSize);
        Require(Smoothing >= 0 && Smoothing < 1, nameof(Smoothing), Smoothing);
        Require(Divergence > 1, nameof(Divergence), Divergence);
    }

    private static void Require(bool condition, string name, double value)
    {
        if (!condition)
            throw new ArgumentOutOfRangeException(name, value, "Out of range; see the property's description.");
    }
}

/// <summary>What a search over learning rates found.</summary>
/// <param name="Rates">The rates tried, rising.</param>
/// <param name="Losses">The smoothed loss at each.</param>
/// <param name="Suggestion">The rate at which the loss fell fastest, or NaN when it never fell.</param>
public sealed record LearningRateSearch(IReadOnlyList<double> Rates, IReadOnlyList<double> Losses, double Suggestion)
{
    internal static LearningRateSearch Of(List<double> rates, List<double> losses)
    {
        double steepest = 0, suggestion = double.NaN;
        for (int i = 1; i < losses.Count - 1; i++)
        {
            // Rates are equally spaced in their logarithms, so the difference is the slope up to a factor.
            double slope = losses[i + 1] - losses[i - 1];
            if (slope < steepest)
                (steepest, suggestion) = (slope, rates[i]);
        }

        return new LearningRateSearch(rates, losses, suggestion);
    }
}
