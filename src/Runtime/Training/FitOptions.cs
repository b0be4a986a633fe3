namespace Backprop;

/// <summary>How long to train, in what batches, and who is told.</summary>
public sealed record FitOptions
{
    /// <summary>Passes over the data after which the training ends; null for no limit.</summary>
    public int? Epochs { get; init; }

    /// <summary>Steps after which the training ends, those before a resumption among them; null for no limit.</summary>
    public long? Steps { get; init; }

    private const int UsualBatchSize = 32;
    private readonly int? batchSize;

    /// <summary>Samples in a batch; from 1 to the number of samples. Where it is not set it is 32, or all samples where they are fewer.</summary>
    public int BatchSize { get => batchSize ?? UsualBatchSize; init => batchSize = value; }

    /// <summary>Order of the samples.</summary>
    public SampleOrder Order { get; init; } = SampleOrder.Shuffled;

    /// <summary>What happens to samples that do not fill a batch.</summary>
    public LastBatch LastBatch { get; init; } = LastBatch.Keep;

    /// <summary>After every how many epochs the model is validated; 1 or more. It also is at the end.</summary>
    public int ValidationInterval { get; init; } = 1;

    /// <summary>Are told of what happens, in this order.</summary>
    public IReadOnlyList<ITrainingCallback> Callbacks { get; init; } = [];

    /// <summary>Is told of the progress after every step.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Whether to train in earnest.</summary>
    public FitMode Mode { get; init; } = FitMode.Full;

    /// <summary>A checkpoint of an earlier <c>Fit</c> to continue, or null to begin:
    /// <c>Resume = folder.LoadNewest()</c> does the right thing on the first start too.</summary>
    public Checkpoint? Resume { get; init; }

    internal BatchPlan Plan(ulong seed, int epoch, int skippedBatches) => new(
        BatchSize,
        Mode == FitMode.OverfitOneBatch ? SampleOrder.Sequential : Order,
        LastBatch,
        seed,
        epoch,
        skippedBatches,
        Mode == FitMode.Full ? int.MaxValue : 1);

    /// <exception cref="ArgumentException">An option is out of range, or does not suit the data.</exception>
    internal void Check(int? count, bool canShuffle)
    {
        if (Epochs is null && Steps is null && Mode != FitMode.FastDevRun)
            throw new ArgumentException("Neither Epochs nor Steps says when the training ends.", "options");
        CheckAtLeast(Epochs ?? 0, 0, nameof(Epochs));
        CheckAtLeast(Steps ?? 0, 0, nameof(Steps));
        CheckAtLeast(BatchSize, 1, nameof(BatchSize));
        CheckAtLeast(ValidationInterval, 1, nameof(ValidationInterval));
        if (count == 0)
            throw new ArgumentException("The data are empty.", "data");
        if (BatchSize > count && (batchSize is not null || LastBatch == LastBatch.Drop))
            throw new ArgumentException($"A batch of {BatchSize} is larger than the data, which are {count} samples.", nameof(BatchSize));
        if (!canShuffle && Order == SampleOrder.Shuffled && Mode != FitMode.OverfitOneBatch)
            throw new ArgumentException("A stream cannot be shuffled; ask for SampleOrder.Sequential.", nameof(Order));
        CheckCallbacks();
    }

    private static void CheckAtLeast(long value, long least, string name) =>
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);

    private void CheckCallbacks()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ITrainingCallback callback in Callbacks)
        {
            if (callback is null)
                throw new ArgumentException("A callback is null.", nameof(Callbacks));
            if (callback is IStateful && (callback.Name.Length == 0 || !names.Add(callback.Name)))
                throw new ArgumentException($"Callbacks with state need names that differ; '{callback.Name}' is empty or used twice.", nameof(Callbacks));
        }
    }
}
