namespace Backprop;

/// <summary>What a callback sees of the training, and can ask of it.</summary>
public abstract class TrainingContext
{
    private protected TrainingContext()
    {
    }

    /// <summary>The present epoch, from 0.</summary>
    public abstract int Epoch { get; }

    /// <summary>Steps the trainer has taken.</summary>
    public abstract long Step { get; }

    /// <summary>The optimizer's learning rate.</summary>
    public abstract double LearningRate { get; }

    /// <summary>Whether this training continues an earlier one.</summary>
    public abstract bool IsResumed { get; }

    /// <summary>Whether the model is validated; its mode may leave the validation out all the same.</summary>
    public abstract bool IsValidated { get; }

    /// <summary>Names of the metrics in the records of epochs.</summary>
    public abstract IReadOnlyList<string> MetricNames { get; }

    /// <summary>A copy of the model's leaves.</summary>
    public abstract Checkpoint CaptureModel();

    /// <summary>Puts a copy of the leaves back.</summary>
    /// <exception cref="CheckpointException">It is of another model.</exception>
    public abstract void RestoreModel(Checkpoint leaves);

    /// <summary>The whole state of the training: what <see cref="FitOptions.Resume"/> continues.</summary>
    public abstract Checkpoint CaptureState();

    /// <summary>Multiplies the learning rate of all later steps, on top of a schedule if there is one.</summary>
    /// <param name="factor">The factor; finite and positive.</param>
    public abstract void ScaleLearningRate(double factor);

    /// <summary>Ends the training after the present event.</summary>
    /// <param name="detail">Why, for a person.</param>
    public abstract void RequestStop(string detail);
}
