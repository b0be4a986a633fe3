using Backprop.Integration;

namespace Backprop.Programs;

public static class TranscriptionTests
{
    private const int Frames = 5, Symbols = 3;

    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(1)]
    [InlineData]
    public static void The_gradient_is_probability_minus_posterior(params int[] labels)
    {
        double[] x = [.. Enumerable.Range(0, Frames * Symbols).Select(t => 2 * Math.Sin(1 + t * t))];
        double Backward(double[] a, double[] d, double seed) => Transcription.LossBackward(a, Symbols, labels, d, seed);
        Check.Formula(Backward, x, ByEnumeration(x, labels));
        Check.Gradient(a => Transcription.Loss(a, Symbols, labels), Backward, x);
    }

    // All 3^5 readings, each with its probability: no recursion.
    private static double[] ByEnumeration(double[] x, int[] labels)
    {
        double[] p = [.. x.Select((v, t) => Math.Exp(v) / x.AsSpan(t / Symbols * Symbols, Symbols).ToArray().Sum(Math.Exp))];
        double[] posterior = new double[x.Length];
        double total = 0;
        for (int reading = 0; reading < Math.Pow(Symbols, Frames); reading++)
        {
            int[] path = [.. Enumerable.Range(0, Frames).Select(t => reading / (int)Math.Pow(Symbols, t) % Symbols)];
            if (labels.SequenceEqual(path.Where((s, t) => s != 0 && (t == 0 || s != path[t - 1]))))
            {
                double probability = path.Select((s, t) => p[t * Symbols + s]).Aggregate(1.0, (a, b) => a * b);
                total += probability;
                for (int t = 0; t < Frames; t++)
                {
                    posterior[t * Symbols + path[t]] += probability;
                }
            }
        }

        Assert.Equal(-Math.Log(total), Transcription.Loss(x, Symbols, labels), 1e-12);
        return [.. p.Select((v, t) => v - posterior[t] / total)];
    }
}
