namespace Backprop;

/// <summary>Shows a quantity of each epoch to a <see cref="PlateauSchedule"/> and lowers the learning rate as that falls.</summary>
/// <remarks>The schedule's value is a factor: it starts at 1, acts on top of <see cref="TrainerOptions.LearningRate"/> when there
/// is such a schedule, and on the optimizer's own rate otherwise.</remarks>
/// <param name="plateau">When the factor falls, and how far. It belongs to this callback.</param>
/// <param name="quantity">What is watched: <see cref="EpochRecord.LossName"/>, <see cref="EpochRecord.ValidationLossName"/> or a
/// metric's name. An epoch that did not measure it does not count.</param>
public sealed class ReduceOnPlateau(PlateauSchedule plateau, string quantity = EpochRecord.ValidationLossName)
    : ITrainingCallback, IStateful
{
    private readonly PlateauSchedule plateau = plateau ?? throw new ArgumentNullException(nameof(plateau));
    private readonly Criterion criterion = new(quantity, plateau.Direction);

    /// <inheritdoc/>
    public string Name => "reduce_on_plateau";

    /// <inheritdoc/>
    public void Check(TrainingContext context) => criterion.Check(context);

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext context, EpochRecord record)
    {
        double value = record.Find(quantity), before = plateau.Value;
        if (!double.IsNaN(value) && plateau.Observe(value) < before)
            context.ScaleLearningRate(plateau.Value / before);
    }

    /// <inheritdoc/>
    public void VisitState(IStateVisitor visitor) => plateau.VisitState(visitor);
}
