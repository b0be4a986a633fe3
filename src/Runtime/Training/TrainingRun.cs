namespace Backprop;

/// <summary>What a training reached and why it ended.</summary>
/// <param name="History">One record an epoch; the last may be of a part of an epoch.</param>
/// <param name="Reason">Why it ended.</param>
/// <param name="Detail">More on the reason, for a person; empty when there is no more to say.</param>
/// <param name="Steps">Steps of this training, those before a resumption and the skipped ones among them.</param>
/// <param name="Epochs">Whole epochs done.</param>
/// <param name="SkippedSteps">Steps that did not move the model since the trainer was made.</param>
/// <param name="Elapsed">Time it took, not counting the time between a stop and a resumption.</param>
public sealed record TrainingRun(
    IReadOnlyList<EpochRecord> History,
    StopReason Reason,
    string Detail,
    long Steps,
    int Epochs,
    long SkippedSteps,
    TimeSpan Elapsed);
