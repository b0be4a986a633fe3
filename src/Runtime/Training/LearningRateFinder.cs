namespace Backprop;

/// <summary>The learning rate range test: trains while the rate rises and watches the loss (Smith, "Cyclical Learning Rates
/// for Training Neural Networks", 2017).</summary>
internal static class LearningRateFinder
{
    /// <summary>Runs the test and puts trainer, model and optimizer back as they were.</summary>
    public static LearningRateSearch Run<TModel, TSample>(
        Trainer<TModel, TSample> trainer, TrainingData<TSample> data, LearningRateRange range)
        where TModel : class, IDifferentiable<TModel>
    {
        Checkpoint before = trainer.Capture();
        try
        {
            return Rise(trainer, data, range);
        }
        finally
        {
            trainer.RestoreState(before);
        }
    }

    private static LearningRateSearch Rise<TModel, TSample>(
        Trainer<TModel, TSample> trainer, TrainingData<TSample> data, LearningRateRange range)
        where TModel : class, IDifferentiable<TModel>
    {
        List<double> rates = [], losses = [];
        double running = 0, best = double.PositiveInfinity;
        foreach (ReadOnlyMemory<TSample> batch in Batches(data, range, trainer.Options.Seed))
        {
            double rate = range.RateAt(rates.Count);
            double loss = trainer.TakeStep(batch, rate).Loss;
            running = (range.Smoothing * running) + ((1 - range.Smoothing) * loss);

            // The running mean starts at zero; dividing by the weight it has gathered removes the bias.
            double smooth = running / (1 - Math.Pow(range.Smoothing, rates.Count + 1));
            best = Math.Min(best, smooth);
            if (!double.IsFinite(smooth) || smooth > range.Divergence * best)
                break;
            rates.Add(rate);
            losses.Add(smooth);
        }

        return LearningRateSearch.Of(rates, losses);
    }

    private static IEnumerable<ReadOnlyMemory<TSample>> Batches<TSample>(
        TrainingData<TSample> data, LearningRateRange range, ulong seed)
    {
        SampleOrder order = data.CanShuffle ? SampleOrder.Shuffled : SampleOrder.Sequential;
        for (int epoch = 0, step = 0; step < range.Steps; epoch++)
        {
            int first = step;
            IBatchReader<TSample> reader = data.Open(new BatchPlan(range.BatchSize, order, LastBatch.Keep, seed, epoch));
            try
            {
                while (step < range.Steps && reader.MoveNextAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult())
                {
                    step++;
                    yield return reader.Current;
                }
            }
            finally
            {
                // Also when the search ends in the middle of the data, or a loss throws.
                reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }

            if (step == first)
                throw new ArgumentException("The data gave no batch.", nameof(data));
        }
    }
}
