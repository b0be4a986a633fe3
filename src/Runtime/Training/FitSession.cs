using System.Diagnostics;

namespace Backprop;

/// <summary>One <c>Fit</c>: visits the batches, tells the callbacks, and knows how to save itself and to continue.</summary>
internal sealed class FitSession<TModel, TSample> : TrainingContext
    where TModel : class, IDifferentiable<TModel>
{
    private const string Section = "run";
    private readonly Trainer<TModel, TSample> trainer;
    private readonly TrainingData<TSample> data;
    private readonly FitOptions options;
    private readonly Validation<TModel, TSample>? validation;
    private readonly ITrainingCallback[] callbacks;
    private readonly RunHistory history;
    private readonly RunPosition position = new();
    private readonly ProgressMeter progress;
    private readonly Stopwatch clock = new();
    private TimeSpan elapsedBefore;
    private string? stopDetail;
    private Checkpoint? lastGood;
    private EpochRecord? partial;

    public FitSession(
        Trainer<TModel, TSample> trainer,
        TrainingData<TSample> data,
        FitOptions options,
        Validation<TModel, TSample>? validation)
    {
        this.trainer = trainer;
        this.data = data;
        this.options = options;
        this.validation = options.Mode == FitMode.OverfitOneBatch ? null : validation;
        callbacks = options.Callbacks.OrderBy(static callback => callback.Order).ToArray();
        IsValidated = validation is not null;
        MetricNames = validation?.Metrics.Select(static metric => metric.Name).ToArray() ?? [];
        history = new RunHistory(MetricNames);
        progress = new ProgressMeter(options, data.Count);
    }

    public override int Epoch => position.Epoch;

    public override long Step => trainer.StepCount;

    public override double LearningRate => trainer.Optimizer.LearningRate;

    public override bool IsResumed => options.Resume is not null;

    public override bool IsValidated { get; }

    public override IReadOnlyList<string> MetricNames { get; }

    private TimeSpan Elapsed => elapsedBefore + clock.Elapsed;

    private int? EpochLimit => options.Mode == FitMode.FastDevRun ? 1 : options.Epochs;

    private bool StepsAreDone => trainer.StepCount - position.StartStep >= options.Steps;

    public async Task<TrainingRun> RunAsync(CancellationToken cancellation)
    {
        try
        {
            return await RunToTheEndAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            foreach (ITrainingCallback callback in callbacks)
                callback.OnException(this, error);
            throw;
        }
    }

    public override Checkpoint CaptureModel()
    {
        var checkpoint = new Checkpoint();
        checkpoint.Root.AddLeaves(trainer.Model);
        return checkpoint;
    }

    public override void RestoreModel(Checkpoint leaves) => leaves.Root.CopyLeavesTo(trainer.Model);

    public override Checkpoint CaptureState()
    {
        Checkpoint checkpoint = trainer.Capture();
        CheckpointSection section = checkpoint.Section(Section);
        position.Save(section);
        history.Save(section);
        section.SetNumber("elapsed", Elapsed.TotalSeconds);
        section.SetText("plan", DescribePlan());
        if (stopDetail is not null)
            section.SetText("stop", stopDetail);
        foreach (ITrainingCallback callback in callbacks)
        {
            if (callback is IStateful state)
                checkpoint.Section("callback").Section(callback.Name).AddState(state);
        }

        return checkpoint;
    }

    public override void ScaleLearningRate(double factor)
    {
        if (!(factor > 0) || !double.IsFinite(factor))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "A factor is a finite number above zero.");
        trainer.ScaleLearningRate(factor);
    }

    public override void RequestStop(string detail)
    {
        ArgumentNullException.ThrowIfNull(detail);
        stopDetail ??= detail;
    }

    private async Task<TrainingRun> RunToTheEndAsync(CancellationToken cancellation)
    {
        Begin();
        StopReason? reason = stopDetail is null ? null : StopReason.Callback;

        // A run resumed after the last step of an epoch still owes the end of that epoch.
        while (reason is null)
        {
            reason = cancellation.IsCancellationRequested ? StopReason.Cancelled
                : position.Epoch >= EpochLimit || (StepsAreDone && position.Batch == 0) ? StopReason.Completed
                : await RunEpochAsync(cancellation).ConfigureAwait(false);
        }

        return End(reason.Value);
    }

    private void Begin()
    {
        foreach (ITrainingCallback callback in callbacks)
            callback.Check(this);
        if (options.Resume is null)
            position.StartStep = trainer.StepCount;
        else
            Resume(options.Resume);
        clock.Start();
        progress.Start(position, trainer.StepCount);
        foreach (ITrainingCallback callback in callbacks)
            callback.OnFitStart(this);
        if (options.Resume is not null)
            RestoreCallbacks(options.Resume);
        lastGood = CaptureState();
    }

    private void Resume(Checkpoint checkpoint)
    {
        CheckpointSection section = checkpoint.Section(Section);
        string saved = section.FindText("plan") ?? throw new CheckpointException("The checkpoint was not saved by Fit.");
        if (saved != DescribePlan())
            throw new CheckpointException($"The saved training visits its data otherwise: {saved}; this one: {DescribePlan()}.");
        history.Load(section);
        RestoreRun(checkpoint);
        stopDetail = section.FindText("stop");
    }

    private void RestoreCallbacks(Checkpoint checkpoint)
    {
        foreach (ITrainingCallback callback in callbacks)
        {
            if (callback is not IStateful state)
                continue;
            CheckpointSection own = checkpoint.Section("callback").Section(callback.Name);
            if (!own.IsEmpty)
                own.CopyStateTo(state);
        }
    }

    private void RestoreRun(Checkpoint checkpoint)
    {
        CheckpointSection section = checkpoint.Section(Section);
        position.Load(section);
        history.Load(section);
        elapsedBefore = RunHistory.Seconds(section.Number("elapsed"));
        trainer.RestoreState(checkpoint);
    }

    private string DescribePlan() => FormattableString.Invariant(
        $"{data.Count?.ToString() ?? "unknown"} samples, batches of {options.BatchSize}, {options.Order}, last batch {options.LastBatch}, seed {trainer.Options.Seed}, chunks {trainer.Options.Chunks}, {options.Mode}");

    private async ValueTask<StopReason?> RunEpochAsync(CancellationToken cancellation)
    {
        IBatchReader<TSample> reader = data.Open(options.Plan(trainer.Options.Seed, position.Epoch, position.Batch));
        await using (reader.ConfigureAwait(false))
        {
            while (await MoveNextAsync(reader, cancellation).ConfigureAwait(false))
            {
                if (StepsAreDone)
                {
                    partial = await RecordAsync().ConfigureAwait(false);
                    return StopReason.Completed;
                }

                if (TakeStep(reader.Current) is { } reason)
                    return reason;
            }
        }

        return cancellation.IsCancellationRequested
            ? StopReason.Cancelled
            : await EndEpochAsync().ConfigureAwait(false);
    }

    private static ValueTask<bool> MoveNextAsync(IBatchReader<TSample> reader, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return new ValueTask<bool>(false);

        // Data in memory complete at once and need no state machine.
        ValueTask<bool> move = reader.MoveNextAsync(cancellation);
        return move.IsCompletedSuccessfully ? move : WaitAsync(move, cancellation);
    }

    private static async ValueTask<bool> WaitAsync(ValueTask<bool> move, CancellationToken cancellation)
    {
        try
        {
            return await move.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private StopReason? TakeStep(ReadOnlyMemory<TSample> batch)
    {
        StepResult result = trainer.TakeStep(batch);
        position.Add(in result);
        foreach (ITrainingCallback callback in callbacks)
            callback.OnStepEnd(this, in result);
        progress.Report(position, in result, Elapsed);
        if (trainer.SkippedInARow >= trainer.Options.MaxSkippedInARow)
            return GiveUp(in result);
        return stopDetail is null ? null : StopReason.Callback;
    }

    private StopReason GiveUp(in StepResult last)
    {
        stopDetail = FormattableString.Invariant(
            $"{trainer.SkippedInARow} steps in a row up to step {last.Step} had no finite loss or gradient (loss {last.Loss}, gradient norm {last.GradientNorm}); the state of the last good epoch was restored.");
        long skipped = trainer.SkippedSteps;
        RestoreRun(lastGood!);
        trainer.CountSkipped(skipped);
        return StopReason.NonFinite;
    }

    private async ValueTask<StopReason?> EndEpochAsync()
    {
        if (position.Batch == 0)
        {
            throw new ArgumentException(
                position.Epoch == 0
                    ? "The data gave no batch: they are empty, or all fell to LastBatch.Drop."
                    : $"The data gave no batch in epoch {position.Epoch}: a sequence must be enumerable once an epoch.",
                nameof(data));
        }

        EpochRecord record = await RecordAsync().ConfigureAwait(false);
        history.Add(record);

        // The position moves before callbacks see the epoch, so that a checkpoint they save does not repeat its end.
        position.NextEpoch();
        foreach (ITrainingCallback callback in callbacks)
            callback.OnEpochEnd(this, record);
        progress.ReportEpoch(record);
        if (trainer.SkippedInARow == 0)
            lastGood = CaptureState();
        return stopDetail is null ? null : StopReason.Callback;
    }

    private async ValueTask<EpochRecord> RecordAsync()
    {
        double validationLoss = double.NaN;
        MetricValue[] metrics = [];
        bool isDue = (position.Epoch + 1) % options.ValidationInterval == 0 || position.Epoch + 1 == EpochLimit || StepsAreDone;
        if (validation is not null && isDue)
        {
            // A validation is short and its result belongs to the epoch: a cancellation waits for it.
            int batches = options.Mode == FitMode.FastDevRun ? 1 : int.MaxValue;
            validationLoss = await validation.MeasureAsync(trainer.Model, batches, CancellationToken.None).ConfigureAwait(false);
            metrics = validation.Metrics.Select(static metric => new MetricValue(metric.Name, metric.Value)).ToArray();
        }

        return new EpochRecord(
            position.Epoch, trainer.StepCount, position.Loss, validationLoss, metrics, LearningRate, Elapsed);
    }

    private TrainingRun End(StopReason reason)
    {
        foreach (ITrainingCallback callback in callbacks)
            callback.OnStopping(this);
        if (partial is null && position.Batch > 0 && reason != StopReason.NonFinite)
            partial = new EpochRecord(position.Epoch, trainer.StepCount, position.Loss, double.NaN, [], LearningRate, Elapsed);
        var run = new TrainingRun(
            partial is null ? [.. history.Records] : [.. history.Records, partial],
            reason,
            stopDetail ?? "",
            trainer.StepCount - position.StartStep,
            position.Epoch,
            trainer.SkippedSteps,
            Elapsed);
        foreach (ITrainingCallback callback in callbacks)
            callback.OnFitEnd(this, run);
        progress.Finish(run);
        return run;
    }
}
