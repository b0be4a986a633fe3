namespace Backprop;

/// <summary>Samples in an array. Read in sequence, batches are windows of it and nothing is copied.</summary>
internal sealed class ArrayData<TSample>(TSample[] samples) : TrainingData<TSample>
{
    public override int? Count => samples.Length;

    public override bool CanShuffle => true;

    public override IBatchReader<TSample> Open(BatchPlan plan) => plan.Order == SampleOrder.Sequential
        ? new WindowReader(samples, plan)
        : new ListReader<TSample>(samples, plan);

    private sealed class WindowReader(TSample[] samples, BatchPlan plan) : IBatchReader<TSample>
    {
        private BatchCursor cursor = new(samples.Length, plan);

        public ReadOnlyMemory<TSample> Current { get; private set; }

        public ValueTask<bool> MoveNextAsync(CancellationToken cancellation)
        {
            if (!cursor.TryNext(out int start, out int length))
                return new ValueTask<bool>(false);
            Current = samples.AsMemory(start, length);
            return new ValueTask<bool>(true);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
