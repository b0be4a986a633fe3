using System.Diagnostics;
using Backprop.Fuzz.Generation;
using Backprop.Fuzz.Harness;
using Backprop.Fuzz.Report;

namespace Backprop.Fuzz;

/// <summary>Runs the programs of consecutive seeds until time or seeds are used up.</summary>
internal sealed class Session(Settings settings)
{
    // What Roslyn does to track the steps of a driver grows with the cube of their number.
    private const int Together = 8;

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Lock door = new();
    private int next = settings.First;
    private volatile bool isEnded;

    public Tally Tally { get; } = new();

    public TimeSpan Elapsed => clock.Elapsed;

    public int Last => next - 1;

    /// <summary>No program is begun from now on.</summary>
    public void End() => isEnded = true;

    public void Run() => Parallel.For(0, settings.Jobs, new ParallelOptions { MaxDegreeOfParallelism = settings.Jobs }, _ =>
    {
        while (Take() is { Length: > 0 } seeds)
        {
            Sample?[] samples = [.. seeds.Select(seed => Programs.Of(seed, settings.Size))];
            IReadOnlyList<Outcome> outcomes = Trial.Of([.. samples.OfType<Sample>()], Effort.Full);
            lock (door)
            {
                outcomes.ToList().ForEach(Tally.Add);
                Array.ForEach([.. samples.Where(sample => sample is null)], _ => Tally.Skip());
            }
        }
    });

    private int[] Take()
    {
        lock (door)
        {
            long end = Math.Min(settings.First + (long)settings.Count, int.MaxValue);
            if (isEnded || clock.Elapsed.TotalSeconds >= settings.Seconds || next >= end)
            {
                return [];
            }

            int[] seeds = [.. Enumerable.Range(next, (int)Math.Min(Together, end - next))];
            next += seeds.Length;
            return seeds;
        }
    }
}
