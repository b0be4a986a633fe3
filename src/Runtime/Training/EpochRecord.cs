namespace Backprop;

/// <summary>What is known at the end of an epoch.</summary>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="Step">Steps the trainer had taken by then.</param>
/// <param name="Loss">The mean of the batches' losses, weighted by their sizes; NaN when every step was skipped.</param>
/// <param name="ValidationLoss">The mean loss over the validation data; NaN when there was no validation.</param>
/// <param name="Metrics">The metrics over the validation data.</param>
/// <param name="LearningRate">The rate of the last step.</param>
/// <param name="Elapsed">Time since the training began, not counting the time between a stop and a resumption.</param>
public sealed record EpochRecord(
    int Epoch,
    long Step,
    double Loss,
    double ValidationLoss,
    IReadOnlyList<MetricValue> Metrics,
    double LearningRate,
    TimeSpan Elapsed)
{
    /// <summary>Name of <see cref="Loss"/> among the watched quantities.</summary>
    public const string LossName = "loss";

    /// <summary>Name of <see cref="ValidationLoss"/> among the watched quantities.</summary>
    public const string ValidationLossName = "validation_loss";

    /// <summary>A quantity by name: a loss or a metric; NaN when it was not measured.</summary>
    public double Find(string name)
    {
        if (name == LossName)
            return Loss;
        if (name == ValidationLossName)
            return ValidationLoss;
        foreach (MetricValue metric in Metrics)
        {
            if (metric.Name == name)
                return metric.Value;
        }

        return double.NaN;
    }
}
