using System.Diagnostics;
using System.Runtime.CompilerServices;
using Backprop;

namespace Benchmarks;

/// <summary>A step of fused Adam over 400,000 floats against a plain scalar loop, as a ratio of minima from one interleaved run.</summary>
public static class AdamStep
{
    private const int Length = 400_000, Rounds = 60, StepsPerRound = 8;

    /// <summary>The ratio below which the fused step has lost what it is for.</summary>
    public const double Bar = 6;

    /// <summary>Measures and prints.</summary>
    /// <returns>How many times faster the fused step is.</returns>
    public static double Run()
    {
        float[] fused = Start(), scalar = Start(), gradient = Start(), m = new float[Length], v = new float[Length];
        var adam = new Adam();
        double fusedTime = double.MaxValue, scalarTime = double.MaxValue;
        int step = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int k = 0; k < StepsPerRound; k++) adam.Step(fused, gradient);
            fusedTime = Math.Min(fusedTime, Stopwatch.GetElapsedTime(start).TotalMicroseconds / StepsPerRound);

            start = Stopwatch.GetTimestamp();
            for (int k = 0; k < StepsPerRound; k++) ScalarStep(scalar, gradient, m, v, ++step);
            scalarTime = Math.Min(scalarTime, Stopwatch.GetElapsedTime(start).TotalMicroseconds / StepsPerRound);
        }
        double difference = fused.Zip(scalar, static (a, b) => Math.Abs(a - b)).Max(), ratio = scalarTime / fusedTime;
        Console.WriteLine($"Adam, {Length:N0} floats: fused {fusedTime:F1} µs, scalar {scalarTime:F1} µs, {ratio:F2}x (bar {Bar}x), largest difference {difference:E1}");
        return ratio;
    }

    private static float[] Start() => [.. Enumerable.Range(0, Length).Select(static i => MathF.Sin(i))];

    // Optimised at once, so that neither side is measured in a slower tier.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScalarStep(float[] x, float[] g, float[] m, float[] v, int step)
    {
        const float Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f, Rate = 1e-3f;
        // The bias corrections are taken out of the loop, as anyone would by hand.
        float root = MathF.Sqrt(1 - MathF.Pow(Beta2, step)), rate = Rate * root / (1 - MathF.Pow(Beta1, step)), epsilon = Epsilon * root;
        for (int i = 0; i < x.Length; i++)
        {
            m[i] = Beta1 * m[i] + (1 - Beta1) * g[i];
            v[i] = Beta2 * v[i] + (1 - Beta2) * g[i] * g[i];
            x[i] -= rate * m[i] / (MathF.Sqrt(v[i]) + epsilon);
        }
    }
}
