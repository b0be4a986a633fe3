using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Backprop;

/// <summary>The instruments of the meter <c>Backprop.Training</c>. They cost a few nanoseconds when nobody listens.</summary>
internal static class TrainingMeter
{
    private static readonly Meter Meter = new("Backprop.Training");

    private static readonly Counter<long> Steps =
        Meter.CreateCounter<long>("backprop.training.steps", "{step}", "Training steps taken.");

    private static readonly Counter<long> Samples =
        Meter.CreateCounter<long>("backprop.training.samples", "{sample}", "Samples trained on.");

    private static readonly Counter<long> Skipped =
        Meter.CreateCounter<long>("backprop.training.skipped_steps", "{step}", "Steps whose loss or gradient was not finite.");

    private static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("backprop.training.step.duration", "s", "Time a step took.");

    private static readonly Gauge<double> Loss =
        Meter.CreateGauge<double>("backprop.training.loss", "1", "Mean loss of the last batch.");

    /// <summary>A time stamp, or 0 when nobody asks for durations.</summary>
    public static long Start() => Duration.Enabled ? Stopwatch.GetTimestamp() : 0;

    public static void Record(in StepResult result, long started)
    {
        Steps.Add(1);
        Samples.Add(result.Samples);
        Loss.Record(result.Loss);
        if (result.Outcome == GradientOutcome.Skipped)
            Skipped.Add(1);
        if (started != 0)
            Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
    }
}
