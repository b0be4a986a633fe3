using System.Diagnostics.Metrics;

namespace Backprop.Tests;

public partial class FitTests
{
    private static readonly Sample[] Samples = Sample.Create(50);

    [Fact]
    public void It_trains()
    {
        TrainingRun run = Trainers.Create().Fit(Samples, new FitOptions { Epochs = 60, BatchSize = 8 }, Trainers.Validation());
        Assert.Equal((StopReason.Completed, "", 60, 60 * 7L, 60), (run.Reason, run.Detail, run.Epochs, run.Steps, run.History.Count));
        Assert.True(run.History[^1].Loss < run.History[0].Loss / 5);
        Assert.True(run.History[^1].ValidationLoss < run.History[0].ValidationLoss / 5);
    }

    [Fact]
    public void Fit_is_written_on_steps()
    {
        var trainer = Trainers.Create();
        TrainingRun run = trainer.Fit(Samples, new FitOptions { Epochs = 2, BatchSize = 20, Order = SampleOrder.Sequential });
        var byHand = Trainers.Create();
        double[] losses = Enumerable.Range(0, 6).Select(i => byHand.Step(Samples.AsMemory(20 * (i % 3), i % 3 == 2 ? 10 : 20)).Loss).ToArray();
        Assert.Equal(byHand.Model.Bits(), trainer.Model.Bits());
        Assert.Equal(((losses[3] * 20) + (losses[4] * 20) + (losses[5] * 10)) / 50, run.History[1].Loss);
    }

    [Fact]
    public async Task Every_source_and_both_calls_train_alike()
    {
        var options = new FitOptions { Epochs = 3, BatchSize = 8, Order = SampleOrder.Sequential };
        byte[] Bits(Func<Trainer<Regressor, Sample>, TrainingRun> fit)
        {
            var trainer = Trainers.Create();
            Assert.Equal(21, fit(trainer).Steps);
            return trainer.Model.Bits();
        }

        byte[] expected = Bits(t => t.Fit(Samples, options));
        Assert.Equal(expected, Bits(t => t.Fit(TrainingData.From(Samples.Select(s => s)), options)));
        Assert.Equal(expected, Bits(t => t.Fit(TrainingData.From(Samples).Prefetch(), options)));
        var asynchronous = Trainers.Create();
        await asynchronous.FitAsync(TrainingData.From(Asynchronous()), options);
        Assert.Equal(expected, asynchronous.Model.Bits());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(14)]
    [InlineData(20)]
    public void Stopping_and_resuming_is_as_never_stopping(int k)
    {
        using var folder = new TemporaryFolder();
        const int n = 25;
        (Trainer<Regressor, Sample>, FitOptions) Training(long steps, Checkpoint? resume) => (
            Trainers.Create(new TrainerOptions { Seed = 5, LearningRate = new FunctionSchedule(step => 0.1 / (1 + (0.01 * step))), Chunks = 3 }, seed: resume is null ? 3 : 1234),
            new FitOptions
            {
                Steps = steps,
                BatchSize = 8,
                Resume = resume,
                Callbacks =
                [
                    new CheckpointSaver(new CheckpointFolder(folder.FullPath)) { EveryEpochs = null },
                    new ReduceOnPlateau(new PlateauSchedule(1) { Patience = 0, Factor = 0.5, Threshold = 0.05, ThresholdForm = ThresholdForm.Absolute }, "loss"),
                    new BestWeights(),
                ],
            });

        (var whole, FitOptions wholeOptions) = Training(n, null);
        TrainingRun expected = whole.Fit(Samples, wholeOptions with { Callbacks = [.. wholeOptions.Callbacks.Skip(1)] }, Trainers.Validation());

        (var first, FitOptions firstOptions) = Training(k, null);
        Assert.Equal(k, first.Fit(Samples, firstOptions, Trainers.Validation()).Steps);
        (var second, FitOptions secondOptions) = Training(n, new CheckpointFolder(folder.FullPath).LoadNewest());
        TrainingRun run = second.Fit(Samples, secondOptions, Trainers.Validation());

        Assert.Equal(expected.Steps, run.Steps);
        Assert.Equal(whole.Model.Bits(), second.Model.Bits());
        Assert.Equal(Rows(expected), Rows(run));
        Assert.Equal(whole.Capture().Metadata, second.Capture().Metadata);
    }

