namespace Backprop;

/// <summary>What a callback compares epochs by: a quantity, and which direction of it is better.</summary>
/// <param name="Quantity"><see cref="EpochRecord.LossName"/>, <see cref="EpochRecord.ValidationLossName"/>, or a metric's name.</param>
/// <param name="Direction">Which direction is better.</param>
/// <param name="MinDelta">By how much a value must be better to count; finite and not negative, in units of the quantity.</param>
public sealed record Criterion(string Quantity, Direction Direction = Direction.Minimize, double MinDelta = 0)
{
    /// <summary>The loss over the training data.</summary>
    public static Criterion Loss { get; } = new(EpochRecord.LossName);

    /// <summary>The loss over the validation data.</summary>
    public static Criterion ValidationLoss { get; } = new(EpochRecord.ValidationLossName);

    /// <summary>A value worse than any other.</summary>
    internal double Worst => Direction == Direction.Minimize ? double.PositiveInfinity : double.NegativeInfinity;

    /// <summary>Whether a value is better than the best one so far. A NaN is never better.</summary>
    internal bool IsBetter(double value, double best) => Direction == Direction.Minimize
        ? value < best - MinDelta
        : value > best + MinDelta;

    /// <exception cref="ArgumentException">There is no such metric, nothing measures the validation loss, or the least difference is out of range.</exception>
    internal void Check(TrainingContext context)
    {
        if (!(MinDelta >= 0) || !double.IsFinite(MinDelta))
            throw new ArgumentOutOfRangeException(nameof(MinDelta), MinDelta, "A finite number from zero on.");
        if (Quantity == EpochRecord.ValidationLossName && !context.IsValidated)
            throw new ArgumentException($"A callback watches the validation loss, and there is no validation; give one to Fit, or watch {nameof(Criterion)}.{nameof(Loss)}.", "validation");
        bool isKnown = Quantity is EpochRecord.LossName or EpochRecord.ValidationLossName || context.MetricNames.Contains(Quantity);
        if (!isKnown)
            throw new ArgumentException($"There is no metric '{Quantity}'. The metrics: {string.Join(", ", context.MetricNames)}.", nameof(Quantity));
    }
}
