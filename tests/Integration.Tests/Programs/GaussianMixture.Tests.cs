using Backprop.Integration;

namespace Backprop.Programs;

public static class GaussianMixtureTests
{
    private const int D = 3, K = 4, N = 6, Triangle = D * (D - 1) / 2;

    private static readonly double[] points = [.. Enumerable.Range(0, N * D).Select(t => Math.Sin(0.7 * t))];

    [Fact]
    public static void The_gradient_is_that_of_the_responsibilities()
    {
        double[] x = [
            .. Enumerable.Range(0, K).Select(c => Math.Sin(c)),
            .. Enumerable.Range(0, K * D).Select(t => 0.5 * Math.Cos(t)),
            .. Enumerable.Range(0, K * D).Select(t => 0.1 * Math.Sin(t)),
            .. Enumerable.Range(0, K * Triangle).Select(t => 0.1 * Math.Cos(t))];
        Check.Formula(Backward, x, ByResponsibilities(x));
        Check.Gradient(Primal, Backward, x);
    }

    [Fact]
    public static void One_component_in_one_dimension_is_a_normal_distribution()
    {
        double[] alone = [0.3];
        double q = 0.2, mean = 0.4, scale = Math.Exp(q);
        double expected = alone.Length * (q - 0.5 * Math.Log(2 * Math.PI)) - 0.5 * scale * scale * 0.1 * 0.1;
        double prior = -0.5 * scale * scale - Math.Log(2);
        Assert.Equal(expected + prior, GaussianMixture.LogLikelihood([1.5], [mean], [q], [], alone), 1e-14);
    }

    private static double Primal(double[] x) => GaussianMixture.LogLikelihood(
        x.AsSpan(0, K), x.AsSpan(K, K * D), x.AsSpan(K + K * D, K * D), x.AsSpan(K + 2 * K * D), points);

    private static double Backward(double[] x, double[] d, double seed) => GaussianMixture.LogLikelihoodBackward(
        x.AsSpan(0, K), x.AsSpan(K, K * D), x.AsSpan(K + K * D, K * D), x.AsSpan(K + 2 * K * D), points,
        d.AsSpan(0, K), d.AsSpan(K, K * D), d.AsSpan(K + K * D, K * D), d.AsSpan(K + 2 * K * D), seed);

    private static double[] ByResponsibilities(double[] x)
    {
        double[] gradient = new double[x.Length];
        int means = K, logs = K + K * D, lowers = K + 2 * K * D;
        double total = x[..K].Sum(Math.Exp);
        for (int t = 0; t < N; t++)
        {
            double[][] y = new double[K][], z = new double[K][];
            double[] p = new double[K];
            for (int c = 0; c < K; c++)
            {
                y[c] = [.. Enumerable.Range(0, D).Select(j => points[t * D + j] - x[means + c * D + j])];
                z[c] = [.. Enumerable.Range(0, D).Select(i => Enumerable.Range(0, i + 1).Sum(j => Q(x, c, i, j) * y[c][j]))];
                p[c] = Math.Exp(x[c] + Enumerable.Range(0, D).Sum(j => x[logs + c * D + j]) - 0.5 * z[c].Sum(v => v * v));
            }

            for (int c = 0; c < K; c++)
            {
                double r = p[c] / p.Sum();
                gradient[c] += r - Math.Exp(x[c]) / total;
                for (int j = 0; j < D; j++)
                {
                    gradient[means + c * D + j] += r * Enumerable.Range(j, D - j).Sum(i => Q(x, c, i, j) * z[c][i]);
                    gradient[logs + c * D + j] += r * (1 - Q(x, c, j, j) * y[c][j] * z[c][j]);
                    for (int i = j + 1; i < D; i++)
                    {
                        gradient[lowers + c * Triangle + At(i, j)] -= r * y[c][j] * z[c][i];
                    }
                }
            }
        }

        for (int i = logs; i < x.Length; i++)
        {
            gradient[i] -= i < lowers ? Math.Exp(2 * x[i]) : x[i];
        }

        return gradient;
    }

    private static double Q(double[] x, int c, int i, int j)
        => i == j ? Math.Exp(x[K + K * D + c * D + i]) : x[K + 2 * K * D + c * Triangle + At(i, j)];

    private static int At(int row, int column) => column * D - column * (column + 1) / 2 + row - column - 1;
}