    [Theory]
    [InlineData(14)]
    [InlineData(17)]
    public void A_run_resumed_after_its_last_step_still_ends_its_epoch(int steps)
    {
        Checkpoint? saved = null;
        TrainingRun expected = Trainers.Create().Fit(
            Samples, new FitOptions { Steps = steps, BatchSize = 8, Callbacks = [new AfterStep(steps, c => saved = c.CaptureState())] }, Trainers.Validation());
        var trainer = Trainers.Create();
        TrainingRun run = trainer.Fit(Samples, new FitOptions { Steps = steps, BatchSize = 8, Resume = saved }, Trainers.Validation());
        Assert.Equal(Rows(expected), Rows(run));
        Assert.Equal((expected.Epochs, expected.Steps, expected.Reason), (run.Epochs, run.Steps, run.Reason));
    }

    [Fact]
    public void A_cancellation_returns_what_was_reached()
    {
        using var source = new CancellationTokenSource();
        var saver = new Recorder { OnStep = r => { if (r.Step == 9) source.Cancel(); } };
        TrainingRun run = Trainers.Create().Fit(Samples, new FitOptions { Epochs = 100, BatchSize = 8, Callbacks = [saver] }, cancellation: source.Token);
        Assert.Equal((StopReason.Cancelled, 10L, 1, 2), (run.Reason, run.Steps, run.Epochs, run.History.Count));
        Assert.Equal("start step*7 epoch step*3 stopping end", saver.Summary);
    }

