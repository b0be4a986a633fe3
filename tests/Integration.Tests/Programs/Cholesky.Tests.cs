using Backprop.Integration;

namespace Backprop.Programs;

public static class CholeskyTests
{
    private const int N = 4;

    private static readonly double[] matrix =
    [
        4, 0, 0, 0,
        1, 5, 0, 0,
        -0.5, 2, 6, 0,
        0.25, -1, 0.75, 3,
    ];

    [Fact]
    public static void The_gradient_of_the_logarithm_of_the_determinant_is_the_inverse()
    {
        double[,] inverse = Inverse(Built((i, j) => matrix[Math.Max(i, j) * N + Math.Min(i, j)]));
        Check.Formula(LogDeterminant, matrix, [.. Below((i, j) => i == j ? inverse[i, i] : 2 * inverse[i, j]).Cast<double>()]);
        Check.Gradient(x => Cholesky.LogDeterminant(Square(x)), LogDeterminant, 1e-6, Check.Heap.UsedByTest, matrix);
    }

    /// <summary>With P the lower triangle of Lᵀ dL, its diagonal halved: dA = L⁻ᵀ (P + Pᵀ) L⁻¹ / 2 (Murray 2016), folded onto the lower triangle.</summary>
    [Fact]
    public static void The_gradient_of_a_factor_is_that_of_its_symmetric_part()
    {
        double[,] l = Square(matrix), weights = Below((i, j) => Math.Cos(1 + i * N + j));
        Cholesky.Factor(l);
        double[,] lower = Below((i, j) => l[i, j]), p = Times(Turned(lower), weights), inverse = Inverse(lower);
        double[,] symmetric = Built((i, j) => p[Math.Max(i, j), Math.Min(i, j)] / 2), d = Times(Times(Turned(inverse), symmetric), inverse);
        Check.Formula(Factor, matrix, [.. Below((i, j) => i == j ? d[i, i] : d[i, j] + d[j, i]).Cast<double>().Select((v, t) => t / N < t % N ? Math.Cos(1 + t) : v)]);
        Check.Gradient(Weighted, Factor, 1e-6, Check.Heap.UsedByTest, matrix);
    }

    [Fact]
    public static void What_the_primal_throws_comes_out_of_the_backward_pass()
    {
        double[,] bad = Square([1, 0, 2, 1]), d = new double[2, 2];
        Assert.Throws<ArgumentException>(() => Cholesky.LogDeterminant(bad));
        Assert.Throws<ArgumentException>(() => Cholesky.LogDeterminantBackward(bad, d));
        Assert.All(d.Cast<double>(), v => Assert.Equal(0, v));
    }

    private static double LogDeterminant(double[] x, double[] d, double seed)
    {
        double[,] gradient = new double[N, N];
        double value = Cholesky.LogDeterminantBackward(Square(x), gradient, seed);
        for (int t = 0; t < N * N; t++)
        {
            d[t] += gradient[t / N, t % N];
        }

        return value;
    }

    private static double Weighted(double[] x)
    {
        double[,] a = Square(x);
        Cholesky.Factor(a);
        return a.Cast<double>().Select((v, t) => Math.Cos(1 + t) * v).Sum();
    }

    private static double Factor(double[] x, double[] d, double seed)
    {
        double[,] a = Square(x), gradient = Built((i, j) => seed * Math.Cos(1 + i * N + j));
        Cholesky.FactorBackward(a, gradient);
        for (int t = 0; t < N * N; t++)
        {
            d[t] += gradient[t / N, t % N];
        }

        return a.Cast<double>().Select((v, t) => Math.Cos(1 + t) * v).Sum();
    }

    private static double[,] Square(double[] x)
    {
        int n = (int)Math.Sqrt(x.Length);
        double[,] a = new double[n, n];
        Buffer.BlockCopy(x, 0, a, 0, x.Length * sizeof(double));
        return a;
    }

    private static double[,] Built(Func<int, int, double> entry) => Square([.. Enumerable.Range(0, N * N).Select(t => entry(t / N, t % N))]);

    private static double[,] Below(Func<int, int, double> entry) => Built((i, j) => j <= i ? entry(i, j) : 0);

    private static double[,] Turned(double[,] a) => Built((i, j) => a[j, i]);

    private static double[,] Times(double[,] a, double[,] b) => Built((i, j) => Enumerable.Range(0, N).Sum(k => a[i, k] * b[k, j]));

    // Gauss and Jordan, without a choice of pivots.
    private static double[,] Inverse(double[,] of)
    {
        double[,] a = (double[,])of.Clone(), inverse = Built((i, j) => i == j ? 1 : 0);
        for (int k = 0; k < N; k++)
        {
            double pivot = a[k, k];
            for (int j = 0; j < N; j++)
            {
                (a[k, j], inverse[k, j]) = (a[k, j] / pivot, inverse[k, j] / pivot);
            }

            for (int i = 0; i < N; i++)
            {
                double factor = i == k ? 0 : a[i, k];
                for (int j = 0; j < N; j++)
                {
                    (a[i, j], inverse[i, j]) = (a[i, j] - factor * a[k, j], inverse[i, j] - factor * inverse[k, j]);
                }
            }
        }

        return inverse;
    }
}
