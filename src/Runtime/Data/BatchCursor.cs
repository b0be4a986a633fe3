namespace Backprop;

/// <summary>Walks the batch boundaries of data whose length is known.</summary>
internal struct BatchCursor
{
    private readonly int count;
    private readonly BatchPlan plan;
    private int batch;

    public BatchCursor(int count, BatchPlan plan)
    {
        this.count = count;
        this.plan = plan;
        batch = plan.SkippedBatches;
    }

    /// <summary>The next batch, or false at the end of the epoch.</summary>
    public bool TryNext(out int start, out int length)
    {
        long first = (long)batch * plan.BatchSize;
        long left = count - first;
        start = (int)Math.Min(first, count);
        length = (int)Math.Clamp(left, 0, plan.BatchSize);
        bool ended = batch >= plan.MaxBatches || length == 0
            || (length < plan.BatchSize && plan.LastBatch == LastBatch.Drop);
        batch++;
        return !ended;
    }
}