    [Fact]
    public async Task A_cancellation_ends_the_wait_for_data()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        TrainingRun run = await Trainers.Create().FitAsync(
            TrainingData.From(Stalling()), new FitOptions { Epochs = 1, BatchSize = 2, Order = SampleOrder.Sequential }, cancellation: source.Token);
        Assert.Equal((StopReason.Cancelled, 1L), (run.Reason, run.Steps));
    }

    [Fact]
    public void Too_many_bad_steps_restore_the_last_good_state()
    {
        Sample[] data = [.. Samples];
        byte[] good = [];
        var recorder = new Recorder();
        Trainer<Regressor, Sample> trainer = Trainers.Create(new TrainerOptions { MaxSkippedInARow = 3 });
        recorder.OnEpoch = r =>
        {
            if (r.Epoch != 1)
                return;
            good = trainer.Model.Bits();
            Array.Fill(data, data[0] with { Y = double.NaN });
        };
        TrainingRun run = trainer.Fit(data, new FitOptions { Epochs = 9, BatchSize = 10, Callbacks = [recorder] });
        Assert.Equal((StopReason.NonFinite, 10L, 2, 3L), (run.Reason, run.Steps, run.Epochs, run.SkippedSteps));
        Assert.Contains("3 steps in a row", run.Detail);
        Assert.Equal(good, trainer.Model.Bits());
        Assert.Equal(10, trainer.StepCount);
    }

    [Fact]
    public void One_bad_step_is_survived()
    {
        Sample[] data = [.. Samples];
        data[7] = data[7] with { Y = double.PositiveInfinity };
        TrainingRun run = Trainers.Create().Fit(data, new FitOptions { Epochs = 2, BatchSize = 10 });
        Assert.Equal((StopReason.Completed, 2L), (run.Reason, run.SkippedSteps));
        Assert.True(double.IsFinite(run.History[0].Loss));
    }

    [Fact]
    public void One_batch_is_overfitted()
    {
        TrainingRun run = Trainers.Create(rate: 0.1).Fit(
            Samples, new FitOptions { Steps = 3000, BatchSize = 2, Mode = FitMode.OverfitOneBatch }, Trainers.Validation());
        Assert.Equal(3000, run.Steps);
        Assert.True(run.History[^1].Loss < 1e-10);
        Assert.True(double.IsNaN(run.History[0].ValidationLoss));
    }

    [Fact]
    public void A_callback_on_a_metric_waits_while_one_batch_is_overfitted()
    {
        var error = new MeanAbsoluteError("mae");
        var validation = Trainers.Validation() with { Metrics = [error], Observe = (m, s) => error.Add(m.Predict(s), s.Y) };
        var options = new FitOptions { Epochs = 5, BatchSize = 2, Mode = FitMode.OverfitOneBatch, Callbacks = [new EarlyStopping(1, new Criterion("mae")), new BestWeights()] };
        Assert.Equal(5, Trainers.Create().Fit(Samples, options, validation).Epochs);
    }

    [Fact]
    public void A_fast_dev_run_is_one_batch_of_each()
    {
        int validated = 0;
        var recorder = new Recorder();
        var validation = new Validation<Regressor, Sample>(Samples, (_, _) => { validated++; return 1; }) { BatchSize = 4 };
        TrainingRun run = Trainers.Create().Fit(
            Samples, new FitOptions { Epochs = 50, BatchSize = 8, Mode = FitMode.FastDevRun, Callbacks = [recorder] }, validation);
        Assert.Equal((1L, 1, 4), (run.Steps, run.History.Count, validated));
        Assert.Equal("start step*1 epoch stopping end", recorder.Summary);
    }

    [Fact]
    public void Validation_measures_metrics_when_it_is_due()
    {
        var error = new MeanAbsoluteError();
        var validation = Trainers.Validation() with { Metrics = [error], Observe = (m, s) => error.Add(m.Predict(s), s.Y) };
        TrainingRun run = Trainers.Create().Fit(Samples, new FitOptions { Epochs = 5, ValidationInterval = 2 }, validation);
        Assert.Equal([false, true, false, true, true], run.History.Select(r => double.IsFinite(r.ValidationLoss)));
        Assert.Equal([false, true, false, true, true], run.History.Select(r => double.IsFinite(r.Find("mae"))));
    }

    [Fact]
    public void Saved_numbers_that_make_no_sense_are_resumed_or_refused()
    {
        Checkpoint? saved = null;
        FitOptions Options() => new() { Epochs = 2, BatchSize = 20, Callbacks = [new BestWeights(), new EarlyStopping(5), new Recorder { OnEpochContext = c => saved ??= c.CaptureState() }] };
        Trainers.Create().Fit(Samples, Options(), Trainers.Validation());
        int refused = 0;
        foreach (string key in saved!.Metadata.Keys.ToArray())
        {
            string original = saved.Metadata[key];
            foreach (string value in (string[])["", "-1", "NaN", "-Infinity", "1e999", "1e300", "99999999999999999999", "9223372036854775807", "x"])
            {
                saved.Root.SetText(key, value);
                try
                {
                    Trainers.Create().Fit(Samples, Options() with { Resume = saved }, Trainers.Validation());
                }
                catch (CheckpointException)
                {
                    refused++;
                }
            }

            saved.Root.SetText(key, original);
        }

        Assert.True(refused > 30);
        Assert.Equal(6, Trainers.Create().Fit(Samples, Options() with { Resume = saved }, Trainers.Validation()).Steps);
    }

    [Fact]
    public void Fit_allocates_by_the_epoch_and_not_by_the_step()
    {
        long Allocated(int batchSize)
        {
            Sample[] many = Sample.Create(4000);
            var options = new FitOptions { Epochs = 2, BatchSize = batchSize, Progress = new Ignore() };
            Trainers.Create().Fit(many, options);
            var trainer = Trainers.Create();
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Fit(many, options);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.InRange(Allocated(batchSize: 1), 0, Allocated(batchSize: 2000));
    }

    [Fact]
    public void The_meter_counts_steps_and_samples()
    {
        long steps = 0, samples = 0;
        using var listener = new MeterListener();
        int thread = Environment.CurrentManagedThreadId;
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "Backprop.Training")
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            // Other tests train at the same time.
            if (Environment.CurrentManagedThreadId != thread)
                return;
            steps += instrument.Name == "backprop.training.steps" ? value : 0;
            samples += instrument.Name == "backprop.training.samples" ? value : 0;
        });
        listener.Start();
        Trainers.Create().Fit(Samples, new FitOptions { Epochs = 1, BatchSize = 20 });
        Assert.Equal((3L, 50L), (steps, samples));
    }

    private static IEnumerable<(int, long, double, double, double)> Rows(TrainingRun run) =>
        run.History.Select(r => (r.Epoch, r.Step, r.Loss, r.ValidationLoss, r.LearningRate));

    private static async IAsyncEnumerable<Sample> Asynchronous()
    {
        foreach (Sample sample in Samples)
        {
            await Task.Yield();
            yield return sample;
        }
    }

    private static async IAsyncEnumerable<Sample> Stalling(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        yield return Samples[0];
        yield return Samples[1];
        await Task.Delay(Timeout.Infinite, cancellation);
    }

    private sealed class AfterStep(long step, Action<TrainingContext> action) : ITrainingCallback
    {
        public void OnStepEnd(TrainingContext context, in StepResult result)
        {
            if (context.Step == step)
                action(context);
        }
    }

    private sealed class Ignore : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
        }
    }
}
