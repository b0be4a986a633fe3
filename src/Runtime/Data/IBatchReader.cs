namespace Backprop;

/// <summary>Reads the batches of one epoch, one after another.</summary>
public interface IBatchReader<TSample> : IAsyncDisposable
{
    /// <summary>The present batch; valid until the next move.</summary>
    ReadOnlyMemory<TSample> Current { get; }

    /// <summary>Moves to the next batch. Data in memory complete at once.</summary>
    /// <param name="cancellation">Ends the wait for data that has not arrived.</param>
    /// <returns>False when the epoch has ended.</returns>
    ValueTask<bool> MoveNextAsync(CancellationToken cancellation);
}
