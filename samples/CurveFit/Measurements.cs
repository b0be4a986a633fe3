using Backprop;

namespace CurveFit;

/// <summary>What was measured: a known oscillation with noise.</summary>
/// <param name="Times">Seconds.</param>
/// <param name="Values">The unit of the amplitude.</param>
public sealed record Measurements(double[] Times, double[] Values)
{
    /// <summary>The parameters behind the measurements: A, τ, f, φ, c.</summary>
    public static IReadOnlyList<double> Truth { get; } = [2.0, 3.5, 0.8, 0.6, 0.5];

    /// <summary>Standard deviation of the noise.</summary>
    public const double Noise = 0.15;

    /// <summary>Measures ten seconds.</summary>
    public static Measurements Take(ulong seed, int count)
    {
        var random = new RandomStream(seed, "noise", 0);
        double[] times = new double[count], values = new double[count];
        for (int i = 0; i < count; i++)
        {
            times[i] = 10.0 * i / (count - 1);
            values[i] = Oscillation.Value(Truth[0], Truth[1], Truth[2], Truth[3], Truth[4], times[i]) + Noise * random.NormalsAt(i).First;
        }

        return new(times, values);
    }
}
