namespace Backprop;

/// <summary>Samples to train on or to validate with. <see cref="TrainingData"/> makes them from arrays, lists and streams.</summary>
/// <typeparam name="TSample">One sample: an input and, as a rule, what is expected for it.</typeparam>
public abstract class TrainingData<TSample>
{
    /// <summary>Number of samples, or null when it shows only at the end.</summary>
    public abstract int? Count { get; }

    /// <summary>Whether the samples can be visited in any order; streams cannot.</summary>
    public abstract bool CanShuffle { get; }

    /// <summary>Whether a move to the next batch may have to wait, so that the data can be read by <c>FitAsync</c> only.</summary>
    public virtual bool IsAsynchronous => false;

    /// <summary>Starts to read an epoch.</summary>
    public abstract IBatchReader<TSample> Open(BatchPlan plan);

    /// <summary>Assembles batches on another thread, ahead of the training.</summary>
    /// <param name="batches">How many batches may lie ready; 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batches"/> is below 1.</exception>
    public TrainingData<TSample> Prefetch(int batches = 2) => new PrefetchedData<TSample>(this, batches);

    /// <summary>The samples of an array, which is not copied.</summary>
    public static implicit operator TrainingData<TSample>(TSample[] samples) => TrainingData.From(samples);
}

/// <summary>Makes training data from the collections of .NET.</summary>
public static class TrainingData
{
    /// <summary>The samples of an array, which is not copied.</summary>
    public static TrainingData<TSample> From<TSample>(TSample[] samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return new ArrayData<TSample>(samples);
    }

    /// <summary>The samples of a list, which is not copied and must not change during the training.</summary>
    public static TrainingData<TSample> From<TSample>(IReadOnlyList<TSample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return samples is TSample[] array ? new ArrayData<TSample>(array) : new ListData<TSample>(samples);
    }

    /// <summary>The samples of a sequence, which is enumerated once an epoch.</summary>
    public static TrainingData<TSample> From<TSample>(IEnumerable<TSample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return samples is IReadOnlyList<TSample> list ? From(list) : new SequenceData<TSample>(samples);
    }

    /// <summary>The samples of an asynchronous sequence, which is enumerated once an epoch.</summary>
    public static TrainingData<TSample> From<TSample>(IAsyncEnumerable<TSample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return new AsyncSequenceData<TSample>(samples);
    }
}
