namespace Backprop;

/// <summary>Where a row of a log stands in the training.</summary>
/// <param name="Step">Steps taken when it was written.</param>
/// <param name="FinishedEpoch">The epoch whose end it reports, or -1.</param>
internal readonly record struct LogPosition(long Step, int FinishedEpoch)
{
    /// <summary>Whether the resumed training will write this row again. After the last step of an epoch its end may or may
    /// not be part of the checkpoint, so the epoch decides.</summary>
    public bool IsAfter(TrainingContext context) => Step > context.Step || FinishedEpoch >= context.Epoch;
}
