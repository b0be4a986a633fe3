using System.Diagnostics;

namespace Backprop;

/// <summary>Computes rate and remaining time of a training, and reports them. Allocates nothing.</summary>
internal sealed class ProgressMeter
{
    private readonly IProgress<TrainingProgress>? target;
    private readonly int? epochs;
    private readonly int? batches;
    private readonly long? steps;
    private long started;
    private long stepsBefore;
    private long startStep;
    private long samples;
    private TrainingProgress last;

    public ProgressMeter(FitOptions options, int? count)
    {
        target = options.Progress;
        epochs = options.Mode == FitMode.FastDevRun ? 1 : options.Epochs;
        batches = options.Mode != FitMode.Full ? 1
            : options.LastBatch == LastBatch.Drop ? count / options.BatchSize
            : (int?)(((long?)count + options.BatchSize - 1) / options.BatchSize);
        long? stepsOfEpochs = (long?)epochs * batches;
        steps = options.Steps is { } limit && stepsOfEpochs is { } all ? Math.Min(limit, all) : options.Steps ?? stepsOfEpochs;
    }

    public void Start(RunPosition position, long step)
    {
        started = Stopwatch.GetTimestamp();
        (startStep, stepsBefore) = (position.StartStep, step - position.StartStep);
    }

    public void Report(RunPosition position, in StepResult result, TimeSpan elapsed)
    {
        if (target is null)
            return;
        samples += result.Samples;
        long step = result.Step + 1 - startStep;
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        double rate = seconds > 0 ? samples / seconds : 0;
        TimeSpan? remaining = steps is { } all
            ? TimeSpan.FromSeconds(Math.Min(seconds / (step - stepsBefore) * Math.Max(0, all - step), 1e9))
            : null;
        last = new TrainingProgress(
            ProgressStage.Step, position.Epoch, epochs, position.Batch, batches, step, steps, result.Loss, double.NaN, rate, elapsed, remaining);
        target.Report(last);
    }

    public void ReportEpoch(EpochRecord record) => target?.Report(last with
    {
        Stage = ProgressStage.Epoch,
        Loss = record.Loss,
        ValidationLoss = record.ValidationLoss,
        Elapsed = record.Elapsed,
    });

    public void Finish(TrainingRun run) => target?.Report(last with
    {
        Stage = ProgressStage.End,
        Elapsed = run.Elapsed,
        Remaining = TimeSpan.Zero,
    });
}
