namespace Backprop;

/// <summary>Collects the samples of a stream into batches.</summary>
internal sealed class StreamBatch<TSample>(BatchPlan plan)
{
    private readonly TSample[] samples = new TSample[plan.BatchSize];
    private int length;
    private int batch;
    private bool ended;

    public bool IsFull => length == samples.Length;

    /// <summary>Whether this batch was visited before the training was resumed.</summary>
    public bool IsSkipped => batch <= plan.SkippedBatches;

    public ReadOnlyMemory<TSample> Samples => samples.AsMemory(0, length);

    /// <summary>Starts the next batch; false when the plan has no more.</summary>
    public bool Begin()
    {
        length = 0;
        if (ended || batch >= plan.MaxBatches)
            return false;
        batch++;
        return true;
    }

    public void Add(TSample sample) => samples[length++] = sample;

    /// <summary>Ends the batch; false when it is not to be visited.</summary>
    public bool End()
    {
        ended = !IsFull;
        return length > 0 && !IsSkipped && (IsFull || plan.LastBatch == LastBatch.Keep);
    }
}
