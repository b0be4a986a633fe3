using Backprop.Integration;

namespace Backprop.Programs;

public static class AttentionTests
{
    private const int N = 3, Width = 4, Size = 2, Words = N * Width, Matrix = Width * Size;

    [Fact]
    public static void The_gradient_is_that_written_by_hand()
    {
        double[] x = [.. Enumerable.Range(0, Words + 3 * Matrix).Select(t => Math.Sin(0.9 * t))];
        Check.Formula(Backward, x, ByHand(x));
        Check.Gradient(Primal, Backward, x);
    }

    // What is asked for is half the square of the output.
    private static double Primal(double[] x)
    {
        double[] output = new double[N * Size];
        Attention.Head(x.AsSpan(0, Words), x.AsSpan(Words, Matrix), x.AsSpan(Words + Matrix, Matrix), x.AsSpan(Words + 2 * Matrix), N, output);
        return Half(output);
    }

    private static double Backward(double[] x, double[] d, double seed)
    {
        // The seed of the output is the output: a pass without a seed finds it, and adds nothing.
        Span<double> output = stackalloc double[N * Size], dOutput = stackalloc double[N * Size];
        HeadBackward(x, output, d, dOutput);
        for (int i = 0; i < output.Length; i++)
        {
            dOutput[i] = seed * output[i];
        }

        HeadBackward(x, output, d, dOutput);
        return Half(output);
    }

    private static void HeadBackward(double[] x, Span<double> output, double[] d, Span<double> dOutput) => Attention.HeadBackward(
        x.AsSpan(0, Words), x.AsSpan(Words, Matrix), x.AsSpan(Words + Matrix, Matrix), x.AsSpan(Words + 2 * Matrix), N, output,
        d.AsSpan(0, Words), d.AsSpan(Words, Matrix), d.AsSpan(Words + Matrix, Matrix), d.AsSpan(Words + 2 * Matrix), dOutput);

    private static double Half(ReadOnlySpan<double> output)
    {
        double sum = 0;
        foreach (double o in output)
        {
            sum += 0.5 * o * o;
        }

        return sum;
    }

    private static double[] ByHand(double[] x)
    {
        double[,] words = Of(x, 0, N, Width), wq = Of(x, Words, Width, Size), wk = Of(x, Words + Matrix, Width, Size), wv = Of(x, Words + 2 * Matrix, Width, Size);
        double[,] q = Times(words, wq), k = Times(words, wk), v = Times(words, wv), p = Times(q, Turned(k));
        double scale = 1 / Math.Sqrt(Size);
        for (int i = 0; i < N; i++)
        {
            double sum = Enumerable.Range(0, i + 1).Sum(j => Math.Exp(scale * p[i, j]));
            for (int j = 0; j < N; j++)
            {
                p[i, j] = j <= i ? Math.Exp(scale * p[i, j]) / sum : 0;
            }
        }

        double[,] output = Times(p, v), dp = Times(output, Turned(v)), dv = Times(Turned(p), output), ds = new double[N, N];
        for (int i = 0; i < N; i++)
        {
            double mean = Enumerable.Range(0, N).Sum(j => p[i, j] * dp[i, j]);
            for (int j = 0; j < N; j++)
            {
                ds[i, j] = scale * p[i, j] * (dp[i, j] - mean);
            }
        }

        double[,] dq = Times(ds, k), dk = Times(Turned(ds), q), turned = Turned(words);
        double[][,] byWords = [Times(dq, Turned(wq)), Times(dk, Turned(wk)), Times(dv, Turned(wv))];
        double[] dWords = [.. Enumerable.Range(0, Words).Select(t => byWords.Sum(d => d[t / Width, t % Width]))];
        return [.. dWords, .. Times(turned, dq).Cast<double>(), .. Times(turned, dk).Cast<double>(), .. Times(turned, dv).Cast<double>()];
    }

    private static double[,] Of(double[] x, int start, int rows, int columns) => Built(rows, columns, (i, j) => x[start + i * columns + j]);

    private static double[,] Turned(double[,] a) => Built(a.GetLength(1), a.GetLength(0), (i, j) => a[j, i]);

    private static double[,] Times(double[,] a, double[,] b)
        => Built(a.GetLength(0), b.GetLength(1), (i, j) => Enumerable.Range(0, a.GetLength(1)).Sum(k => a[i, k] * b[k, j]));

    private static double[,] Built(int rows, int columns, Func<int, int, double> entry)
    {
        double[,] result = new double[rows, columns];
        for (int t = 0; t < rows * columns; t++)
        {
            result[t / columns, t % columns] = entry(t / columns, t % columns);
        }

        return result;
    }
}
