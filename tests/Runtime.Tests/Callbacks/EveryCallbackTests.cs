namespace Backprop.Tests;

/// <summary>What every callback promises.</summary>
public sealed class EveryCallbackTests : IDisposable
{
    private static readonly Sample[] Samples = Sample.Create(20);

    private static readonly Dictionary<string, Func<TemporaryFolder, ITrainingCallback>> All = new()
    {
        ["BestWeights"] = static _ => new BestWeights(),
        ["CheckpointSaver"] = static folder => new CheckpointSaver(new CheckpointFolder(folder.File("checkpoints"))) { EverySteps = 3 },
        ["CsvLog"] = static folder => new CsvLog(folder.File("log.csv")),
        ["EarlyStopping"] = static _ => new EarlyStopping(2, Criterion.Loss with { MinDelta = 0.02 }),
        ["JsonLinesLog"] = static folder => new JsonLinesLog(folder.File("log.jsonl")),
        ["ReduceOnPlateau"] = static _ => new ReduceOnPlateau(new PlateauSchedule(1) { Patience = 0, Factor = 0.5, Threshold = 0.02, ThresholdForm = ThresholdForm.Absolute }),
        ["TensorBoardLog"] = static folder => new TensorBoardLog(folder.File("board")) { Histograms = LeafHistograms.EveryEpoch },
    };

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Callbacks => [.. All.Keys];

    public void Dispose() => folder.Dispose();

    /// <summary>A log that was kept so far is not begun anew by a training that cannot begin.</summary>
    [Fact]
    public void Nothing_is_begun_where_one_cannot_do_its_work()
    {
        foreach (var (name, create) in All)
        {
            Trainers.Create().Fit(Samples, new FitOptions { Epochs = 2, Callbacks = [create(folder)] }, Trainers.Validation());
            string[] before = Contents();
            var options = new FitOptions { Epochs = 2, Callbacks = [create(folder), new Refuser()] };
            Assert.Equal("nothing", Assert.Throws<ArgumentException>(() => Trainers.Create().Fit(Samples, options, Trainers.Validation())).ParamName);
            Assert.True(before.SequenceEqual(Contents()), name);
        }
    }

    private string[] Contents() => [.. Directory.EnumerateFiles(folder.FullPath, "*", SearchOption.AllDirectories).Order().Select(static file => file + Convert.ToBase64String(File.ReadAllBytes(file)))];

    private sealed class Refuser : ITrainingCallback
    {
        public void Check(TrainingContext context) => throw new ArgumentException("No.", "nothing");
    }

    [Fact]
    public void The_list_has_every_callback() => Assert.Equal(
        typeof(ITrainingCallback).Assembly.GetTypes().Where(static type => type.IsClass && type.IsAssignableTo(typeof(ITrainingCallback))).Select(static type => type.Name).Order(),
        All.Keys.Order());

    [Fact]
    public void All_work_together()
    {
        TrainingRun run = Fit(Trainers.Create(), new FitOptions { Epochs = 3, Callbacks = [.. All.Values.Select(create => create(folder))] });
        Assert.Equal(3, run.Epochs);
    }

    [Theory]
    [MemberData(nameof(Callbacks))]
    public void A_resumed_training_is_one_that_never_stopped(string name)
    {
        var options = new FitOptions { Epochs = 12, BatchSize = 4 };
        Trainer<Regressor, Sample> whole = Trainers.Create(), second = Trainers.Create(seed: 77);
        TrainingRun expected = Fit(whole, options with { Callbacks = [All[name](folder)] });
        Checkpoint? saved = null;
        Fit(Trainers.Create(), options with { Epochs = 3, Callbacks = [All[name](folder), new Recorder { OnEpochContext = context => saved = context.CaptureState() }] });
        TrainingRun run = Fit(second, options with { Callbacks = [All[name](folder)], Resume = saved });
        Assert.Equal(whole.Model.Bits(), second.Model.Bits());
        Assert.Equal((expected.Steps, expected.Epochs, expected.Reason, expected.Detail), (run.Steps, run.Epochs, run.Reason, run.Detail));
        Assert.Equal(expected.History.Select(static r => (r.Loss, r.ValidationLoss, r.LearningRate)), run.History.Select(static r => (r.Loss, r.ValidationLoss, r.LearningRate)));
    }

    [Theory]
    [MemberData(nameof(Callbacks))]
    public void One_object_serves_one_training_after_another(string name)
    {
        ITrainingCallback callback = All[name](folder);
        Assert.Equal(1, Fit(Trainers.Create(), new FitOptions { Epochs = 1, Mode = FitMode.FastDevRun, Callbacks = [callback] }).Epochs);
        Assert.Equal(2, Fit(Trainers.Create(seed: 4), new FitOptions { Epochs = 2, Callbacks = [callback] }).Epochs);
    }

    [Theory]
    [MemberData(nameof(Callbacks))]
    public void An_exception_comes_out_unchanged_and_leaves_no_file_open(string name)
    {
        var stop = new Recorder { OnStep = static result => { if (result.Step == 7) throw new NotSupportedException("step 7"); } };
        var options = new FitOptions { Epochs = 9, BatchSize = 4, Callbacks = [All[name](folder), stop] };
        Assert.Equal("step 7", Assert.Throws<NotSupportedException>(() => Fit(Trainers.Create(), options)).Message);
        foreach (string file in Directory.GetFiles(folder.FullPath, "*", SearchOption.AllDirectories))
            File.Open(file, FileMode.Open, FileAccess.Read, FileShare.None).Dispose();
    }

    private static TrainingRun Fit(Trainer<Regressor, Sample> trainer, FitOptions options) => trainer.Fit(Samples, options, Trainers.Validation());
}
