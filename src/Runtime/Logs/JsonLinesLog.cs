using System.Buffers;
using System.Text.Json;

namespace Backprop;

/// <summary>Writes steps and epochs as one JSON object a line. A resumed training continues the file without gap or repetition.</summary>
/// <remarks>Numbers that are not finite, for which JSON has no form, are written as the strings <c>"NaN"</c>,
/// <c>"Infinity"</c> and <c>"-Infinity"</c>.</remarks>
public sealed class JsonLinesLog : ITrainingCallback, IDisposable
{
    private readonly string path;
    private readonly ArrayBufferWriter<byte> buffer = new();
    private readonly Utf8JsonWriter json;
    private AppendedLog? log;

    /// <summary>Creates the callback; the file is opened when the training starts.</summary>
    /// <param name="path">The file.</param>
    public JsonLinesLog(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        this.path = path;
        json = new Utf8JsonWriter(buffer);
    }

    /// <summary>Every how many steps a step is written; 0 for none.</summary>
    public int EverySteps { get; init => field = LogInterval.Check(value, nameof(EverySteps)); } = 1;

    /// <inheritdoc/>
    public void OnFitStart(TrainingContext context)
    {
        Dispose();
        log = AppendedLog.Open(path, context, PositionOf);
    }

    /// <inheritdoc/>
    public void OnStepEnd(TrainingContext context, in StepResult result)
    {
        if (!LogInterval.IsDue(in result, EverySteps))
            return;
        Start("step", context.Epoch, result.Step + 1);
        WriteNumber("loss", result.Loss);
        WriteNumber("gradient_norm", result.GradientNorm);
        WriteNumber("learning_rate", result.LearningRate);
        json.WriteBoolean("applied", result.Outcome == GradientOutcome.Applied);
        Finish();
    }

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext context, EpochRecord record)
    {
        Start("epoch", record.Epoch, record.Step);
        WriteNumber("loss", record.Loss);
        WriteNumber("learning_rate", record.LearningRate);
        if (!double.IsNaN(record.ValidationLoss))
            WriteNumber("validation_loss", record.ValidationLoss);
        foreach (MetricValue metric in record.Metrics)
            WriteNumber(metric.Name, metric.Value);
        WriteNumber("seconds", record.Elapsed.TotalSeconds);
        Finish();
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

    private static LogPosition? PositionOf(string row)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(row);
            JsonElement root = document.RootElement;
            int finished = root.GetProperty("event").GetString() == "epoch" ? root.GetProperty("epoch").GetInt32() : -1;
            return new LogPosition(root.GetProperty("step").GetInt64(), finished);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            // Someone else's line is left alone.
            return null;
        }
    }

    private void Start(string what, int epoch, long step)
    {
        buffer.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        json.WriteString("event", what);
        json.WriteNumber("epoch", epoch);
        json.WriteNumber("step", step);
    }

    private void WriteNumber(string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteString(name, double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    }

    private void Finish()
    {
        json.WriteEndObject();
        json.Flush();
        log!.Write(buffer.WrittenSpan);
    }
}
