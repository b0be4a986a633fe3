using System.Text.Json;

namespace Backprop.Tests;

public sealed class LogTests : IDisposable
{
    private static readonly Sample[] Samples = Sample.Create(20);
    private readonly TemporaryFolder folder = new();

    private static readonly (string Name, Func<string, ITrainingCallback> Create)[] Logs =
    [
        ("csv", path => new CsvLog(path)),
        ("jsonl", path => new JsonLinesLog(path)),
    ];

    public static TheoryData<int, int> Stops
    {
        get
        {
            var data = new TheoryData<int, int>();
            for (int log = 0; log < Logs.Length; log++)
            {
                foreach (int step in (int[])[0, 1, 4, 5, 6, 10])
                    data.Add(log, step);
            }

            return data;
        }
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_log_is_a_callback_of_its_name()
    {
        IEnumerable<string> all = typeof(CsvLog).Assembly.GetExportedTypes()
            .Where(t => t.Name.EndsWith("Log", StringComparison.Ordinal) && t.IsAssignableTo(typeof(ITrainingCallback))).Select(t => t.Name);
        Assert.Equal(["CsvLog", "JsonLinesLog", "TensorBoardLog"], all.Order());
    }

    [Theory]
    [MemberData(nameof(Stops))]
    public void A_resumed_log_has_every_row_once(int log, int lastSaved)
    {
        // The run goes on past the checkpoint, and is then killed in the middle of a row.
        var (name, create) = Logs[log];
        Train(create(folder.File("whole")), steps: 12, resume: null);
        Checkpoint? saved = null;
        Train(create(folder.File("cut")), steps: 11, resume: null, c => saved = c.Step == lastSaved ? c.CaptureState() : saved);
        File.AppendAllText(folder.File("cut"), name == "csv" ? "step,9,1" : "{\"event\":\"st");
        Train(create(folder.File("cut")), steps: 12, saved);
        Assert.Equal(Rows("whole"), Rows("cut"));
    }

    [Fact]
    public void Csv_rows_are_numbers_in_named_columns()
    {
        var error = new MeanAbsoluteError("mae, weighted");
        var validation = Trainers.Validation() with { Metrics = [error], Observe = (m, s) => error.Add(m.Predict(s), s.Y) };
        TrainingRun run = Trainers.Create().Fit(Samples, new FitOptions { Epochs = 2, BatchSize = 4, Callbacks = [new CsvLog(folder.File("a.csv"))] }, validation);
        CsvRow[] rows = CsvFile.Open(folder.File("a.csv")).ToArray();
        Assert.Equal(12, rows.Length);
        Assert.Equal(["epoch", "1", "10"], new[] { rows[11]["event"], rows[11]["epoch"], rows[11]["step"] });
        Assert.Equal(run.History[1].Loss, rows[11].Double("loss"));
        Assert.Equal(run.History[1].ValidationLoss, rows[11].Double("validation_loss"));
        Assert.Equal(run.History[1].Find("mae, weighted"), rows[11].Double("mae, weighted"));
        Assert.Equal(0.05, rows[0].Double("learning_rate"));
    }

    [Fact]
    public void Json_lines_are_objects()
    {
        Sample[] data = [.. Samples];
        data[0] = data[0] with { Y = double.NaN };
        Trainers.Create().Fit(data, new FitOptions { Epochs = 1, BatchSize = 5, Order = SampleOrder.Sequential, Callbacks = [new JsonLinesLog(folder.File("a"))] });
        JsonElement[] rows = File.ReadAllLines(folder.File("a")).Select(l => JsonDocument.Parse(l).RootElement).ToArray();
        Assert.Equal(5, rows.Length);
        Assert.Equal("NaN", rows[0].GetProperty("loss").GetString());
        Assert.False(rows[0].GetProperty("applied").GetBoolean());
        Assert.Equal(2, rows[1].GetProperty("step").GetInt64());
        Assert.Equal("epoch", rows[4].GetProperty("event").GetString());
    }

    [Fact]
    public void Steps_are_thinned_out()
    {
        Trainers.Create().Fit(Samples, new FitOptions { Epochs = 2, BatchSize = 4, Callbacks = [new CsvLog(folder.File("a")) { EverySteps = 3 }] });
        Assert.Equal(["step", "3", "5", "6", "9", "10"], File.ReadAllLines(folder.File("a")).Select(l => l.Split(',')[2]));
    }

    [Fact]
    public void A_log_with_other_columns_is_not_continued()
    {
        File.WriteAllText(folder.File("a"), "something,else\n");
        Checkpoint? saved = null;
        Train(new CsvLog(folder.File("b")), 3, null, c => saved = c.CaptureState());
        Assert.Throws<InvalidOperationException>(() => Train(new CsvLog(folder.File("a")), 4, saved));
    }

    private static void Train(ITrainingCallback log, long steps, Checkpoint? resume, Action<TrainingContext>? onStep = null) =>
        Trainers.Create().Fit(
            Samples,
            new FitOptions { Steps = steps, BatchSize = 4, Resume = resume, Callbacks = [log, new EveryStep(onStep)] },
            Trainers.Validation());

    private string[] Rows(string file) =>
        File.ReadAllLines(folder.File(file)).Select(l => System.Text.RegularExpressions.Regex.Replace(l, "\"seconds\":[^}]*", "")).ToArray();

    private sealed class EveryStep(Action<TrainingContext>? onStep) : ITrainingCallback
    {
        public void OnStepEnd(TrainingContext context, in StepResult result) => onStep?.Invoke(context);
    }
}
