namespace Backprop.Tests;

public partial class FitTests
{
    [Fact]
    public void Wrong_use_names_the_argument_before_any_work()
    {
        var ok = new FitOptions { Epochs = 1 };
        (string Name, Action<Trainer<Regressor, Sample>> Use)[] uses =
        [
            ("data", t => t.Fit(null!, ok)),
            ("data", t => t.Fit(Array.Empty<Sample>(), ok)),
            ("data", t => t.Fit(TrainingData.From(Asynchronous()), ok with { Order = SampleOrder.Sequential })),
            ("data", t => t.Fit(TrainingData.From(Samples.Take(0).Where(_ => true)), ok with { Order = SampleOrder.Sequential })),
            ("options", t => t.Fit(Samples, null!)),
            ("options", t => t.Fit(Samples, new FitOptions())),
            ("Epochs", t => t.Fit(Samples, ok with { Epochs = -1 })),
            ("Steps", t => t.Fit(Samples, ok with { Steps = -1 })),
            ("BatchSize", t => t.Fit(Samples, ok with { BatchSize = 0 })),
            ("BatchSize", t => t.Fit(Samples, ok with { BatchSize = 51 })),
            ("BatchSize", t => t.Fit(Samples[..5], new FitOptions { Epochs = 1, LastBatch = LastBatch.Drop })),
            ("ValidationInterval", t => t.Fit(Samples, ok with { ValidationInterval = 0 })),
            ("Order", t => t.Fit(TrainingData.From(Samples.Where(_ => true)), ok)),
            ("Callbacks", t => t.Fit(Samples, ok with { Callbacks = [null!] })),
            ("Callbacks", t => t.Fit(Samples, ok with { Callbacks = [new EarlyStopping(1), new EarlyStopping(2)] })),
            ("Data", t => t.Fit(Samples, ok, Trainers.Validation(0))),
            ("Observe", t => t.Fit(Samples, ok, Trainers.Validation() with { Metrics = [new Accuracy()] })),
            ("Quantity", t => t.Fit(Samples, ok with { Callbacks = [new EarlyStopping(1, new Criterion("acuracy"))] })),
            ("validation", t => t.Fit(Samples, ok with { Callbacks = [new EarlyStopping(1)] })),
            ("validation", t => t.Fit(Samples, ok with { Callbacks = [new BestWeights()] })),
            ("validation", t => t.Fit(Samples, ok with { Callbacks = [new ReduceOnPlateau(new PlateauSchedule(1))] })),
        ];
        foreach (var (name, use) in uses)
        {
            var trainer = Trainers.Create();
            byte[] before = trainer.Model.Bits();
            Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(() => use(trainer)).ParamName);
            Assert.Equal(before, trainer.Model.Bits());
            Assert.Equal(1, trainer.Fit(Samples, new FitOptions { Steps = 1 }).Steps);
        }
    }

    [Fact]
    public void One_Fit_at_a_time()
    {
        var trainer = Trainers.Create();
        var inside = new List<Exception?>();
        var recorder = new Recorder
        {
            OnStep = _ =>
            {
                inside.Add(Caught(() => trainer.Step(Samples)));
                inside.Add(Caught(() => trainer.FitAsync(Samples, new FitOptions { Epochs = 1 })));
                inside.Add(Caught(() => trainer.FindLearningRate(Samples)));
                inside.Add(Caught(() =>
                {
                    trainer.Restore(trainer.Capture());
                    return 0;
                }));
            },
        };
        trainer.Fit(Samples, new FitOptions { Steps = 2, Callbacks = [recorder] });
        Assert.Equal(8, inside.Count);
        Assert.All(inside, error => Assert.IsType<InvalidOperationException>(error));
    }

    [Fact]
    public void A_sequence_that_can_be_read_once_is_told_so()
    {
        var queue = new Queue<Sample>(Samples);
        IEnumerable<Sample> Drain()
        {
            while (queue.TryDequeue(out Sample sample))
                yield return sample;
        }

        var error = Assert.Throws<ArgumentException>(() => Trainers.Create().Fit(
            TrainingData.From(Drain()), new FitOptions { Epochs = 2, Order = SampleOrder.Sequential }));
        Assert.Contains("enumerable once an epoch", error.Message);
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused()
    {
        Checkpoint? saved = null;
        var recorder = new Recorder { OnEpochContext = c => saved = c.CaptureState() };
        Trainers.Create().Fit(Samples, new FitOptions { Epochs = 1, Callbacks = [recorder] });
        var options = new FitOptions { Epochs = 2, Resume = saved };
        Assert.Contains("batches of 32", Assert.Throws<CheckpointException>(() => Trainers.Create().Fit(Samples, options with { BatchSize = 4 })).Message);
        Assert.Throws<CheckpointException>(() => Trainers.Create(new TrainerOptions { Seed = 2 }).Fit(Samples, options));
        Assert.Throws<CheckpointException>(() => Trainers.Create().Fit(Sample.Create(49), options));
        Assert.Throws<CheckpointException>(() => Trainers.Create().Fit(Samples, options with { Resume = Trainers.Create().Capture() }));
        Assert.Equal(4, Trainers.Create().Fit(Samples, options).Steps);
    }

    private static Exception? Caught(Func<object> use)
    {
        try
        {
            use();
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }
}
