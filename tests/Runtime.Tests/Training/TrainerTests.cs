namespace Backprop.Tests;

public class TrainerTests
{
    private static readonly Sample[] Samples = Sample.Create(64);

    [Fact]
    public void A_step_is_that_of_the_mean_gradient()
    {
        Trainer<Regressor, Sample> trainer = Trainers.Create();
        Regressor expected = trainer.Model.Clone();
        Regressor gradient = expected.ZerosLike();
        double loss = 0;
        foreach (Sample sample in Samples[..8])
            loss += expected.LossBackward(sample, gradient, 1.0 / 8);
        Trainers.Momentum(0.05).Step(expected, gradient);

        StepResult result = trainer.Step(Samples[..8]);

        Assert.Equal(loss / 8, result.Loss);
        Assert.Equal(expected.Bits(), trainer.Model.Bits());
        Assert.Equal((0L, 8, 0.05, GradientOutcome.Applied), (result.Step, result.Samples, result.LearningRate, result.Outcome));
        Assert.Equal(Norm(gradient), result.GradientNorm, 12);
    }

    [Fact]
    public void All_forms_of_a_loss_give_the_same_step()
    {
        Regressor Model() => Regressor.Create(3);
        static double Mean(Regressor m, ReadOnlySpan<Sample> batch, Regressor g, double seed)
        {
            double sum = 0;
            foreach (Sample s in batch)
                sum += m.LossBackward(s, g, seed / batch.Length);
            return sum / batch.Length;
        }

        static float Single(Regressor m, Sample s, Regressor g, float seed = 1) => (float)m.LossBackward(s, g, seed);
        static double Double(Regressor m, Sample s, Regressor g, double seed = 1) => m.LossBackward(s, g, seed);

        Regressor a = Model(), b = Model(), c = Model(), d = Model(), e = Model(), f = Model(), h = Model(), i = Model(), j = Model();
        Trainer<Regressor, Sample>[] trainers =
        [
            Trainer.Create<Regressor, Sample>(a, Trainers.Momentum(0.1), (m, s, g, seed) => m.LossBackward(s, g, seed)),
            Trainer.Create<Regressor, Sample>(b, Trainers.Momentum(0.1), (Regressor m, Sample s, Regressor g, float seed) => (float)m.LossBackward(s, g, seed)),
            Trainer.Create<Regressor, Sample>(h, Trainers.Momentum(0.1), Single),
            Trainer.Create<Regressor, Sample>(i, Trainers.Momentum(0.1), Double),
            Trainer.Create<Regressor, Sample>(j, Trainers.Momentum(0.1), (m, s, g, seed) => Single(m, s, g, seed)),
            Trainer.Create<Regressor, Sample>(c, Trainers.Momentum(0.1), (m, s, g, seed, key) => m.LossBackward(s, g, seed)),
            Trainer.Create<Regressor, Sample>(d, Trainers.Momentum(0.1), (m, s, g, seed) => m.LossBackward(s, g, seed), weight: s => 3),
            Trainer.CreateBatched<Regressor, Sample>(e, Trainers.Momentum(0.1), (m, batch, g, seed) => Mean(m, batch, g, seed)),
            Trainer.CreateBatched<Regressor, Sample>(f, Trainers.Momentum(0.1), (m, batch, g, seed) => Mean(m, batch, g, seed), new TrainerOptions { Chunks = 3 }),
        ];
        double[] losses = trainers.Select(t => { t.Step(Samples[..10]); return t.Step(Samples[10..17]).Loss; }).ToArray();
        Assert.All(losses, loss => Assert.Equal(losses[0], loss, 6));
    }

