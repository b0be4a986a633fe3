namespace Backprop;

/// <summary>How far a training is.</summary>
/// <param name="Stage">What has just happened.</param>
/// <param name="Epoch">The present epoch, from 0.</param>
/// <param name="Epochs">Number of epochs, or null when only steps are limited.</param>
/// <param name="Batch">Batches done in the epoch.</param>
/// <param name="Batches">Batches in the epoch, or null when it is not known.</param>
/// <param name="Step">Steps done in this training, those before a resumption among them.</param>
/// <param name="Steps">Steps in the whole training, or null when it is not known.</param>
/// <param name="Loss">The loss of the last batch, or of the epoch at its end.</param>
/// <param name="ValidationLoss">The validation loss at the end of an epoch; NaN when there is none.</param>
/// <param name="SamplesPerSecond">The rate since the training began or was resumed.</param>
/// <param name="Elapsed">Time the training has taken.</param>
/// <param name="Remaining">Time it still needs at this rate, or null when its length is not known.</param>
public readonly record struct TrainingProgress(
    ProgressStage Stage,
    int Epoch,
    int? Epochs,
    int Batch,
    int? Batches,
    long Step,
    long? Steps,
    double Loss,
    double ValidationLoss,
    double SamplesPerSecond,
    TimeSpan Elapsed,
    TimeSpan? Remaining);

/// <summary>What a report of progress is about.</summary>
public enum ProgressStage
{
    /// <summary>A step was taken.</summary>
    Step,

    /// <summary>An epoch ended.</summary>
    Epoch,

    /// <summary>The training ended.</summary>
    End,
}
