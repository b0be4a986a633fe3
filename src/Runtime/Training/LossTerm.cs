namespace Backprop;

/// <summary>The user's loss over a run of samples of one batch.</summary>
internal abstract class LossTerm<TModel, TSample>
{
    /// <summary>Adds the run's share of the batch's gradient, and returns its share of the batch's loss.</summary>
    public abstract double Accumulate(TModel model, ReadOnlySpan<TSample> samples, TModel gradient, in LossScale scale);

    /// <summary>Sum of the weights of a batch.</summary>
    /// <exception cref="ArgumentException">A weight is negative or not finite, or all are zero.</exception>
    public virtual double WeightOf(ReadOnlySpan<TSample> batch) => batch.Length;
}

/// <summary>What a run of samples must know of its batch.</summary>
/// <param name="PerWeight">One over the sum of the batch's weights.</param>
/// <param name="First">Names the random numbers of the run's first sample.</param>
internal readonly record struct LossScale(double PerWeight, SampleKey First);
