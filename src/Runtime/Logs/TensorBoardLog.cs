namespace Backprop;

/// <summary>Whether the distributions of the model's leaves are logged.</summary>
public enum LeafHistograms
{
    /// <summary>None.</summary>
    None,

    /// <summary>One a leaf at the end of every epoch.</summary>
    EveryEpoch,
}

/// <summary>Writes the training's curves for TensorBoard. A resumed training adds a file that takes over where it continues.</summary>
public sealed class TensorBoardLog : ITrainingCallback, IDisposable
{
    private readonly string folder;
    private TensorBoardFile? file;

    /// <summary>Creates the callback; a file is started when the training starts.</summary>
    /// <param name="folder">The folder of the run.</param>
    public TensorBoardLog(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        this.folder = folder;
    }

    /// <summary>Every how many steps a step is written; 0 for none.</summary>
    public int EverySteps { get; init => field = LogInterval.Check(value, nameof(EverySteps)); } = 10;

    /// <summary>Whether the distributions of the model's leaves are logged.</summary>
    public LeafHistograms Histograms { get; init; } = LeafHistograms.None;

    /// <inheritdoc/>
    public void OnFitStart(TrainingContext context)
    {
        Dispose();
        file = new TensorBoardFile(folder);
        if (context.IsResumed)
            file.AddRestart(context.Step + 1);
    }

    /// <inheritdoc/>
    public void OnStepEnd(TrainingContext context, in StepResult result)
    {
        if (!LogInterval.IsDue(in result, EverySteps))
            return;
        file!.AddScalar("step/loss", result.Loss, result.Step + 1);
        file.AddScalar("step/gradient_norm", result.GradientNorm, result.Step + 1);
        file.AddScalar("step/learning_rate", result.LearningRate, result.Step + 1);
    }

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext context, EpochRecord record)
    {
        file!.AddScalar("epoch/loss", record.Loss, record.Step);
        if (!double.IsNaN(record.ValidationLoss))
            file.AddScalar("epoch/validation_loss", record.ValidationLoss, record.Step);
        foreach (MetricValue metric in record.Metrics)
            file.AddScalar("epoch/" + metric.Name, metric.Value, record.Step);
        if (Histograms == LeafHistograms.EveryEpoch)
            AddLeaves(context.CaptureModel(), record.Step);
        file.Flush();
    }

    /// <inheritdoc/>
    public void OnFitEnd(TrainingContext context, TrainingRun run) => Dispose();

    /// <inheritdoc/>
    public void OnException(TrainingContext context, Exception error) => Dispose();

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        file?.Dispose();
        file = null;
    }

    private void AddLeaves(Checkpoint leaves, long step)
    {
        foreach (var (path, tensor) in leaves.Tensors)
        {
            double[] values = tensor.Type == TensorType.Float64
                ? tensor.Values<double>().ToArray()
                : Array.ConvertAll(tensor.Values<float>().ToArray(), static value => (double)value);
            file!.AddHistogram("leaves/" + path, values, step);
        }
    }
}
