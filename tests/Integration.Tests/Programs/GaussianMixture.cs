namespace Backprop.Programs;

/// <summary>Log-likelihood of a mixture of Gaussians with a Wishart prior. The inverse covariance of a component is Qᵀ Q: the diagonal of Q is kept as its
/// logarithm, the strict lower triangle by columns.</summary>
public static partial class GaussianMixture
{
    private const double Gamma = 1;
    private const int ExtraFreedom = 0;

    /// <summary>alphas [k], means [k, d], logDiagonals [k, d], lowers [k, d (d - 1) / 2], points [n, d].</summary>
    [Differentiable]
    public static double LogLikelihood(
        ReadOnlySpan<double> alphas,
        ReadOnlySpan<double> means,
        ReadOnlySpan<double> logDiagonals,
        ReadOnlySpan<double> lowers,
        [NoGradient] ReadOnlySpan<double> points)
    {
        int k = alphas.Length, d = means.Length / k, n = points.Length / d, triangle = d * (d - 1) / 2;
        double[] diagonals = new double[k * d];
        double[] logDeterminants = new double[k];
        for (int c = 0; c < k; c++)
        {
            for (int j = 0; j < d; j++)
            {
                diagonals[c * d + j] = Math.Exp(logDiagonals[c * d + j]);
                logDeterminants[c] += logDiagonals[c * d + j];
            }
        }

        double[] terms = new double[k];
        double sum = 0;
        for (int t = 0; t < n; t++)
        {
            for (int c = 0; c < k; c++)
            {
                double distance = SquaredDistance(
                    points.Slice(t * d, d), means.Slice(c * d, d), diagonals.AsSpan(c * d, d), lowers.Slice(c * triangle, triangle));
                terms[c] = alphas[c] + logDeterminants[c] - 0.5 * distance;
            }

            sum += LogSumExp.Of(terms);
        }

        double constant = -0.5 * n * d * Math.Log(2 * Math.PI);
        return constant + sum - n * LogSumExp.Of(alphas) + LogPrior(diagonals, logDeterminants, lowers, d);
    }

    /// <summary>The square of the length of Q (x - mean).</summary>
    [Differentiable]
    private static double SquaredDistance(
        [NoGradient] ReadOnlySpan<double> x, ReadOnlySpan<double> mean, ReadOnlySpan<double> diagonal, ReadOnlySpan<double> lower)
    {
        int d = x.Length;
        Span<double> transformed = new double[d];
        for (int i = 0; i < d; i++)
        {
            transformed[i] = diagonal[i] * (x[i] - mean[i]);
        }

        int next = 0;
        for (int column = 0; column < d; column++)
        {
            double centered = x[column] - mean[column];
            for (int row = column + 1; row < d; row++)
            {
                transformed[row] += lower[next++] * centered;
            }
        }

        double sum = 0;
        for (int i = 0; i < d; i++)
        {
            sum += transformed[i] * transformed[i];
        }

        return sum;
    }

    [Differentiable]
    private static double LogPrior(ReadOnlySpan<double> diagonals, ReadOnlySpan<double> logDeterminants, ReadOnlySpan<double> lowers, int d)
    {
        double squares = 0;
        foreach (double q in diagonals)
        {
            squares += q * q;
        }

        foreach (double l in lowers)
        {
            squares += l * l;
        }

        double logs = 0;
        foreach (double log in logDeterminants)
        {
            logs += log;
        }

        int freedom = d + ExtraFreedom + 1;
        double constant = freedom * d * (Math.Log(Gamma) - 0.5 * Math.Log(2)) - LogGamma(freedom, d);
        return ExtraFreedom * logs - 0.5 * Gamma * Gamma * squares + logDeterminants.Length * constant;
    }

    /// <summary>The logarithm of the multivariate gamma function of n / 2.</summary>
    private static double LogGamma(int n, int d)
    {
        double sum = 0.25 * d * (d - 1) * Math.Log(Math.PI);
        for (int j = 0; j < d; j++)
        {
            // Γ(m / 2) from Γ(1 / 2) or Γ(1), by Γ(x + 1) = x Γ(x).
            int m = n - j;
            sum += m % 2 == 1 ? 0.5 * Math.Log(Math.PI) : 0;
            for (; m > 2; m -= 2)
            {
                sum += Math.Log(0.5 * m - 1);
            }
        }

        return sum;
    }
}
