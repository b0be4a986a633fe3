using Backprop.Integration;

namespace Backprop.Programs;

public static class DeterminantTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public static void The_gradient_is_the_transposed_adjugate(int n)
    {
        double[] x = [.. Enumerable.Range(0, n * n).Select(t => Math.Sin(1 + t * t))];
        double Backward(double[] a, double[] d, double seed) => Determinant.ByMinorsBackward(a, n, d, seed);
        Check.Formula(Backward, x, [.. Enumerable.Range(0, n * n).Select(t => Cofactor(x, n, t / n, t % n))]);
        Check.Gradient(a => Determinant.ByMinors(a, n), Backward, x);
    }

    // The determinant with row and column replaced by those of the identity, by elimination.
    private static double Cofactor(double[] x, int n, int row, int column)
    {
        double[,] a = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                a[i, j] = i == row ? (j == column ? 1 : 0) : j == column ? 0 : x[i * n + j];
            }
        }

        double result = 1;
        for (int k = 0; k < n; k++)
        {
            int pivot = Enumerable.Range(k, n - k).MaxBy(i => Math.Abs(a[i, k]));
            result *= pivot == k ? a[pivot, k] : -a[pivot, k];
            for (int j = 0; j < n; j++)
            {
                (a[k, j], a[pivot, j]) = (a[pivot, j], a[k, j]);
            }

            for (int i = k + 1; i < n; i++)
            {
                double factor = a[i, k] / a[k, k];
                for (int j = k; j < n; j++)
                {
                    a[i, j] -= factor * a[k, j];
                }
            }
        }

        return result;
    }
}
