namespace Backprop.Programs;

/// <summary>By expansion along the first row: slow for large matrices, and a tree of calls.</summary>
public static partial class Determinant
{
    /// <summary>matrix [n, n].</summary>
    [Differentiable]
    public static double ByMinors(ReadOnlySpan<double> matrix, int n)
    {
        if (n == 1)
        {
            return matrix[0];
        }

        double[] minor = new double[(n - 1) * (n - 1)];
        double sum = 0;
        for (int column = 0; column < n; column++)
        {
            for (int row = 1; row < n; row++)
            {
                for (int k = 0; k < n - 1; k++)
                {
                    minor[(row - 1) * (n - 1) + k] = matrix[row * n + (k < column ? k : k + 1)];
                }
            }

            double term = matrix[column] * ByMinors(minor, n - 1);
            sum += column % 2 == 0 ? term : -term;
        }

        return sum;
    }
}
