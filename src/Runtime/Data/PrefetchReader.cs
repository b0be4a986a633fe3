using System.Threading.Channels;

namespace Backprop;

/// <summary>Reads ahead: one task copies batches into a ring of buffers, which travel through two channels.</summary>
internal sealed class PrefetchReader<TSample> : IBatchReader<TSample>
{
    private readonly Channel<TSample[]> free = Channel.CreateUnbounded<TSample[]>();
    private readonly Channel<ArraySegment<TSample>> ready = Channel.CreateUnbounded<ArraySegment<TSample>>();
    private readonly CancellationTokenSource stop = new();
    private readonly Task producer;
    private TSample[]? inUse;

    public PrefetchReader(TrainingData<TSample> source, BatchPlan plan, int depth)
    {
        // The buffers bound the work ahead: depth of them lie ready, one is being read, one is being filled.
        for (int i = 0; i < depth + 1; i++)
            free.Writer.TryWrite(new TSample[plan.BatchSize]);
        producer = Task.Run(() => ProduceAsync(source, plan));
    }

    public ReadOnlyMemory<TSample> Current { get; private set; }

    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellation)
    {
        Recycle();

        // An exception of the source comes out of the wait unchanged: the channel was completed with it.
        while (await ready.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
        {
            if (ready.Reader.TryRead(out ArraySegment<TSample> batch))
            {
                inUse = batch.Array;
                Current = batch;
                return true;
            }
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await producer.ConfigureAwait(false);
        stop.Dispose();
    }

    private void Recycle()
    {
        if (inUse is not null)
            free.Writer.TryWrite(inUse);
        inUse = null;
    }

    private async Task ProduceAsync(TrainingData<TSample> source, BatchPlan plan)
    {
        try
        {
            IBatchReader<TSample> reader = source.Open(plan);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.MoveNextAsync(stop.Token).ConfigureAwait(false))
                {
                    TSample[] buffer = await free.Reader.ReadAsync(stop.Token).ConfigureAwait(false);
                    reader.Current.CopyTo(buffer);
                    ready.Writer.TryWrite(new ArraySegment<TSample>(buffer, 0, reader.Current.Length));
                }
            }

            ready.Writer.Complete();
        }
        catch (Exception error)
        {
            // Not lost: the reader of the channel throws it, unless the reader itself asked for the end.
            ready.Writer.Complete(error);
        }
    }
}
