namespace Backprop;

/// <summary>A loss that is called sample by sample.</summary>
internal sealed class SampleTerm<TModel, TSample>(SampleLoss<TModel, TSample> loss) : LossTerm<TModel, TSample>
{
    public override double Accumulate(TModel model, ReadOnlySpan<TSample> samples, TModel gradient, in LossScale scale)
    {
        double seed = scale.PerWeight, sum = 0;
        foreach (TSample sample in samples)
            sum += loss(model, sample, gradient, seed);
        return sum * seed;
    }
}

/// <summary>A loss that is called sample by sample and whose samples have weights.</summary>
internal sealed class WeightedTerm<TModel, TSample>(StochasticLoss<TModel, TSample> loss, Func<TSample, double> weight)
    : LossTerm<TModel, TSample>
{
    public override double Accumulate(TModel model, ReadOnlySpan<TSample> samples, TModel gradient, in LossScale scale)
    {
        double sum = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            // A sample without weight is not run: its loss may be infinite, and zero times infinity is NaN.
            double seed = weight(samples[i]) * scale.PerWeight;
            if (seed != 0)
                sum += seed * loss(model, samples[i], gradient, seed, scale.First with { Position = scale.First.Position + i });
        }

        return sum;
    }

    public override double WeightOf(ReadOnlySpan<TSample> batch)
    {
        double sum = 0;
        foreach (TSample sample in batch)
        {
            double own = weight(sample);
            if (!(own >= 0) || !double.IsFinite(own))
                throw new ArgumentException($"The weight of a sample is {own}.", nameof(weight));
            sum += own;
        }

        return sum > 0 ? sum : throw new ArgumentException("All weights of a batch are zero.", nameof(weight));
    }
}

/// <summary>A loss that is called sample by sample with the name of its random numbers.</summary>
internal sealed class StochasticTerm<TModel, TSample>(StochasticLoss<TModel, TSample> loss) : LossTerm<TModel, TSample>
{
    public override double Accumulate(TModel model, ReadOnlySpan<TSample> samples, TModel gradient, in LossScale scale)
    {
        double seed = scale.PerWeight, sum = 0;
        for (int i = 0; i < samples.Length; i++)
            sum += loss(model, samples[i], gradient, seed, scale.First with { Position = scale.First.Position + i });
        return sum * seed;
    }
}

/// <summary>A loss that is called with many samples and returns their mean.</summary>
internal sealed class BatchTerm<TModel, TSample>(BatchLoss<TModel, TSample> loss) : LossTerm<TModel, TSample>
{
    public override double Accumulate(TModel model, ReadOnlySpan<TSample> samples, TModel gradient, in LossScale scale)
    {
        double seed = samples.Length * scale.PerWeight;
        return seed * loss(model, samples, gradient, seed);
    }
}
