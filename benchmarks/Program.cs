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

double[] sines = [.. Enumerable.Range(0, 1000).Select(i => Math.Sin(i))], gradient = new double[1000];

// Calls: what is divided into methods against the same written out by hand. A thousand at a time, so that the clock is not what is measured.
double two0 = 0, two1 = 0;
Case[] calls =
[
    new("ten nested methods", () => Often(i => Calls.TenByHandBackward(i, 0.7, ref two0, ref two1)), () => Often(i => Calls.ChainBackward(i, 0.7, ref two0, ref two1)),
        () => Differences.Error(x => Calls.Chain(x[0], x[1]), [0.3, 0.7], (x, d) => Calls.ChainBackward(x[0], x[1], ref d[0], ref d[1]))) { Bar = 1.1 },
    new("ten calls in a row", () => Often(i => Calls.TenByHandBackward(i, 0.7, ref two0, ref two1)), () => Often(i => Calls.TenBackward(i, 0.7, ref two0, ref two1)),
        () => Differences.Error(x => Calls.Ten(x[0], x[1]), [0.3, 0.7], (x, d) => Calls.TenBackward(x[0], x[1], ref d[0], ref d[1]))) { Bar = 1.1 },
    new("1000 calls, recorded", () => Calls.RecurrenceByHandBackward(0.3, 0.7, 1000, ref two0, ref two1), () => Calls.RecurrenceBackward(0.3, 0.7, 1000, ref two0, ref two1),
        () => Differences.Error(x => Calls.Recurrence(x[0], x[1], 1000), [0.3, 0.7], (x, d) => Calls.RecurrenceBackward(x[0], x[1], 1000, ref d[0], ref d[1]))) { Bar = 1.2 },
    new("1000 calls in a sum", () => Calls.SumByHandBackward(sines, 0.7, gradient, ref two0), () => Calls.SumBackward(sines, 0.7, gradient, ref two0),
        () => Differences.Error(x => Calls.Sum(x, 0.7), sines, (x, d) => Calls.SumBackward(x, 0.7, d, ref two0))) { Bar = 1.2 },
];
if (args is ["tensors"])
{
    return Runner.Run([Problems.TensorsToLoops()]) == 0 ? 0 : 1;
}

if (args is ["calls"])
{
    return Runner.Run(calls) == 0 ? 0 : 1;
}

// The problems whose names begin with the argument; without one, all.
return Runner.Run(Problems.All().Where(problem => args.Length == 0 || problem.Name.StartsWith(args[0], StringComparison.Ordinal))) == 0 ? 0 : 1;

static double Often(Func<double, double> call)
{
    double sum = 0;
    for (int i = 0; i < 1000; i++)
    {
        sum += call(0.3 + 1e-6 * i);
    }

    return sum;
}
