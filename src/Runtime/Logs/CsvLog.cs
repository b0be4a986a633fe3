using System.Globalization;
using System.Text;

namespace Backprop;

/// <summary>Writes steps and epochs as comma-separated values. A resumed training continues the file without gap or repetition.</summary>
/// <remarks>Columns: <c>event</c> (step or epoch), <c>epoch</c> (from 0), <c>step</c> (steps taken), <c>loss</c>,
/// <c>gradient_norm</c>, <c>learning_rate</c>, <c>validation_loss</c>, then the metrics. A field that does not apply is empty.</remarks>
public sealed class CsvLog : ITrainingCallback, IDisposable
{
    private readonly string path;
    private AppendedLog? log;

    /// <summary>Creates the callback; the file is opened when the training starts.</summary>
    /// <param name="path">The file.</param>
    public CsvLog(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        this.path = path;
    }

    /// <summary>Every how many steps a step is written; 0 for none.</summary>
    public int EverySteps { get; init => field = LogInterval.Check(value, nameof(EverySteps)); } = 1;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The file to continue has other columns.</exception>
    public void OnFitStart(TrainingContext context)
    {
        Dispose();
        log = AppendedLog.Open(path, context, PositionOf);
        string header = string.Join(',', new[] { "event", "epoch", "step", "loss", "gradient_norm", "learning_rate", "validation_loss" }
            .Concat(context.MetricNames).Select(Quote));
        if (log.IsEmpty)
            log.Write(Encoding.UTF8.GetBytes(header));
        else if (log.FirstRow() != header)
            throw new InvalidOperationException($"The log {path} has other columns than this training.");
    }

    /// <inheritdoc/>
    public void OnStepEnd(TrainingContext context, in StepResult result)
    {
        if (!LogInterval.IsDue(in result, EverySteps))
            return;
        string row = string.Create(CultureInfo.InvariantCulture, $"step,{context.Epoch},{result.Step + 1},{result.Loss:R},{result.GradientNorm:R},{result.LearningRate:R},");
        Write(row + new string(',', context.MetricNames.Count));
    }

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext context, EpochRecord record)
    {
        var row = new StringBuilder();
        row.Append(CultureInfo.InvariantCulture, $"epoch,{record.Epoch},{record.Step},{record.Loss:R},,{record.LearningRate:R},");
        if (!double.IsNaN(record.ValidationLoss))
            row.Append(CultureInfo.InvariantCulture, $"{record.ValidationLoss:R}");
        foreach (string name in context.MetricNames)
        {
            double value = record.Find(name);
            row.Append(',').Append(double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture));
        }

        Write(row.ToString());
    }

    /// <inheritdoc/>
    public void OnFitEnd(TrainingContext context, TrainingRun run) => Dispose();

    /// <inheritdoc/>
    public void OnException(TrainingContext context, Exception error) => Dispose();

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        log?.Dispose();
        log = null;
    }

    private static LogPosition? PositionOf(string row) =>
        row.Split(',', 4) is [var what, var epochText, var stepText, ..]
        && int.TryParse(epochText, CultureInfo.InvariantCulture, out int epoch)
        && long.TryParse(stepText, CultureInfo.InvariantCulture, out long step)
            ? new LogPosition(step, what == "epoch" ? epoch : -1)
            : null;

    private static string Quote(string field) =>
        field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"")}\"";

    private void Write(string row) => log!.Write(Encoding.UTF8.GetBytes(row));
}
