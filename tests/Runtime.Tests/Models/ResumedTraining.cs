namespace Backprop.Tests;

/// <summary>A training with every kind of state, which goes on wherever its folder says it stopped.</summary>
public static class ResumedTraining
{
    public const int SaveInterval = 3;

    public static TrainingRun Run(string folder, long steps, Action<long> onSaved)
    {
        var checkpoints = new CheckpointFolder(folder) { KeepBest = 2 };
        Checkpoint? resume = checkpoints.LoadNewest();
        Regressor model = Regressor.Create(resume is null ? 3 : 4321);
        var noise = new Noise();
        var options = new TrainerOptions
        {
            Seed = 11,
            Chunks = 2,
            LearningRate = new WarmupSchedule(new CosineSchedule(0.01, 3000), 50),
            State = new Dictionary<string, IStateful> { ["noise"] = noise },
        };
        var trainer = Trainer.Create<Regressor, Sample>(model, Optimizer(), noise.Loss, options);
        return trainer.Fit(
            Sample.Create(37),
            new FitOptions
            {
                Steps = steps,
                BatchSize = 4,
                Resume = resume,
                Callbacks =
                [
                    new CsvLog(Path.Combine(folder, "log.csv")),
                    new ReduceOnPlateau(new PlateauSchedule(1) { Patience = 2, Factor = 0.9 }, EpochRecord.LossName),
                    new BestWeights(Criterion.Loss),
                    new CheckpointSaver(checkpoints, Criterion.Loss) { EverySteps = SaveInterval },
                    new Announcer(onSaved),
                ],
            });
    }

    private static AdamW Optimizer() => new()
    {
        Transforms = [new AccumulateSteps(2), new ClipByGlobalNorm(0.5)],
        Averages = [new ExponentialMovingAverage(0.99)],
    };

    /// <summary>Noise that depends on the step's key and on a state of its own.</summary>
    private sealed class Noise : IStateful
    {
        private long calls;

        public double Loss(Regressor model, Sample sample, Regressor gradient, double seed, SampleKey key)
        {
            double noise = Math.Sin((++calls * 12.9898) + (key.Step * 78.233) + key.Position);
            return model.LossBackward(sample with { X0 = sample.X0 + (0.01f * (float)noise) }, gradient, seed);
        }

        public void VisitState(IStateVisitor visitor) => visitor.VisitCounter("calls", ref calls);
    }

    private sealed class Announcer(Action<long> onSaved) : ITrainingCallback
    {
        public CallbackOrder Order => CallbackOrder.Last;

        public void OnStepEnd(TrainingContext context, in StepResult result)
        {
            if (context.Step % SaveInterval == 0)
                onSaved(context.Step);
        }
    }
}
