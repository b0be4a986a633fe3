using Backprop;

namespace Darts;

/// <summary>Throws, looks at the gradient of the miss, and adjusts every parameter a little against it.</summary>
public static class Practice
{
    /// <summary>Trains a beginner, one dart a step.</summary>
    /// <param name="darts">The darts, thrown in order.</param>
    /// <param name="thrown">Is told after each dart.</param>
    /// <returns>Who the beginner has become.</returns>
    public static Thrower Train(Dart[] darts, Action<Thrower, int> thrown)
    {
        // A radian changes more than a metre per second: each parameter has the rate that suits its unit.
        var optimizer = new Sgd
        {
            Groups =
            [
                new("*") { LearningRateScale = 0.02 },
                new("Speed") { LearningRateScale = 0.6 },
                new("Stance") { LearningRateScale = 0.05 },
            ],
        };

        // The rate falls, so that the tremor averages out.
        var options = new TrainerOptions { LearningRate = new CosineSchedule(1, darts.Length, End: 0.05) };
        var trainer = Trainer.Create<Thrower, Dart>(
            Thrower.Beginner(), optimizer, (thrower, dart, gradient, seed) => dart.Throw(thrower, gradient, seed), options);
        trainer.Fit(darts, new FitOptions
        {
            Epochs = 1,
            BatchSize = 1,
            Order = SampleOrder.Sequential,
            Callbacks = [new Report(step => thrown(trainer.Model, step))],
        });
        return trainer.Model;
    }

    private sealed class Report(Action<int> thrown) : ITrainingCallback
    {
        public void OnStepEnd(TrainingContext context, in StepResult result) => thrown((int)context.Step);
    }
}
