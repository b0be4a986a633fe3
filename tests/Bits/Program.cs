using System.Numerics;
using Backprop;
using Backprop.Bits;

// A line for each result: its name and its bits.
double[] x = [.. Enumerable.Range(0, 37).Select(static i => 0.3 + 0.07 * i)], w = [.. x.Reverse()];
float[] singles = [.. x.Select(static v => (float)v)];

{
    double dx = 0, dy = 0;
    Print("Elementary", Functions.ElementaryBackward(1.3, 0.7, ref dx, ref dy), dx, dy);
    float fx = 0, fy = 0;
    Print("ElementarySingle", Functions.ElementarySingleBackward(1.3f, 0.7f, ref fx, ref fy), fx, fy);
}

{
    var (value, gradient) = Functions.RecordedGradient(0.7, x);
    Print("Recorded", [value, gradient.w, .. gradient.x]);
    var inner = Functions.InnerGradient(x, w);
    Print("Inner", [inner.Value, .. inner.Gradient.a, .. inner.Gradient.b]);
    var sums = Functions.SumsGradient(singles, 0.9f);
    Print("Sums", [sums.Value, sums.Gradient.scale, .. Wide(sums.Gradient.a)]);
    var walk = Functions.WalkGradient(0.7, 1.1, 9);
    Print("Walk", walk.Value, walk.Gradient.x, walk.Gradient.by);
    double[] smooth = [.. x], dSmooth = [.. w];
    double dRate = 0;
    Functions.SmoothBackward(smooth, 0.2, dSmooth, ref dRate);
    Print("Smooth", [dRate, .. smooth, .. dSmooth]);
    var table = Functions.TableGradient(new double[,] { { 1.1, 2.2, 3.3 }, { 0.4, 0.5, 0.6 } }, [[1.5, 2.5], [0.1, 0.2], [0.7, 0.9]]);
    Print("Table", [table.Value, .. table.Gradient.a.Cast<double>(), .. table.Gradient.b.SelectMany(static row => row)]);
    var doubles = Functions.GenericGradient(0.7, (ReadOnlySpan<double>)x);
    Print("Generic double", [doubles.Value, doubles.Gradient.x, .. doubles.Gradient.w]);
    var floats = Functions.GenericGradient(0.7f, (ReadOnlySpan<float>)singles);
    Print("Generic float", [floats.Value, floats.Gradient.x, .. Wide(floats.Gradient.w)]);
    var turn = Functions.TurnGradient(new Vector3(1.1f, 0.2f, 0.3f), Quaternion.Normalize(new Quaternion(0.1f, 0.2f, 0.3f, 0.9f)), Matrix4x4.CreateRotationX(0.4f));
    Print("Turn", turn.Value, turn.Gradient.v.X, turn.Gradient.v.Y, turn.Gradient.q.W, turn.Gradient.q.Z, turn.Gradient.m.M11, turn.Gradient.m.M23);
    var spin = Functions.SpinGradient(new Complex(0.3, 1.2));
    Print("Spin", spin.Value, spin.Gradient.Real, spin.Gradient.Imaginary);
}

{
    double[] dPrediction = new double[w.Length], dTarget = new double[w.Length];
    Print("SquaredError", [Losses.SquaredErrorBackward(x, w, Reduction.Mean, dPrediction, dTarget), .. dPrediction, .. dTarget]);
}

Func<Optimizer>[] optimizers =
[
    static () => new Sgd { LearningRate = 0.05, Momentum = 0.9 },
    static () => new AdamW { LearningRate = 0.01, Groups = [new("*.B") { WeightDecay = 0 }], Transforms = [new ClipByGlobalNorm(0.5)], Averages = [new ExponentialMovingAverage(0.9)] },
    static () => new Lion { LearningRate = 0.01 },
    static () => new Lamb { LearningRate = 0.01 },
    static () => new Muon { LearningRate = 0.01 },
    static () => new Adafactor { LearningRate = 0.01 },
];
foreach (Func<Optimizer> create in optimizers)
{
    Optimizer optimizer = create();
    Network network = Network.Create(), gradient = network.ZerosLike();
    double loss = 0, dTarget = 0;
    for (int i = 0; i < 25; i++)
    {
        gradient.Clear();
        loss = network.LossBackward([0.3, -0.2, 0.9], 0.7, gradient, ref dTarget);
        optimizer.Step(network, gradient);
    }

    string file = Path.GetTempFileName();
    Checkpoint saved = new();
    saved.Section("model").AddLeaves(network);
    saved.Section("optimizer").AddState(optimizer);
    Safetensors.Write(file, saved);
    Checkpoint read = Safetensors.Read(file);
    Network restored = Network.Create();
    read.Section("model").CopyLeavesTo(restored);
    Optimizer resumed = create();
    resumed.Prepare(restored);
    read.Section("optimizer").CopyStateTo(resumed);
    File.Delete(file);
    resumed.Step(restored, gradient);
    Print(optimizer.GetType().Name, [loss, dTarget, .. Leaves(restored)]);
}

{
    Trainer<Network, double> trainer = Trainer.Create<Network, double>(
        Network.Create(),
        new AdamW { LearningRate = 0.01 },
        static (Network m, double t, Network g, double seed) =>
        {
            double unused = 0;
            return m.LossBackward([0.3, t, 0.9], t, g, ref unused, seed);
        },
        new TrainerOptions { Seed = 3, Chunks = 2, Threads = 2, LearningRate = new WarmupSchedule(new CosineSchedule(0.02, 40), 5) });
    trainer.Fit(TrainingData.From(x), new FitOptions { Steps = 30, BatchSize = 8 });
    Print("Trainer", [.. Leaves(trainer.Model)]);
    Print("GradientCheck", GradientCheck.Run(static (a, b) => Functions.Step(a, b), static (double a, double b, ref double da, ref double db) => Functions.StepBackward(a, b, ref da, ref db), at: (0.7, 1.1)).Error);
}

static double[] Wide(float[] values) => [.. values.Select(static v => (double)v)];

static List<double> Leaves(Network network)
{
    Checkpoint all = new();
    all.Root.AddLeaves(network);
    return [.. all.Tensors.OrderBy(static t => t.Key, StringComparer.Ordinal).SelectMany(static t => t.Value.Data.ToArray()).Select(static b => (double)b)];
}

static void Print(string name, params ReadOnlySpan<double> values)
{
    Console.Write(name);
    foreach (double value in values)
    {
        Console.Write($" {BitConverter.DoubleToInt64Bits(value):x16}");
    }

    Console.WriteLine();
}
