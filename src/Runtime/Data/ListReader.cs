namespace Backprop;

/// <summary>Gathers batches from a list, in sequence or in the order of the epoch's permutation.</summary>
internal sealed class ListReader<TSample> : IBatchReader<TSample>
{
    private readonly IReadOnlyList<TSample> samples;
    private readonly TSample[]? array;
    private readonly TSample[] batch;
    private readonly int[]? order;
    private BatchCursor cursor;

    public ListReader(IReadOnlyList<TSample> samples, BatchPlan plan)
    {
        this.samples = samples;
        array = samples as TSample[];
        batch = new TSample[Math.Min(plan.BatchSize, samples.Count)];
        cursor = new BatchCursor(samples.Count, plan);
        if (plan.Order == SampleOrder.Shuffled)
        {
            order = GC.AllocateUninitializedArray<int>(samples.Count);
            SampleShuffle.Fill(order, plan.Seed, plan.Epoch);
        }
    }

    public ReadOnlyMemory<TSample> Current { get; private set; }

    public ValueTask<bool> MoveNextAsync(CancellationToken cancellation)
    {
        if (!cursor.TryNext(out int start, out int length))
            return new ValueTask<bool>(false);
        Span<TSample> target = batch.AsSpan(0, length);
        if (array is not null && order is not null)
            Gather(array, order.AsSpan(start, length), target);
        else
            Fetch(start, target);
        Current = batch.AsMemory(0, length);
        return new ValueTask<bool>(true);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void Gather(TSample[] source, ReadOnlySpan<int> indices, Span<TSample> target)
    {
        for (int i = 0; i < indices.Length; i++)
            target[i] = source[indices[i]];
    }

    private void Fetch(int start, Span<TSample> target)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] = samples[order is null ? start + i : order[start + i]];
    }
}