    [Fact]
    public void Weights_act_as_repetitions()
    {
        Regressor weighted = Regressor.Create(3), repeated = Regressor.Create(3);
        var a = Trainer.Create(weighted, Trainers.Momentum(0.1), Trainers.Loss, weight: s => s == Samples[0] ? 0 : s == Samples[1] ? 2 : 1);
        var b = Trainer.Create(repeated, Trainers.Momentum(0.1), Trainers.Loss);
        double loss = a.Step(Samples[..4]).Loss;
        Assert.Equal(b.Step(new[] { Samples[1], Samples[1], Samples[2], Samples[3] }).Loss, loss, 12);
        Assert.Equal(repeated.Predict(Samples[5]), weighted.Predict(Samples[5]), 6);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(5)]
    public void Any_number_of_threads_gives_the_same_bits(int chunks)
    {
        byte[][] results = new[] { 1, 2, 3, 5, 8 }.Where(threads => threads <= chunks).Select(threads =>
        {
            var trainer = Trainers.Create(new TrainerOptions { Chunks = chunks, Threads = threads });
            for (int i = 0; i < 300; i++)
                trainer.Step(Samples.AsMemory(i % 30, 1 + (i % 23)));
            return trainer.Model.Bits();
        }).ToArray();
        Assert.All(results, bits => Assert.Equal(results[0], bits));
    }

    [Fact]
    public void Random_numbers_are_named_alike_on_any_number_of_threads()
    {
        SampleKey[] Keys(int chunks, int threads)
        {
            var keys = new System.Collections.Concurrent.ConcurrentBag<SampleKey>();
            Regressor model = Regressor.Create(1);
            var trainer = Trainer.Create<Regressor, Sample>(
                model, Trainers.Momentum(0.1), (m, s, g, seed, key) => { keys.Add(key); return 0; }, new TrainerOptions { Seed = 6, Chunks = chunks, Threads = threads });
            trainer.Step(Samples[..10]);
            trainer.Step(Samples[..10]);
            return keys.OrderBy(k => k.Step).ThenBy(k => k.Position).ToArray();
        }

        SampleKey[] expected = Enumerable.Range(0, 20).Select(i => new SampleKey(6, i / 10, i % 10)).ToArray();
        Assert.Equal(expected, Keys(1, 1));
        Assert.Equal(expected, Keys(4, 3));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(4, 2)]
    public void The_losses_exception_comes_out_unchanged_and_the_next_step_works(int chunks, int threads)
    {
        var error = new InvalidDataException("bad sample");
        bool isBad = true;
        Regressor model = Regressor.Create(3);
        var trainer = Trainer.Create<Regressor, Sample>(
            model,
            Trainers.Momentum(0.05),
            (m, s, g, seed) => isBad && s == Samples[6] ? throw error : m.LossBackward(s, g, seed),
            new TrainerOptions { Chunks = chunks, Threads = threads });
        byte[] before = model.Bits();
        Assert.Same(error, Assert.Throws<InvalidDataException>(() => trainer.Step(Samples[..8])));
        Assert.Equal(before, model.Bits());
        isBad = false;
        trainer.Step(Samples[..8]);
        var untroubled = Trainers.Create(new TrainerOptions { Chunks = chunks });
        untroubled.Step(Samples[..8]);
        Assert.Equal(untroubled.Model.Bits(), model.Bits());
    }

    [Fact]
    public void A_step_that_is_not_finite_is_skipped_and_counted()
    {
        Trainer<Regressor, Sample> trainer = Trainers.Create();
        byte[] before = trainer.Model.Bits();
        foreach (double bad in (double[])[double.NaN, double.PositiveInfinity, 1e300])
        {
            StepResult result = trainer.Step(new[] { Samples[0], Samples[1] with { Y = bad } });
            Assert.Equal(GradientOutcome.Skipped, result.Outcome);
        }

        Assert.Equal(before, trainer.Model.Bits());
        Assert.Equal((3L, 3L, 3), (trainer.StepCount, trainer.SkippedSteps, trainer.SkippedInARow));
        Assert.Equal(GradientOutcome.Applied, trainer.Step(Samples[..4]).Outcome);
        Assert.Equal(0, trainer.SkippedInARow);
    }

