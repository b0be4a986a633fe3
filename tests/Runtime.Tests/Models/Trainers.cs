namespace Backprop.Tests;

/// <summary>The training that most tests run.</summary>
public static class Trainers
{
    public static readonly SampleLoss<Regressor, Sample> Loss = (model, sample, gradient, seed) => model.LossBackward(sample, gradient, seed);

    public static Trainer<Regressor, Sample> Create(TrainerOptions? options = null, int seed = 3, double rate = 0.05)
    {
        Regressor model = Regressor.Create(seed);
        return Trainer.Create(model, Momentum(rate), Loss, options);
    }

    /// <summary>Gradient descent with a heavy ball.</summary>
    public static Sgd Momentum(double rate) => new() { LearningRate = rate, Momentum = 0.9 };

    public static Validation<Regressor, Sample> Validation(int count = 20) =>
        new(Sample.Create(count, seed: 99), (model, sample) => model.Loss(sample));
}
