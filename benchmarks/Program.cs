using System.Globalization;
using Backprop.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["generator"])
{
    return GeneratorCost.Run();
}

if (args is ["runtime"])
{
    bool isFast = Benchmarks.AdamStep.Run() >= Benchmarks.AdamStep.Bar;
    return Benchmarks.TrainerStep.Run() && isFast ? 0 : 1;
}

double[] ones = Vector(i => 1 + 0.1 * Math.Sin(i));
double[] sines = Vector(i => Math.Sin(i));
double[] wide = Vector(i => 3 * Math.Sin(i));
double[] orbit = [1, 0, 0, 1.1];
double[] gradient = new double[1000];

// Calls: what is divided into methods against the same written out by hand. A thousand at a time, so that the clock is not what is measured.
double two0 = 0, two1 = 0;
Case[] calls =
[
    new("ten nested methods", 1.1, () => Often(i => Calls.TenByHandBackward(i, 0.7, ref two0, ref two1)), () => Often(i => Calls.ChainBackward(i, 0.7, ref two0, ref two1)),
        () => Differences.Error(x => Calls.Chain(x[0], x[1]), [0.3, 0.7], (x, d) => Calls.ChainBackward(x[0], x[1], ref d[0], ref d[1]))),
    new("ten calls in a row", 1.1, () => Often(i => Calls.TenByHandBackward(i, 0.7, ref two0, ref two1)), () => Often(i => Calls.TenBackward(i, 0.7, ref two0, ref two1)),
        () => Differences.Error(x => Calls.Ten(x[0], x[1]), [0.3, 0.7], (x, d) => Calls.TenBackward(x[0], x[1], ref d[0], ref d[1]))),
    new("1000 calls, recorded", 1.2, () => Calls.RecurrenceByHandBackward(0.3, 0.7, 1000, ref two0, ref two1), () => Calls.RecurrenceBackward(0.3, 0.7, 1000, ref two0, ref two1),
        () => Differences.Error(x => Calls.Recurrence(x[0], x[1], 1000), [0.3, 0.7], (x, d) => Calls.RecurrenceBackward(x[0], x[1], 1000, ref d[0], ref d[1]))),
    new("1000 calls in a sum", 1.2, () => Calls.SumByHandBackward(sines, 0.7, gradient, ref two0), () => Calls.SumBackward(sines, 0.7, gradient, ref two0),
        () => Differences.Error(x => Calls.Sum(x, 0.7), sines, (x, d) => Calls.SumBackward(x, 0.7, d, ref two0))),
];
if (args is ["calls"])
{
    return Runner.Run(calls) == 0 ? 0 : 1;
}

Case[] cases =
[
    new("rosen1000", 2.0, () => Objectives.Rosenbrock(ones), () => Objectives.RosenbrockBackward(ones, gradient),
        () => Differences.Error(x => Objectives.Rosenbrock(x), ones, (x, d) => Objectives.RosenbrockBackward(x, d))),
    new("sumofsquares1000", 1.5, () => Objectives.SumOfSquares(ones), () => Objectives.SumOfSquaresBackward(ones, gradient),
        () => Differences.Error(x => Objectives.SumOfSquares(x), ones, (x, d) => Objectives.SumOfSquaresBackward(x, d))),
    new("lorenz1000 (RK4)", 4.0, () => Objectives.Lorenz(1, 1, 1, 10, 28, 8.0 / 3, 1000), () => Lorenz(1000, gradient),
        () => Differences.Error(p => Objectives.Lorenz(p[0], p[1], p[2], p[3], p[4], p[5], 200), [1, 1, 1, 10, 28, 8.0 / 3], (p, d) => LorenzAt(p, 200, d))),
    new("kepler1000", 4.0, () => Objectives.Kepler(1, 0, 0, 1.1, 1000), () => Kepler(orbit, gradient),
        () => Differences.Error(p => Objectives.Kepler(p[0], p[1], p[2], p[3], 1000), [1, 0, 0, 1.1], Kepler)),
    new("lse1000", 3.0, () => Objectives.LogSumExp(wide), () => Objectives.LogSumExpBackward(wide, gradient),
        () => Differences.Error(x => Objectives.LogSumExp(x), wide, (x, d) => Objectives.LogSumExpBackward(x, d))),
    new("sinexp1000", 3.0, () => Objectives.SinExp(sines), () => Objectives.SinExpBackward(sines, gradient),
        () => Differences.Error(x => Objectives.SinExp(x), sines, (x, d) => Objectives.SinExpBackward(x, d))),
];

return Runner.Run(cases) == 0 ? 0 : 1;

static double Often(Func<double, double> call)
{
    double sum = 0;
    for (int i = 0; i < 1000; i++)
    {
        sum += call(0.3 + 1e-6 * i);
    }

    return sum;
}

static double[] Vector(Func<int, double> entry) => [.. Enumerable.Range(0, 1000).Select(entry)];

static double Lorenz(int steps, double[] d) => Objectives.LorenzBackward(1, 1, 1, 10, 28, 8.0 / 3, steps, ref d[0], ref d[1], ref d[2], ref d[3], ref d[4], ref d[5]);

static double LorenzAt(double[] p, int steps, double[] d)
    => Objectives.LorenzBackward(p[0], p[1], p[2], p[3], p[4], p[5], steps, ref d[0], ref d[1], ref d[2], ref d[3], ref d[4], ref d[5]);

static double Kepler(double[] p, double[] d) => Objectives.KeplerBackward(p[0], p[1], p[2], p[3], 1000, ref d[0], ref d[1], ref d[2], ref d[3]);
