namespace Backprop.Tests;

/// <summary>The trainer with everything an optimizer has: transforms, averages, schedules.</summary>
public class OptimizedTrainingTests
{
    private const int Steps = 40;
    private static readonly Sample[] Samples = Sample.Create(64);

    private static TrainerOptions Options(int threads = 1) => new()
    {
        Seed = 5,
        Chunks = 8,
        Threads = threads,
        LearningRate = new WarmupSchedule(new CosineSchedule(0.02, Steps), 5),
        Momentum = new LinearSchedule(0.8, 0.95, Steps),
    };

    private static AdamW Optimizer(params GradientTransform[] first) => new()
    {
        WeightDecay = 0.1,
        Groups = [new("B*") { WeightDecay = 0 }, new("Out.W") { LearningRateScale = 2 }],
        Transforms = [.. first, new ClipByGlobalNorm(0.05)],
        Averages = [new ExponentialMovingAverage(0.9)],
    };

    private static Trainer<Regressor, Sample> Create(Optimizer optimizer, int threads = 1, int seed = 3) =>
        Trainer.Create(Regressor.Create(seed), optimizer, Trainers.Loss, Options(threads));

    private static Regressor Average(Trainer<Regressor, Sample> trainer)
    {
        Regressor average = trainer.Model.ZerosLike();
        trainer.Optimizer.Averages[0].CopyTo(average);
        return average;
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(7, 0)]
    [InlineData(16, 0)]
    [InlineData(7, 3)]
    [InlineData(16, 3)]
    public void A_saved_training_continues_bit_for_bit_from_its_file(int k, int accumulated)
    {
        AdamW New() => accumulated == 0 ? Optimizer() : Optimizer(new AccumulateSteps(accumulated));
        var fit = new FitOptions { Steps = Steps, BatchSize = 10 };
        Trainer<Regressor, Sample> whole = Create(New());
        whole.Fit(Samples, fit);

        using var folder = new TemporaryFolder();
        Create(New()).Fit(Samples, fit with { Steps = k, Callbacks = [new CheckpointSaver(new CheckpointFolder(folder.FullPath))] });
        Trainer<Regressor, Sample> second = Create(New(), seed: 99);
        second.Fit(Samples, fit with { Resume = new CheckpointFolder(folder.FullPath).LoadNewest() });

        Assert.Equal(whole.Model.Bits(), second.Model.Bits());
        Assert.Equal(Average(whole).Bits(), Average(second).Bits());
        Checkpoint expected = whole.Capture(), actual = second.Capture();
        Assert.Equal(expected.Metadata, actual.Metadata);
        Assert.Equal(expected.Tensors.Keys, actual.Tensors.Keys);
        Assert.All(expected.Tensors, t => Assert.True(t.Value.Data.Span.SequenceEqual(actual.Tensors[t.Key].Data.Span), t.Key));
    }

