namespace Backprop;

/// <summary>Samples of an <see cref="IEnumerable{T}"/>. To resume in the middle of an epoch the samples before are read again.</summary>
internal sealed class SequenceData<TSample>(IEnumerable<TSample> samples) : TrainingData<TSample>
{
    public override int? Count => null;

    public override bool CanShuffle => false;

    public override IBatchReader<TSample> Open(BatchPlan plan) => new Reader(samples.GetEnumerator(), plan);

    private sealed class Reader(IEnumerator<TSample> samples, BatchPlan plan) : IBatchReader<TSample>
    {
        private readonly StreamBatch<TSample> batch = new(plan);

        public ReadOnlyMemory<TSample> Current => batch.Samples;

        public ValueTask<bool> MoveNextAsync(CancellationToken cancellation)
        {
            while (batch.Begin())
            {
                while (!batch.IsFull && samples.MoveNext())
                    batch.Add(samples.Current);
                if (!batch.IsFull || !batch.IsSkipped)
                    return new ValueTask<bool>(batch.End());
            }

            return new ValueTask<bool>(false);
        }

        public ValueTask DisposeAsync()
        {
            samples.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
