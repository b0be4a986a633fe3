using Backprop.Fuzz.Harness;
using Backprop.Fuzz.Interpret;

namespace Backprop.Fuzz.Oracles;

/// <summary>No state outlives a call.</summary>
internal static class Repetition
{
    private const int Threads = 3;
    private const int Rounds = 3;

    public static string? TwiceTheSame(Specimen specimen)
    {
        IRun run = specimen.Run(Specimen.Release);
        Observation[] first = [.. specimen.Points.Select(point => specimen.Observe(run, point.Input))];
        Observation[] second = [.. specimen.Points.Select(point => specimen.Observe(run, point.Input))];
        return Differences(first, second).Select(difference => $"the second time {difference}").FirstOrDefault();
    }

    public static string? ManyAtOnce(Specimen specimen)
    {
        IRun run = specimen.Run(Specimen.Release);
        Observation[] alone = [.. specimen.Points.Select(point => specimen.Observe(run, point.Input))];
        Observation[][] together = new Observation[Threads][];
        Parallel.For(0, Threads, thread =>
        {
            IRun own = specimen.Run(Specimen.Release);
            for (int round = 0; round < Rounds; round++)
            {
                together[thread] = [.. specimen.Points.Select(point => specimen.Observe(own, point.Input))];
            }
        });
        return together.SelectMany(one => Differences(alone, one)).Select(difference => $"beside other threads {difference}").FirstOrDefault();
    }

    private static IEnumerable<string> Differences(Observation[] expected, Observation[] actual) => expected.Zip(actual)
        .SelectMany(pair => new[] { Values.Difference(pair.First.Outputs, pair.Second.Outputs), Values.Difference(pair.First.Gradient, pair.Second.Gradient) })
        .OfType<string>();
}
