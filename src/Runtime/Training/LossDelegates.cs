namespace Backprop;

/// <summary>The loss of one sample with its backward pass, in double precision: a generated <c>…Backward</c>.</summary>
/// <param name="model">The model; read only.</param>
/// <param name="sample">The sample.</param>
/// <param name="gradient">Receives, by addition, the gradient of <paramref name="seed"/> times the loss.</param>
/// <param name="seed">The sample's share of the batch: its weight over the sum of the weights.</param>
/// <returns>The loss of the sample, not multiplied by the seed.</returns>
/// <remarks>With several threads it is called at the same time for several samples, each time with another gradient.</remarks>
public delegate double SampleLoss<in TModel, in TSample>(TModel model, TSample sample, TModel gradient, double seed);

/// <summary>The loss of one sample with its backward pass, in single precision.</summary>
/// <inheritdoc cref="SampleLoss{TModel, TSample}"/>
public delegate float SampleLossSingle<in TModel, in TSample>(TModel model, TSample sample, TModel gradient, float seed);

/// <summary>The loss of one sample that uses random numbers (dropout, augmentation), with its backward pass.</summary>
/// <param name="model">The model; read only.</param>
/// <param name="sample">The sample.</param>
/// <param name="gradient">Receives, by addition, the gradient of <paramref name="seed"/> times the loss.</param>
/// <param name="seed">The sample's share of the batch: its weight over the sum of the weights.</param>
/// <param name="key">Names the random numbers to use: the same for any number of threads and after a resumption.</param>
/// <returns>The loss of the sample, not multiplied by the seed.</returns>
public delegate double StochasticLoss<in TModel, in TSample>(TModel model, TSample sample, TModel gradient, double seed, SampleKey key);

/// <summary>The mean loss of a batch with its backward pass, in double precision.</summary>
/// <param name="model">The model; read only.</param>
/// <param name="batch">The samples: a whole batch, or one of the chunks it is split in.</param>
/// <param name="gradient">Receives, by addition, the gradient of <paramref name="seed"/> times the loss.</param>
/// <param name="seed">The share of these samples in the batch: 1 for a whole batch.</param>
/// <returns>The mean loss over the samples, not multiplied by the seed.</returns>
public delegate double BatchLoss<in TModel, TSample>(TModel model, ReadOnlySpan<TSample> batch, TModel gradient, double seed);

/// <summary>The mean loss of a batch with its backward pass, in single precision.</summary>
/// <inheritdoc cref="BatchLoss{TModel, TSample}"/>
public delegate float BatchLossSingle<in TModel, TSample>(TModel model, ReadOnlySpan<TSample> batch, TModel gradient, float seed);

/// <summary>Names the random numbers of one sample in one step: key and counter of a counter-based generator.</summary>
/// <param name="Seed">The trainer's seed.</param>
/// <param name="Step">The step, from 0.</param>
/// <param name="Position">The sample's position in its batch.</param>
public readonly record struct SampleKey(ulong Seed, long Step, int Position)
{
    /// <summary>The random numbers of this sample for one purpose; those of other samples, steps and purposes are independent of them.</summary>
    /// <param name="purpose">What the numbers are for: <c>dropout</c>, <c>augmentation</c>.</param>
    public RandomStream Stream(ReadOnlySpan<char> purpose) => new(Seed, purpose, Step, (long)Position << 32);
}
