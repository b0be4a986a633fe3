namespace Backprop;

/// <summary>The factor L of a symmetric positive definite matrix A = LLᵀ, in the lower triangle of an n × n row-major array.</summary>
internal static class Cholesky
{
    /// <summary>Overwrites the lower triangle by the factor.</summary>
    /// <returns>Whether the matrix is positive definite to working precision.</returns>
    internal static bool TryFactor(Span<double> a, int n)
    {
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++)
            {
                double rest = a[i * n + j] - Reduce.Dot<double>(a.Slice(i * n, j), a.Slice(j * n, j));
                if (i != j) a[i * n + j] = rest / a[j * n + j];
                else if (rest > a[i * n + i] * n * 1e-16) a[i * n + i] = Math.Sqrt(rest);
                else return false;
            }
        return true;
    }

    /// <summary>Overwrites b by the solution of Ax = b.</summary>
    internal static void Solve(ReadOnlySpan<double> factor, int n, Span<double> b)
    {
        for (int i = 0; i < n; i++)
            b[i] = (b[i] - Reduce.Dot(factor.Slice(i * n, i), b[..i])) / factor[i * n + i];
        for (int i = n - 1; i >= 0; i--)
        {
            b[i] /= factor[i * n + i];
            for (int j = 0; j < i; j++) b[j] -= factor[i * n + j] * b[i];
        }
    }
}