    [Fact]
    public void Fit_is_the_loop_that_one_would_write()
    {
        Trainer<Regressor, Sample> trainer = Trainer.Create(Regressor.Create(3), Optimizer(), Trainers.Loss, Options() with { Chunks = 1 });
        trainer.Fit(Samples, new FitOptions { Steps = Steps, BatchSize = 8, Order = SampleOrder.Sequential });

        Regressor model = Regressor.Create(3), gradient = model.ZerosLike();
        AdamW optimizer = Optimizer();
        for (int step = 0; step < Steps; step++)
        {
            optimizer.LearningRate = Options().LearningRate!.At(step);
            optimizer.Momentum = Options().Momentum!.At(step);
            gradient.Clear();
            foreach (Sample sample in Samples.AsSpan(8 * (step % 8), 8))
                model.LossBackward(sample, gradient, 1.0 / 8);
            optimizer.Step(model, gradient);
        }

        Assert.Equal(model.Bits(), trainer.Model.Bits());
        Regressor average = model.ZerosLike();
        optimizer.Averages[0].CopyTo(average);
        Assert.Equal(average.Bits(), Average(trainer).Bits());
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        byte[][] results = [.. new[] { 1, 2, 8 }.Select(threads =>
        {
            Trainer<Regressor, Sample> trainer = Create(Optimizer(), threads);
            trainer.Fit(Samples, new FitOptions { Steps = 200, BatchSize = 20 });
            return (byte[])[.. trainer.Model.Bits(), .. Average(trainer).Bits()];
        })];
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    [Fact]
    public void A_step_tells_that_it_only_accumulated()
    {
        Trainer<Regressor, Sample> trainer = Create(Optimizer(new AccumulateSteps(3)));
        StepResult[] results = [.. Enumerable.Range(0, 7).Select(i => trainer.Step(Samples.AsMemory(8 * i, 8)))];
        GradientOutcome a = GradientOutcome.Accumulated, b = GradientOutcome.Applied;
        Assert.Equal([a, a, b, a, a, b, a], results.Select(r => r.Outcome));
        Assert.Equal((7, 2, 0), (trainer.StepCount, trainer.Optimizer.Steps, trainer.SkippedSteps));

        // The schedule counts updates, not batches.
        Schedule schedule = Options().LearningRate!;
        Assert.Equal(new long[] { 0, 0, 0, 1, 1, 1, 2 }.Select(schedule.At), results.Select(r => r.LearningRate));
    }

    [Fact]
    public void The_trainer_and_the_transform_agree_on_what_is_finite()
    {
        var skip = new SkipNonFinite();
        Trainer<Regressor, Sample> trainer = Create(Optimizer(skip, new AccumulateSteps(2)));
        trainer.Step(Samples.AsMemory(0, 8));
        Checkpoint before = trainer.Capture();
        Assert.Equal(GradientOutcome.Skipped, trainer.Step(new[] { Samples[0] with { Y = double.NaN } }).Outcome);
        Assert.Equal((1L, 0L, 0L), (trainer.SkippedSteps, skip.Skipped, trainer.Optimizer.Steps));
        Checkpoint after = trainer.Capture();
        Assert.All(before.Tensors, t => Assert.True(t.Value.Data.Span.SequenceEqual(after.Tensors[t.Key].Data.Span), t.Key));
        Assert.Equal(GradientOutcome.Applied, trainer.Step(Samples.AsMemory(8, 8)).Outcome);
    }

    [Fact]
    public void A_frozen_leaf_neither_counts_in_the_norm_nor_makes_a_step_bad()
    {
        Regressor model = Regressor.Create(3);
        var optimizer = new Sgd { LearningRate = 0.1, Groups = [ParameterGroup.Frozen("Out.*")] };
        var trainer = Trainer.Create<Regressor, Sample>(model, optimizer, (m, s, g, seed) =>
        {
            g.Out.B = double.NaN;
            g.B1[0] += 3;
            g.W1[0, 0] += 4;
            return 1;
        });
        StepResult result = trainer.Step(Samples.AsMemory(0, 1));
        Assert.Equal((5, GradientOutcome.Applied), (result.GradientNorm, result.Outcome));
        Assert.Equal(0, model.Out.B);
    }

    [Fact]
    public void Another_optimizers_checkpoint_is_refused_and_changes_nothing()
    {
        Trainer<Regressor, Sample> trainer = Create(Optimizer());
        trainer.Step(Samples.AsMemory(0, 8));
        Checkpoint saved = trainer.Capture();
        Trainer<Regressor, Sample> other = Create(new Sgd { Momentum = 0.5 }, seed: 9);
        byte[] before = other.Model.Bits();
        string message = Assert.Throws<CheckpointException>(() => other.Restore(saved)).Message;
        Assert.Contains("optimizer/", message);
        Assert.Contains("Averages[0]/W1/average", message);
        Assert.Equal(before, other.Model.Bits());
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        Trainer<Regressor, Sample> trainer = Warm(threads: 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 2000; i++)
            trainer.Step(Samples);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>A trainer of which all that it does has been done before.</summary>
    internal static Trainer<Regressor, Sample> Warm(int threads)
    {
        Trainer<Regressor, Sample> trainer = Create(Optimizer(new AccumulateSteps(2)), threads);
        for (int i = 0; i < 50; i++)
            trainer.Step(Samples);
        return trainer;
    }
}
