using Backprop;

namespace Digits;

/// <summary>Trains the model on digits, and goes on where a folder of checkpoints says that it stopped.</summary>
public sealed class DigitTraining
{
    private const int BatchSize = 32;
    private readonly Digit[] train;
    private readonly Trainer<Mlp, Digit> trainer;
    private readonly Validation<Mlp, Digit> validation;
    private readonly Accuracy accuracy = new();

    /// <summary>Prepares a training; the same arguments prepare the same one.</summary>
    /// <param name="train">What to learn from.</param>
    /// <param name="test">What the model is measured on.</param>
    /// <param name="seed">The seed of weights and shuffles.</param>
    /// <param name="epochs">Passes over the data of the whole training: the learning rate falls to zero over them.</param>
    public DigitTraining(Digit[] train, Digit[] test, ulong seed, int epochs)
    {
        this.train = train;
        int steps = epochs * ((train.Length + BatchSize - 1) / BatchSize);
        var optimizer = new AdamW
        {
            Groups = [new("*.Bias") { WeightDecay = 0 }],
            Transforms = [new ClipByGlobalNorm(5)],
        };
        var options = new TrainerOptions
        {
            Seed = seed,
            Chunks = 4,
            Threads = Math.Clamp(Environment.ProcessorCount, 1, 4),
            LearningRate = new OneCycleSchedule(4e-3, steps),
        };
        trainer = Trainer.Create<Mlp, Digit>(
            Mlp.Create(seed), optimizer, (Mlp model, Digit digit, Mlp gradient, float share) => model.LossBackward(digit, gradient, share), options);
        float[] scores = new float[Mlp.Classes];
        validation = new(test, (model, digit) => model.Loss(digit, scores))
        {
            Metrics = [accuracy, Confusion],
            Observe = (_, digit) =>
            {
                accuracy.Add(scores, digit.Label);
                Confusion.Add(scores, digit.Label);
            },
        };
    }

    /// <summary>Which digit was taken for which at the end.</summary>
    public ConfusionMatrix Confusion { get; } = new(Mlp.Classes);

    /// <summary>Share of the test digits that are recognised.</summary>
    public double Accuracy => accuracy.Value;

    /// <summary>Trains, saving after each epoch, and measures the model at the end.</summary>
    /// <param name="folder">Where checkpoints are.</param>
    /// <param name="epochs">When to stop, counted from the beginning of the training.</param>
    public async Task<TrainingRun> RunAsync(CheckpointFolder folder, int epochs)
    {
        TrainingRun run = await trainer.FitAsync(
            train,
            new FitOptions
            {
                Epochs = epochs,
                BatchSize = BatchSize,
                Callbacks = [new CheckpointSaver(folder)],
                Progress = new ConsoleProgress(),
                Resume = folder.LoadNewest(),
            },
            validation);

        // A training that was complete already has not measured anything.
        await trainer.EvaluateAsync(validation);
        return run;
    }
}
