namespace Backprop.Programs;

/// <summary>Symmetric positive definite matrices, of which the lower triangle is read.</summary>
public static partial class Cholesky
{
    /// <summary>Replaces the lower triangle by its factor L, A = L Lᵀ.</summary>
    [Differentiable]
    public static void Factor(double[,] a)
    {
        int n = a.GetLength(0);
        for (int j = 0; j < n; j++)
        {
            for (int k = 0; k < j; k++)
            {
                a[j, j] -= a[j, k] * a[j, k];
            }

            if (!(a[j, j] > 0))
            {
                throw new ArgumentException("The matrix is not positive definite.", nameof(a));
            }

            a[j, j] = Math.Sqrt(a[j, j]);
            for (int i = j + 1; i < n; i++)
            {
                for (int k = 0; k < j; k++)
                {
                    a[i, j] -= a[i, k] * a[j, k];
                }

                a[i, j] /= a[j, j];
            }
        }
    }

    /// <summary>Leaves the factor in the place of the matrix.</summary>
    [Differentiable]
    public static double LogDeterminant(double[,] a)
    {
        Factor(a);
        double sum = 0;
        for (int i = 0; i < a.GetLength(0); i++)
        {
            sum += Math.Log(a[i, i]);
        }

        return 2 * sum;
    }
}
