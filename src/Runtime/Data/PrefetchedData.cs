namespace Backprop;

/// <summary>Data whose batches are assembled on another thread, ahead of their use and in the same order.</summary>
internal sealed class PrefetchedData<TSample> : TrainingData<TSample>
{
    private readonly TrainingData<TSample> source;
    private readonly int depth;

    public PrefetchedData(TrainingData<TSample> source, int depth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1, "batches");
        this.source = source;
        this.depth = depth;
    }

    public override int? Count => source.Count;

    public override bool CanShuffle => source.CanShuffle;

    public override bool IsAsynchronous => source.IsAsynchronous;

    public override IBatchReader<TSample> Open(BatchPlan plan) => new PrefetchReader<TSample>(source, plan, depth);
}
