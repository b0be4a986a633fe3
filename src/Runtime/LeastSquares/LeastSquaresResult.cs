namespace Backprop;

/// <summary>Where a least-squares fit ended.</summary>
/// <param name="Parameters">The parameters found, n of them.</param>
/// <param name="Residuals">The residuals there, m of them.</param>
/// <param name="SumOfSquares">The sum of their squares.</param>
/// <param name="Covariance">
/// Covariance of the parameters, s²(JᵀJ)⁻¹ with s² = sum of squares/(m − n), n × n; null where m ≤ n or JᵀJ is singular.
/// </param>
/// <param name="Iterations">Number of accepted steps.</param>
/// <param name="Evaluations">Number of evaluations of the residuals.</param>
/// <param name="Reason">Why it ended.</param>
public sealed record LeastSquaresResult(
    double[] Parameters, double[] Residuals, double SumOfSquares, double[,]? Covariance, int Iterations, int Evaluations, Termination Reason)
{
    /// <summary>Standard error of each parameter: the roots of the covariance's diagonal; null where there is no covariance.</summary>
    public double[]? StandardErrors => Covariance is { } covariance
        ? [.. Enumerable.Range(0, Parameters.Length).Select(i => Math.Sqrt(covariance[i, i]))]
        : null;
}
