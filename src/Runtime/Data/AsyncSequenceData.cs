namespace Backprop;

/// <summary>Samples of an <see cref="IAsyncEnumerable{T}"/>. To resume in the middle of an epoch the samples before are read again.</summary>
internal sealed class AsyncSequenceData<TSample>(IAsyncEnumerable<TSample> samples) : TrainingData<TSample>
{
    public override int? Count => null;

    public override bool CanShuffle => false;

    public override bool IsAsynchronous => true;

    public override IBatchReader<TSample> Open(BatchPlan plan) => new Reader(samples, plan);

    private sealed class Reader(IAsyncEnumerable<TSample> source, BatchPlan plan) : IBatchReader<TSample>
    {
        private readonly StreamBatch<TSample> batch = new(plan);
        private IAsyncEnumerator<TSample>? samples;

        public ReadOnlyMemory<TSample> Current => batch.Samples;

        public async ValueTask<bool> MoveNextAsync(CancellationToken cancellation)
        {
            samples ??= source.GetAsyncEnumerator(cancellation);
            while (batch.Begin())
            {
                while (!batch.IsFull && await samples.MoveNextAsync().ConfigureAwait(false))
                    batch.Add(samples.Current);
                if (!batch.IsFull || !batch.IsSkipped)
                    return batch.End();
            }

            return false;
        }

        public ValueTask DisposeAsync() => samples?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
