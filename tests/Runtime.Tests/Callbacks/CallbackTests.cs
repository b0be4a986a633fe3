namespace Backprop.Tests;

public class CallbackTests
{
    private static readonly Sample[] Samples = Sample.Create(16);

    [Fact]
    public void Early_stopping_waits_as_long_as_asked()
    {
        TrainingRun run = Fit([5, 4, 4, 4.5, 3, 3, 3, 3, 1], new EarlyStopping(3));
        Assert.Equal((StopReason.Callback, 8), (run.Reason, run.Epochs));
        Assert.Contains("validation_loss was not better than 3 for 3 epochs", run.Detail);
    }

    [Fact]
    public void Early_stopping_can_watch_a_metric_that_should_grow()
    {
        double value = 0;
        var metric = new MeanLoss("score");
        var validation = new Validation<Regressor, Sample>(Samples, (_, _) => 0)
        {
            Metrics = [metric],
            Observe = (_, _) => metric.Add(value),
        };
        var recorder = new Recorder { OnEpoch = r => value = r.Epoch < 3 ? r.Epoch + 1 : 0 };
        TrainingRun run = Trainers.Create().Fit(
            Samples, new FitOptions { Epochs = 50, Callbacks = [recorder, new EarlyStopping(2, new Criterion("score", Direction.Maximize, 0.5))] }, validation);
        Assert.Equal(6, run.Epochs);
    }

    [Fact]
    public void A_small_improvement_counts_only_above_the_least_difference()
    {
        Assert.Equal(3, Fit([5, 4.99, 4.98, 4.97], new EarlyStopping(2, Criterion.ValidationLoss with { MinDelta = 0.1 })).Epochs);
        Assert.Equal(4, Fit([5, 4.99, 4.98, 4.97], new EarlyStopping(2)).Epochs);
    }

    [Fact]
    public void The_best_weights_come_back()
    {
        byte[] best = [];
        Trainer<Regressor, Sample>? trainer = null;
        var recorder = new Recorder { OnEpoch = r => best = r.Epoch == 2 ? trainer!.Model.Bits() : best };
        trainer = Trainers.Create();
        Fit([5, 4, 1, 2, 3], trainer, recorder, new BestWeights());
        Assert.Equal(best, trainer.Model.Bits());
    }

    [Fact]
    public void A_saved_training_holds_the_last_weights_and_not_the_best_ones()
    {
        using var folder = new TemporaryFolder();
        byte[] last = [];
        Trainer<Regressor, Sample> trainer = Trainers.Create();
        var recorder = new Recorder { OnEpoch = _ => last = trainer.Model.Bits() };
        var checkpoints = new CheckpointFolder(folder.FullPath);
        Fit([1, 2, 3], trainer, new BestWeights(), new CheckpointSaver(checkpoints) { EveryEpochs = 2 }, recorder);
        Regressor saved = Regressor.Create(9);
        checkpoints.LoadNewest()!.Root.CopyLeavesTo(saved);
        Assert.Equal(last, saved.Bits());
        Assert.NotEqual(last, trainer.Model.Bits());
    }

    [Fact]
    public void A_plateau_lowers_the_rate_down_to_the_least()
    {
        TrainingRun run = Fit([5, 5, 5, 5, 5, 5, 5], new ReduceOnPlateau(new PlateauSchedule(1) { Patience = 1, Factor = 0.5, Minimum = 0.4 }));
        Assert.Equal([0.05, 0.05, 0.05, 0.025, 0.025, 0.02, 0.02], run.History.Select(r => Math.Round(r.LearningRate, 12)));
    }

    [Fact]
    public void A_plateau_acts_on_top_of_a_schedule()
    {
        var trainer = Trainers.Create(new TrainerOptions { LearningRate = new FunctionSchedule(step => 1e-3 * (step + 1)) });
        TrainingRun run = Fit([5, 5, 5], trainer, new ReduceOnPlateau(new PlateauSchedule(1) { Patience = 0 }));
        Assert.Equal([1e-3, 2e-3, 3e-4], run.History.Select(r => Math.Round(r.LearningRate, 12)));
    }

    [Fact]
    public void The_best_files_are_kept_by_the_watched_quantity()
    {
        using var folder = new TemporaryFolder();
        var checkpoints = new CheckpointFolder(folder.FullPath) { KeepBest = 1 };
        Fit([5, 1, 4, 3, 2], new CheckpointSaver(checkpoints, Criterion.ValidationLoss));
        Assert.Equal([2L, 4L, 5L], checkpoints.Files.Select(f => f.Step));
        Assert.Equal(1, checkpoints.Best!.Score);
    }

    [Fact]
    public void An_end_asked_for_is_remembered_by_the_checkpoint()
    {
        using var folder = new TemporaryFolder();
        Fit([1, 2, 3], new EarlyStopping(1), new CheckpointSaver(new CheckpointFolder(folder.FullPath)));
        TrainingRun run = Trainers.Create().Fit(
            Samples, new FitOptions { Epochs = 9, Resume = new CheckpointFolder(folder.FullPath).LoadNewest(), Callbacks = [new EarlyStopping(1)] }, Losses([0]));
        Assert.Equal((StopReason.Callback, 2L), (run.Reason, run.Steps));
    }

    [Fact]
    public void Out_of_range_settings_are_refused()
    {
        Assert.Equal("patience", Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(0)).ParamName);
        Assert.Equal("plateau", Assert.Throws<ArgumentNullException>(() => new ReduceOnPlateau(null!)).ParamName);
        using var folder = new TemporaryFolder();
        var checkpoints = new CheckpointFolder(folder.FullPath);
        Assert.Equal("EverySteps", Assert.Throws<ArgumentOutOfRangeException>(() => new CheckpointSaver(checkpoints) { EverySteps = 0 }).ParamName);
        Assert.Equal("criterion", Assert.Throws<ArgumentException>(() => new CheckpointSaver(checkpoints, new Criterion("x", Direction.Maximize))).ParamName);
    }

    private static TrainingRun Fit(double[] losses, params ITrainingCallback[] callbacks) => Fit(losses, Trainers.Create(), callbacks);

    private static TrainingRun Fit(double[] losses, Trainer<Regressor, Sample> trainer, params ITrainingCallback[] callbacks) =>
        trainer.Fit(Samples, new FitOptions { Epochs = losses.Length, Callbacks = callbacks }, Losses(losses));

    /// <summary>A validation whose loss is given, epoch by epoch.</summary>
    private static Validation<Regressor, Sample> Losses(double[] losses)
    {
        int epoch = 0;
        return new Validation<Regressor, Sample>(Samples[..1], (_, _) => losses[epoch++]);
    }
}
