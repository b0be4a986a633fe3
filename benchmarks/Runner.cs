using System.Diagnostics;

namespace Backprop.Benchmarks;

/// <summary>Times pairs in one interleaved run: what counts is the ratio, since both share whatever the machine does.</summary>
public static class Runner
{
    private const int Rounds = 25;
    private const double BatchSeconds = 2e-3;
    private const int Counted = 10;

    // Keeps results alive, so that no call is optimised away.
    private static double sink;

    public static int Run(IEnumerable<Case> cases)
    {
        int failures = 0;
        Console.WriteLine($"{"problem",-22} {"error",9} {"primal ns",12} {"grad ns",12} {"ratio",7} {"bar",6} {"bytes",6} {"C by hand",10} {"Enzyme",7}");
        foreach (Case c in cases)
        {
            double error = c.Check();
            if (!(error < 1e-6))
            {
                Console.WriteLine($"{c.Name,-22} {error,9:E1}   WRONG GRADIENT: not timed");
                failures++;
                continue;
            }

            (double primal, double backward) = Time(c);
            long bytes = Bytes(c.Backward);
            double ratio = backward / primal;
            bool ok = !(ratio > c.Bar) && bytes == 0;
            failures += ok ? 0 : 1;
            Console.WriteLine($"{c.Name,-22} {error,9:E1} {primal,12:F1} {backward,12:F1} {ratio,7:F2} {c.Bar,6:F1} {bytes,6} {c.Peers.ByHand,10:F2} {c.Peers.Enzyme,7:F2}{(ok ? "" : "  MISSED")}");
        }

        return failures;
    }

    private static (double Primal, double Backward) Time(Case c)
    {
        int primalCalls = Calibrate(c.Primal), backwardCalls = Calibrate(c.Backward);
        double primal = double.MaxValue, backward = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            primal = Math.Min(primal, Batch(c.Primal, primalCalls));
            backward = Math.Min(backward, Batch(c.Backward, backwardCalls));
        }

        return (primal, backward);
    }

    /// <summary>Warms up until tiered compilation is done, and finds how many calls fill a batch.</summary>
    private static int Calibrate(Func<double> call)
    {
        for (Stopwatch warm = Stopwatch.StartNew(); warm.ElapsedMilliseconds < 400;)
        {
            sink += call();
        }

        return Math.Max(1, (int)(BatchSeconds * 1e9 / Batch(call, 4)));
    }

    private static double Batch(Func<double> call, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        double sum = 0;
        for (int i = 0; i < calls; i++)
        {
            sum += call();
        }

        sink += sum;
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    }

    private static long Bytes(Func<double> call)
    {
        call();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Counted; i++)
        {
            call();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Counted;
    }
}
