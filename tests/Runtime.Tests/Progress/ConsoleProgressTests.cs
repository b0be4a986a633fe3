namespace Backprop.Tests;

public class ConsoleProgressTests
{
    private readonly Clock clock = new();
    private readonly StringWriter writer = new() { NewLine = "\n" };

    [Fact]
    public void Lines_are_plain_and_rare()
    {
        var progress = new ConsoleProgress(writer, ProgressStyle.Lines, clock);
        for (int step = 1; step <= 100; step++)
        {
            clock.Advance(TimeSpan.FromSeconds(0.5));
            progress.Report(At(step));
        }

        progress.Report(At(100) with { Stage = ProgressStage.Epoch, ValidationLoss = 0.125 });
        progress.Report(At(100) with { Stage = ProgressStage.End });
        string[] lines = writer.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(6, lines.Length);
        Assert.Equal("epoch 2/3  step 20/300  loss 0.05  1200 samples/s  1:05 left", lines[0]);
        Assert.Equal("epoch 2/3  step 100/300  loss 0.01  validation 0.125  1200 samples/s  1:01:05", lines[5]);
        Assert.DoesNotContain('\r', writer.ToString());
    }

    [Fact]
    public void The_bar_is_drawn_over_ten_times_a_second_and_wiped_at_the_end()
    {
        var progress = new ConsoleProgress(writer, ProgressStyle.Bar, clock);
        for (int step = 1; step <= 100; step++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(10));
            progress.Report(At(step));
        }

        string[] drawn = writer.ToString().Split('\r')[1..];
        Assert.Equal(10, drawn.Length);
        Assert.StartsWith("[########........] epoch 2/3  step 50/300", drawn[4]);
        Assert.StartsWith("[################] epoch 2/3  step 100/300", drawn[9]);
        Assert.DoesNotContain('\n', writer.ToString());
        progress.Report(At(100) with { Stage = ProgressStage.End });
        Assert.Matches("\r *\r$", writer.ToString());
    }

    [Fact]
    public void The_bar_does_not_wrap()
    {
        var progress = new ConsoleProgress(writer, ProgressStyle.Bar, clock, () => 30);
        clock.Advance(TimeSpan.FromSeconds(1));
        progress.Report(At(50));
        Assert.Equal("\r[########........] epoch 2/3 ", writer.ToString());
    }

    [Fact]
    public void Unknown_lengths_are_left_out()
    {
        clock.Advance(TimeSpan.FromMinutes(1));
        new ConsoleProgress(writer, ProgressStyle.Lines, clock).Report(
            At(5) with { Stage = ProgressStage.Epoch, Epochs = null, Steps = null, Batches = null, Remaining = null, SamplesPerSecond = 2.5e6 });
        Assert.Equal("epoch 2  step 5  loss 0.2  2.5M samples/s  1:01:05\n", writer.ToString());
    }

    [Fact]
    public void Fit_reports_every_step_epoch_and_the_end()
    {
        var reports = new List<TrainingProgress>();
        Trainers.Create().Fit(Sample.Create(10), new FitOptions { Epochs = 2, BatchSize = 4, Progress = new Collector(reports) }, Trainers.Validation());
        Assert.Equal("SSSESSSEE", string.Concat(reports.Select(r => r.Stage.ToString()[0])));
        Assert.Equal([1, 2, 3, 3, 4, 5, 6, 6, 6], reports.Select(r => (int)r.Step));
        Assert.All(reports, r => Assert.Equal((2, 3, 6L), (r.Epochs, r.Batches, r.Steps)));
        Assert.Equal([1, 2, 3, 3, 1, 2, 3, 3, 3], reports.Select(r => r.Batch));
        Assert.False(double.IsNaN(reports[3].ValidationLoss));
        Assert.Equal(TimeSpan.Zero, reports[^1].Remaining);
        Assert.All(reports, r => Assert.True(r.SamplesPerSecond > 0 && r.Remaining >= TimeSpan.Zero));
    }

    private static TrainingProgress At(int step) => new(
        ProgressStage.Step, 1, 3, step, 100, step, 300, 1.0 / step, double.NaN, 1200, new TimeSpan(1, 1, 5), TimeSpan.FromSeconds(65));

    private sealed class Collector(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }

    private sealed class Clock : TimeProvider
    {
        private long ticks = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan time) => ticks += time.Ticks;

        public override long GetTimestamp() => ticks;
    }
}
