using System.Globalization;

namespace Backprop;

/// <summary>Ends the training when a quantity has not become better for some epochs.</summary>
public sealed class EarlyStopping : ITrainingCallback, IStateful
{
    private readonly Criterion criterion;
    private readonly int patience;
    private readonly WatchedQuantity watched;

    /// <summary>Creates the callback.</summary>
    /// <param name="patience">Epochs without improvement, in a row, after which the training ends; 1 or more.</param>
    /// <param name="criterion">What is watched; null for the validation loss.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="patience"/> is below 1.</exception>
    public EarlyStopping(int patience, Criterion? criterion = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patience, 1);
        this.patience = patience;
        this.criterion = criterion ?? Criterion.ValidationLoss;
        watched = new WatchedQuantity(this.criterion);
    }

    /// <inheritdoc/>
    public string Name => "early_stopping";

    /// <summary>The best value so far; infinite before the first.</summary>
    public double Best => watched.Best;

    /// <inheritdoc/>
    public void Check(TrainingContext context) => criterion.Check(context);

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext context, EpochRecord record)
    {
        if (watched.Add(record) == WatchOutcome.NotBetter && watched.Waited >= patience)
            context.RequestStop(string.Create(CultureInfo.InvariantCulture, $"{criterion.Quantity} was not better than {watched.Best:G6} for {watched.Waited} epochs."));
    }

    /// <inheritdoc/>
    public void VisitState(IStateVisitor visitor) => watched.VisitState(visitor);
}