    [Fact]
    public void The_schedule_sets_the_rate_of_each_step()
    {
        Trainer<Regressor, Sample> trainer = Trainers.Create(new TrainerOptions { LearningRate = new FunctionSchedule(step => 1.0 / (1 + step)) });
        Assert.Equal([1, 0.5, 1.0 / 3], Enumerable.Range(0, 3).Select(_ => trainer.Step(Samples[..4]).LearningRate));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(4, 2)]
    public void A_step_allocates_nothing(int chunks, int threads)
    {
        Trainer<Regressor, Sample> trainer = Trainers.Create(new TrainerOptions { Chunks = chunks, Threads = threads });
        for (int i = 0; i < 50; i++)
            trainer.Step(Samples);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 5000; i++)
            trainer.Step(Samples);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Captured_state_continues_bit_for_bit()
    {
        var counter = new Counter();
        var options = new TrainerOptions { State = new Dictionary<string, IStateful> { ["counter"] = counter } };
        Trainer<Regressor, Sample> trainer = Trainers.Create(options);
        trainer.Step(Samples[..8]);
        counter.Value = 5;
        Checkpoint saved = trainer.Capture();
        trainer.Step(Samples[8..16]);
        byte[] expected = trainer.Model.Bits();
        counter.Value = 6;

        Trainer<Regressor, Sample> other = Trainers.Create(options, seed: 77);
        other.Restore(saved);
        Assert.Equal(5, counter.Value);
        Assert.Equal(1, other.StepCount);
        other.Step(Samples[8..16]);
        Assert.Equal(expected, other.Model.Bits());
    }

