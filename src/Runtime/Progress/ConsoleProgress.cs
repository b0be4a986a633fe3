using System.Globalization;
using System.Text;

namespace Backprop;

/// <summary>How progress is written.</summary>
public enum ProgressStyle
{
    /// <summary>One line that is drawn over, for a terminal.</summary>
    Bar,

    /// <summary>A line now and then, for a file or a pipe.</summary>
    Lines,
}

/// <summary>Writes the progress of a training for a person: a bar on a terminal, plain lines when redirected.</summary>
public sealed class ConsoleProgress : IProgress<TrainingProgress>
{
    private const int BarWidth = 16;
    private static readonly TimeSpan BarInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(10);
    private readonly TextWriter writer;
    private readonly ProgressStyle style;
    private readonly TimeProvider time;
    private readonly Func<int> columns;
    private readonly StringBuilder text = new();
    private long lastWritten;
    private int drawn;

    /// <summary>Writes to the standard error stream, in the style that suits where it goes.</summary>
    public ConsoleProgress()
        : this(Console.Error, Console.IsErrorRedirected ? ProgressStyle.Lines : ProgressStyle.Bar, null, TerminalColumns)
    {
    }

    /// <summary>Writes to any writer.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="style">How to write.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public ConsoleProgress(TextWriter writer, ProgressStyle style, TimeProvider? time = null)
        : this(writer, style, time, static () => int.MaxValue)
    {
    }

    internal ConsoleProgress(TextWriter writer, ProgressStyle style, TimeProvider? time, Func<int> columns)
    {
        ArgumentNullException.ThrowIfNull(writer);
        this.writer = writer;
        this.style = style;
        this.time = time ?? TimeProvider.System;
        this.columns = columns;
        lastWritten = this.time.GetTimestamp();
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        TimeSpan interval = style == ProgressStyle.Bar ? BarInterval : LineInterval;
        if (value.Stage == ProgressStage.Step && time.GetElapsedTime(lastWritten) < interval)
            return;
        lastWritten = time.GetTimestamp();
        text.Clear();
        if (style == ProgressStyle.Bar)
            Draw(value);
        else if (value.Stage != ProgressStage.End)
            writer.WriteLine(Describe(value));
        writer.Flush();
    }

    private void Draw(TrainingProgress value)
    {
        if (value.Stage == ProgressStage.End)
        {
            Clear();
            return;
        }

        if (value.Batches is { } batches and > 0)
        {
            int filled = (int)(BarWidth * Math.Min(1.0, (double)value.Batch / batches));
            text.Append('[').Append('#', filled).Append('.', BarWidth - filled).Append("] ");
        }

        string line = Describe(value);
        if (value.Stage == ProgressStage.Epoch)
        {
            // The line of a finished epoch stays above the bar.
            Clear();
            writer.WriteLine(line);
            return;
        }

        // A line that wraps could not be drawn over.
        int length = Math.Min(line.Length, columns() - 1);
        writer.Write('\r');
        writer.Write(line.AsSpan(0, length));
        writer.Write(new string(' ', Math.Max(0, drawn - length)));
        drawn = length;
    }

    private void Clear()
    {
        if (drawn > 0)
            writer.Write("\r" + new string(' ', drawn) + "\r");
        drawn = 0;
    }

    private string Describe(TrainingProgress value)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        text.Append(culture, $"epoch {value.Epoch + 1}");
        if (value.Epochs is { } epochs)
            text.Append(culture, $"/{epochs}");
        text.Append(culture, $"  step {value.Step}");
        if (value.Steps is { } steps)
            text.Append(culture, $"/{steps}");
        text.Append(culture, $"  loss {value.Loss:G5}");
        if (!double.IsNaN(value.ValidationLoss))
            text.Append(culture, $"  validation {value.ValidationLoss:G5}");
        text.Append(culture, $"  {Rate(value.SamplesPerSecond)} samples/s");
        if (value.Stage == ProgressStage.Step && value.Remaining is { } remaining)
            text.Append(culture, $"  {Clock(remaining)} left");
        else
            text.Append(culture, $"  {Clock(value.Elapsed)}");
        return text.ToString();
    }

    private static int TerminalColumns()
    {
        int width = Console.IsErrorRedirected || Console.IsOutputRedirected ? 0 : Console.WindowWidth;
        return width > 1 ? width : 80;
    }

    private static string Rate(double rate) => rate switch
    {
        >= 1e6 => (rate / 1e6).ToString("0.0M", CultureInfo.InvariantCulture),
        >= 1e4 => (rate / 1e3).ToString("0k", CultureInfo.InvariantCulture),
        _ => rate.ToString("0", CultureInfo.InvariantCulture),
    };

    private static string Clock(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");
}
