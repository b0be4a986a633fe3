namespace Backprop;

/// <summary>What a model is measured on between epochs.</summary>
/// <param name="Data">The samples, read in sequence.</param>
/// <param name="Loss">The loss of a sample: the primal of what is trained.</param>
public sealed record Validation<TModel, TSample>(TrainingData<TSample> Data, Func<TModel, TSample, double> Loss)
{
    /// <summary>Samples read at a time; 1 or more. It does not change the result.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Figures to report; reset before each validation.</summary>
    public IReadOnlyList<IMetric> Metrics { get; init; } = [];

    /// <summary>Adds a sample to the metrics: <c>(model, s) => accuracy.Add(model.Scores(s.Pixels), s.Label)</c>.</summary>
    public Action<TModel, TSample>? Observe { get; init; }

    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(Data);
        ArgumentNullException.ThrowIfNull(Loss);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        if (Data.Count == 0)
            throw new ArgumentException("The validation data are empty.", nameof(Data));
        if (Metrics.Count > 0 && Observe is null)
            throw new ArgumentException("There are metrics, and nothing adds samples to them.", nameof(Observe));
    }

    /// <summary>Measures the model on all samples, or on the first batches.</summary>
    /// <returns>The mean loss.</returns>
    internal async ValueTask<double> MeasureAsync(TModel model, int maxBatches, CancellationToken cancellation)
    {
        foreach (IMetric metric in Metrics)
            metric.Reset();
        var mean = default(WeightedMean);
        var plan = new BatchPlan(BatchSize, SampleOrder.Sequential, LastBatch.Keep, 0, 0, 0, maxBatches);
        IBatchReader<TSample> reader = Data.Open(plan);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.MoveNextAsync(cancellation).ConfigureAwait(false))
                Measure(model, reader.Current.Span, ref mean);
        }

        return mean.Value;
    }

    private void Measure(TModel model, ReadOnlySpan<TSample> samples, ref WeightedMean mean)
    {
        foreach (TSample sample in samples)
        {
            mean.Add(Loss(model, sample), 1);
            Observe?.Invoke(model, sample);
        }
    }
}