    [Fact]
    public void Wrong_use_names_the_argument_before_any_work()
    {
        Regressor model = Regressor.Create(1);
        var optimizer = Trainers.Momentum(0.1);
        Assert.Equal("model", Assert.Throws<ArgumentNullException>(() => Trainer.Create(null!, optimizer, Trainers.Loss)).ParamName);
        Assert.Equal("optimizer", Assert.Throws<ArgumentNullException>(() => Trainer.Create(model, null!, Trainers.Loss)).ParamName);
        Assert.Equal("loss", Assert.Throws<ArgumentNullException>(() => Trainer.Create(model, optimizer, (SampleLoss<Regressor, Sample>)null!)).ParamName);
        Assert.Equal("options", Assert.Throws<ArgumentException>(() => Trainer.Create(model, new Rprop(), Trainers.Loss, new TrainerOptions { Momentum = new ConstantSchedule(0.5) })).ParamName);
        Assert.Equal("Groups", Assert.Throws<ArgumentException>(() => Trainer.Create(model, new Sgd { Groups = [new("nothing")] }, Trainers.Loss)).ParamName);
        Assert.Equal("Chunks", OptionError(new TrainerOptions { Chunks = 0 }));
        Assert.Equal("Threads", OptionError(new TrainerOptions { Threads = 0 }));
        Assert.Equal("Threads", OptionError(new TrainerOptions { Threads = 3, Chunks = 2 }));
        Assert.Equal("MaxSkippedInARow", OptionError(new TrainerOptions { MaxSkippedInARow = 0 }));
        Trainer<Regressor, Sample> trainer = Trainer.Create(model, optimizer, Trainers.Loss, new TrainerOptions { LearningRate = new FunctionSchedule(_ => double.NaN) });
        Assert.Equal("batch", Assert.Throws<ArgumentException>(() => trainer.Step(default)).ParamName);
        Assert.Equal("LearningRate", Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Step(Samples)).ParamName);
        Assert.Equal(0, trainer.StepCount);
    }

    [Fact]
    public void A_model_given_other_arrays_is_noticed()
    {
        Trainer<Regressor, Sample> trainer = Trainers.Create();
        trainer.Step(Samples);
        trainer.Model.B1 = new float[9];
        Assert.Contains("'B1' has shape [9] in one model and [4] in the other", Assert.Throws<ArgumentException>(() => trainer.Step(Samples)).Message);
    }

    [Fact]
    public void One_step_at_a_time()
    {
        Trainer<Regressor, Sample>? trainer = null;
        Regressor model = Regressor.Create(1);
        trainer = Trainer.Create<Regressor, Sample>(model, Trainers.Momentum(0.1), (m, s, g, seed) => trainer!.Step(Samples).Loss);
        Assert.Throws<InvalidOperationException>(() => trainer.Step(Samples));
    }

    [Fact]
    public void The_rate_finder_suggests_a_rate_and_changes_nothing()
    {
        Trainer<Regressor, Sample> trainer = Trainers.Create();
        trainer.Step(Samples);
        Checkpoint before = trainer.Capture();
        LearningRateSearch search = trainer.FindLearningRate(Samples, new LearningRateRange { Min = 1e-5, Max = 100, BatchSize = 64 });
        Assert.InRange(search.Suggestion, 1e-4, 10);
        Assert.Equal(search.Rates.Count, search.Losses.Count);
        Assert.True(search.Rates.Count < 100, "it stops when the loss explodes");
        Checkpoint after = trainer.Capture();
        Assert.Equal(before.Metadata, after.Metadata);
        Assert.All(before.Tensors, t => Assert.True(t.Value.Data.Span.SequenceEqual(after.Tensors[t.Key].Data.Span)));
        Assert.Equal("Max", Assert.Throws<ArgumentOutOfRangeException>(() => trainer.FindLearningRate(Samples, new LearningRateRange { Max = 1e-9 })).ParamName);
    }

    [Fact]
    public void The_rate_finder_closes_the_data_it_leaves()
    {
        int opened = 0, closed = 0;
        IEnumerable<Sample> Watched()
        {
            opened++;
            try
            {
                foreach (Sample sample in Samples)
                    yield return sample;
            }
            finally
            {
                closed++;
            }
        }

        var range = new LearningRateRange { Min = 1e-5, Max = 1e6, BatchSize = 7 };
        Assert.True(Trainers.Create().FindLearningRate(TrainingData.From(Watched()), range).Rates.Count < range.Steps);
        Assert.Equal(opened, closed);
        Trainer<Regressor, Sample> failing = Trainer.Create<Regressor, Sample>(
            Regressor.Create(1), Trainers.Momentum(0.1), (_, _, _, _) => throw new NotSupportedException());
        Assert.Throws<NotSupportedException>(() => failing.FindLearningRate(TrainingData.From(Watched()), range));
        Assert.Equal(opened, closed);
    }

    [Fact]
    public void Samples_have_random_numbers_of_their_own()
    {
        var keys = from step in Enumerable.Range(0, 5) from position in Enumerable.Range(0, 20) select new SampleKey(6, step, position);
        ulong[] bits = [.. from key in keys from purpose in (string[])["noise", "dropout"] from at in Enumerable.Range(0, 20) select key.Stream(purpose).At(at).Low];
        Assert.Equal(bits.Length, bits.Distinct().Count());
        RandomStream first = new SampleKey(6, 3, 9).Stream("noise"), again = new SampleKey(6, 3, 9).Stream("noise");
        for (int i = 0; i < 10; i++) Assert.Equal(first.NextBits(), again.NextBits());
    }

    [Fact]
    public async Task An_evaluation_changes_nothing()
    {
        Trainer<Regressor, Sample> trainer = Trainers.Create();
        byte[] before = trainer.Model.Bits();
        double loss = await trainer.EvaluateAsync(Trainers.Validation(10));
        Assert.Equal(Sample.Create(10, seed: 99).Average(trainer.Model.Loss), loss, 12);
        Assert.Equal(before, trainer.Model.Bits());
        Assert.Equal(0, trainer.StepCount);
    }

    private static string? OptionError(TrainerOptions options) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Trainers.Create(options)).ParamName;

    private static double Norm(Regressor g) => Math.Sqrt(
        g.W1.Cast<float>().Sum(x => (double)x * x) + g.B1.Sum(x => (double)x * x) + g.Out.W.Sum(x => x * x) + (g.Out.B * g.Out.B));

    private sealed class Counter : IStateful
    {
        private long value;

        public long Value { get => value; set => this.value = value; }

        public void VisitState(IStateVisitor visitor) => visitor.VisitCounter("value", ref value);
    }
}
