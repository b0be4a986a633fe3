namespace Backprop;

/// <summary>Counts how often in a row a watched quantity did not get better.</summary>
internal sealed class WatchedQuantity(Criterion criterion) : IStateful
{
    private double best = criterion.Worst;
    private long waited;

    public double Best => best;

    /// <summary>Whether any value was better than the worst there is.</summary>
    public bool HasBest => best != criterion.Worst;

    /// <summary>Epochs since the best one.</summary>
    public long Waited => waited;

    /// <summary>Takes an epoch's value in; epochs that did not measure it do not count.</summary>
    /// <returns>Whether it is the best so far.</returns>
    public WatchOutcome Add(EpochRecord record)
    {
        double value = record.Find(criterion.Quantity);
        if (double.IsNaN(value))
            return WatchOutcome.NotMeasured;
        if (criterion.IsBetter(value, best))
        {
            (best, waited) = (value, 0);
            return WatchOutcome.Better;
        }

        waited++;
        return WatchOutcome.NotBetter;
    }

    public void VisitState(IStateVisitor visitor)
    {
        visitor.VisitLeaf("best", [], new Span<double>(ref best));
        visitor.VisitCounter("waited", ref waited);
    }
}

/// <summary>What an epoch meant to a watched quantity.</summary>
internal enum WatchOutcome
{
    NotMeasured,
    Better,
    NotBetter,
}
