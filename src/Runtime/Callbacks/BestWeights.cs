namespace Backprop;

/// <summary>Keeps a copy of the model as it was after its best epoch, and puts it back at the end of the training.</summary>
/// <remarks>Checkpoints still hold the model as the last step left it, beside this copy, so that training can continue.</remarks>
public sealed class BestWeights : ITrainingCallback, IStateful
{
    private readonly Criterion criterion;
    private readonly WatchedQuantity watched;
    private Checkpoint? copy;

    /// <summary>Creates the callback.</summary>
    /// <param name="criterion">What is watched; null for the validation loss.</param>
    public BestWeights(Criterion? criterion = null)
    {
        this.criterion = criterion ?? Criterion.ValidationLoss;
        watched = new WatchedQuantity(this.criterion);
    }

    /// <inheritdoc/>
    public string Name => "best_weights";

    /// <summary>The best value so far; infinite before the first.</summary>
    public double Best => watched.Best;

    /// <inheritdoc/>
    public void Check(TrainingContext context) => criterion.Check(context);

    // Before the first good epoch the copy only gives saved state its shape.
    /// <inheritdoc/>
    public void OnFitStart(TrainingContext context) => copy ??= context.CaptureModel();

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext context, EpochRecord record)
    {
        if (watched.Add(record) == WatchOutcome.Better)
            copy = context.CaptureModel();
    }

    /// <inheritdoc/>
    public void OnFitEnd(TrainingContext context, TrainingRun run)
    {
        if (watched.HasBest && copy is not null)
            context.RestoreModel(copy);
    }

    /// <inheritdoc/>
    public void VisitState(IStateVisitor visitor)
    {
        watched.VisitState(visitor);
        foreach (var (path, tensor) in copy?.Tensors ?? new Dictionary<string, CheckpointTensor>())
            tensor.VisitState("model/" + path, visitor);
    }
}
