namespace Backprop;

/// <summary>Keeps a copy of the model as it was after its best epoch, and puts it back at the end of the training.</summary>
/// <remarks>Checkpoints still hold the model as the last step left it, beside this copy, so that training can continue.</remarks>
public sealed class BestWeights : ITrainingCallback, ICheckpointed
{
    private readonly Monitor monitor;
    private readonly Patience state;
    private Checkpoint? best;

    /// <summary>Creates the callback.</summary>
    /// <param name="monitor">What is watched; null for the validation loss.</param>
    public BestWeights(Monitor? monitor = null)
    {
        this.monitor = monitor ?? Monitor.ValidationLoss;
        state = new Patience(this.monitor);
    }

    /// <inheritdoc/>
    public string Name => "best_weights";

    /// <summary>The best value so far; infinite before the first.</summary>
    public double Best => state.Best;

    /// <inheritdoc/>
    public void OnFitStart(TrainingContext context) => monitor.Check(context);

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext context, EpochRecord record)
    {
        if (state.Add(record) == PatienceOutcome.Better)
            best = context.CaptureModel();
    }

    /// <inheritdoc/>
    public void OnFitEnd(TrainingContext context, TrainingRun run)
    {
        if (best is not null)
            context.RestoreModel(best);
    }

    /// <inheritdoc/>
    public void Save(CheckpointSection section)
    {
        state.Save(section);
        if (best is not null)
            section.Section("model").AddTensors(best);
    }

    /// <inheritdoc/>
    public void Load(CheckpointSection section)
    {
        state.Load(section);
        Checkpoint saved = section.Section("model").Extract();
        best = saved.Tensors.Count > 0 ? saved : null;
    }
}
