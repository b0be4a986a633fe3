namespace Backprop;

/// <summary>Saves the whole training to a folder after some steps, some epochs, and at the end.</summary>
public sealed class CheckpointSaver : ITrainingCallback
{
    private readonly CheckpointFolder folder;
    private readonly Criterion? criterion;
    private long lastSaved = -1;

    /// <summary>Creates the callback.</summary>
    /// <param name="folder">Where to save.</param>
    /// <param name="criterion">The quantity by which files are kept as the best ones, or null to keep only the newest. Its
    /// direction must be the folder's.</param>
    /// <exception cref="ArgumentException">The directions of criterion and folder differ.</exception>
    public CheckpointSaver(CheckpointFolder folder, Criterion? criterion = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (criterion is not null && criterion.Direction != folder.Direction)
            throw new ArgumentException($"The folder keeps the files with {folder.Direction}, the criterion asks for {criterion.Direction}.", nameof(criterion));
        this.folder = folder;
        this.criterion = criterion;
    }

    /// <summary>Saves after every so many steps; null saves after epochs only.</summary>
    public int? EverySteps { get; init => field = Positive(value, nameof(EverySteps)); }

    /// <summary>Saves after every so many epochs; null saves after steps only.</summary>
    public int? EveryEpochs { get; init => field = Positive(value, nameof(EveryEpochs)); } = 1;

    /// <inheritdoc/>
    public CallbackOrder Order => CallbackOrder.Last;

    /// <inheritdoc/>
    public void Check(TrainingContext context) => criterion?.Check(context);

    /// <inheritdoc/>
    public void OnFitStart(TrainingContext context)
    {
        // What was resumed need not be saved again, and saving it at once would lose its score.
        bool isSaved = context.IsResumed && folder.Files.Any(file => file.Step == context.Step);
        lastSaved = isSaved ? context.Step : -1;
    }

    /// <inheritdoc/>
    public void OnStepEnd(TrainingContext context, in StepResult result)
    {
        if (context.Step % EverySteps == 0)
            Save(context, double.NaN);
    }

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext context, EpochRecord record)
    {
        if ((record.Epoch + 1) % EveryEpochs == 0)
            Save(context, criterion is null ? double.NaN : record.Find(criterion.Quantity));
    }

    /// <inheritdoc/>
    public void OnStopping(TrainingContext context)
    {
        if (lastSaved != context.Step)
            Save(context, double.NaN);
    }

    private static int? Positive(int? value, string name) =>
        value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, "One or more.");

    private void Save(TrainingContext context, double score)
    {
        folder.Save(context.CaptureState(), context.Step, score);
        lastSaved = context.Step;
    }
}
