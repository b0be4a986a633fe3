using System.Diagnostics;
using Backprop;

namespace Benchmarks;

/// <summary>What the training loop costs by itself: steps around a loss that does nothing, for a model of four numbers, as minima of many rounds.</summary>
public static class TrainerStep
{
    private const int Rounds = 60, Samples = 8192, BatchSize = 32;

    /// <summary>What a sample may cost, and what a step may cost beyond the same step written by hand, in nanoseconds: one percent of a step of 10 µs.</summary>
    public const double Bar = 100;

    private static readonly int[] Data = [.. Enumerable.Range(0, Samples)];

    /// <summary>Measures and prints.</summary>
    /// <returns>Whether every bar is met.</returns>
    public static bool Run()
    {
        Trainer<Empty, int> single = Create(), batched = Create(), sequential = Create(), shuffled = Create();
        Empty model = new(), gradient = new();
        var optimizer = new Sgd { LearningRate = 0.1 };
        Action[] runs =
        [
            () => ByHand(model, gradient, optimizer),
            () => Steps(single, 1),
            () => Steps(batched, BatchSize),
            () => Fit(sequential, SampleOrder.Sequential),
            () => Fit(shuffled, SampleOrder.Shuffled),
        ];
        double[] best = [.. runs.Select(static _ => double.MaxValue)];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < runs.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                runs[i]();
                best[i] = Math.Min(best[i], Stopwatch.GetElapsedTime(start).TotalNanoseconds / Samples);
            }
        }

        bool isGood = Report("Trainer.Step beyond the same by hand, a step", best[1] - best[0], Bytes(runs[1]), 0);
        isGood &= Report("Trainer.Step, batches of 32, a sample", best[2], Bytes(runs[2]), 0);

        // What an epoch allocates is its record, its reader, a copy of the state, and the order of its samples; steps allocate nothing.
        isGood &= Report("Fit in sequence, batches of 32, a sample", best[3], Bytes(runs[3]), 16_000);
        return isGood & Report("Fit shuffled, batches of 32, a sample", best[4], Bytes(runs[4]), 16_000 + (sizeof(int) * Samples));
    }

    private static Trainer<Empty, int> Create() => Trainer.Create<Empty, int>(new Empty(), new Sgd { LearningRate = 0.1 }, Loss);

    private static double Loss(Empty model, int sample, Empty gradient, double seed) => 0;

    private static void ByHand(Empty model, Empty gradient, Sgd optimizer)
    {
        foreach (int sample in Data)
        {
            gradient.Clear();
            Loss(model, sample, gradient, 1);
            optimizer.Step(model, gradient);
        }
    }

    private static void Steps(Trainer<Empty, int> trainer, int size)
    {
        for (int start = 0; start < Samples; start += size)
        {
            trainer.Step(Data.AsMemory(start, size));
        }
    }

    private static void Fit(Trainer<Empty, int> trainer, SampleOrder order) => trainer.Fit(
        Data, new FitOptions { Epochs = 1, BatchSize = BatchSize, Order = order });

    private static bool Report(string name, double nanoseconds, long bytes, long mostBytes)
    {
        bool isGood = nanoseconds < Bar && bytes <= mostBytes;
        Console.WriteLine($"{name,-46} {nanoseconds,6:F1} ns (bar {Bar}), {bytes,6} bytes for {Samples} samples (bar {mostBytes}){(isGood ? "" : "   MISSED")}");
        return isGood;
    }

    private static long Bytes(Action run)
    {
        run();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        run();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}

/// <summary>A model of four numbers.</summary>
[Differentiable]
public sealed partial class Empty
{
    public double[] W = new double[4];
}
