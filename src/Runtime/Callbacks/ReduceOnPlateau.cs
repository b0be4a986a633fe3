namespace Backprop;

/// <summary>Lowers the learning rate when a quantity has not become better for some epochs.</summary>
/// <remarks>The factor acts on top of <see cref="TrainerOptions.LearningRate"/> when there is such a schedule.</remarks>
public sealed class ReduceOnPlateau : ITrainingCallback, ICheckpointed
{
    private readonly Monitor monitor;
    private readonly int patience;
    private readonly double factor;
    private readonly double minRate;
    private readonly Patience state;

    /// <summary>Creates the callback.</summary>
    /// <param name="patience">Epochs without improvement, in a row, after which the rate is lowered; 1 or more.</param>
    /// <param name="factor">What the rate is multiplied by; above 0 and below 1.</param>
    /// <param name="minRate">A rate that is not gone below; finite and not negative.</param>
    /// <param name="monitor">What is watched; null for the validation loss.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public ReduceOnPlateau(int patience, double factor = 0.1, double minRate = 0, Monitor? monitor = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patience, 1);
        if (!(factor > 0 && factor < 1))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "A number between 0 and 1.");
        if (!(minRate >= 0) || !double.IsFinite(minRate))
            throw new ArgumentOutOfRangeException(nameof(minRate), minRate, "A finite number from zero on.");
        this.patience = patience;
        this.factor = factor;
        this.minRate = minRate;
        this.monitor = monitor ?? Monitor.ValidationLoss;
        state = new Patience(this.monitor);
    }

    /// <inheritdoc/>
    public string Name => "reduce_on_plateau";

    /// <inheritdoc/>
    public void OnFitStart(TrainingContext context) => monitor.Check(context);

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext context, EpochRecord record)
    {
        if (state.Add(record) != PatienceOutcome.NotBetter || state.Waited < patience)
            return;
        state.StartOver();
        double rate = context.LearningRate;
        double target = Math.Max(rate * factor, minRate);
        if (target < rate)
            context.ScaleLearningRate(target / rate);
    }

    /// <inheritdoc/>
    public void Save(CheckpointSection section) => state.Save(section);

    /// <inheritdoc/>
    public void Load(CheckpointSection section) => state.Load(section);
}
