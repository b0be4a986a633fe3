namespace Backprop;

/// <summary>A least-squares problem linearised at its current parameters, and one trial step from them.</summary>
internal sealed class NormalEquations(ResidualFunction callback, double[] start, int count, DampingScale scale)
{
    private readonly int n = start.Length;
    private readonly double[] jacobian = new double[count * start.Length];
    private readonly double[] matrix = new double[start.Length * start.Length], factor = new double[start.Length * start.Length];
    private readonly double[] gradient = new double[start.Length], scales = new double[start.Length], step = new double[start.Length];
    private double[] x = start, trial = new double[start.Length], residuals = new double[count], trialResiduals = new double[count];
    private int evaluations, accepted;

    internal double SumOfSquares { get; private set; }

    /// <summary>Whether residuals and Jacobian are finite at the current parameters.</summary>
    internal bool IsFinite => double.IsFinite(SumOfSquares) && Reduce.AllFinite<double>(matrix) && Reduce.AllFinite<double>(gradient);

    /// <summary>By how much the trial step lowers the sum of squares; not a number where that is not finite.</summary>
    internal double Gain { get; private set; }

    /// <summary>By how much the linear model says it should.</summary>
    internal double PredictedGain { get; private set; }

    /// <summary>Length of the trial step relative to the parameters.</summary>
    internal double RelativeStep { get; private set; }

    /// <summary>Evaluates residuals and Jacobian at the current parameters, and forms JᵀJ and Jᵀr.</summary>
    internal void Linearize()
    {
        callback(x, residuals, jacobian);
        evaluations++;
        SumOfSquares = Reduce.SumOfSquares<double>(residuals);
        Array.Clear(matrix);
        Array.Clear(gradient);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> row = jacobian.AsSpan(i * n, n);
            Axpy.Apply(1, gradient, residuals[i], row);
            for (int j = 0; j < n; j++) Axpy.Apply(1, matrix.AsSpan(j * n, j + 1), row[j], row[..(j + 1)]);
        }
        for (int j = 0; j < n; j++) scales[j] = scale == DampingScale.Identity ? 1 : Math.Max(scales[j], matrix[j * n + j]);
    }

    /// <summary>Largest |cosine| between the residuals and a column of the Jacobian: zero at a stationary point, whatever the units.</summary>
    internal double LargestCosine()
    {
        double length = Math.Sqrt(SumOfSquares), largest = 0;
        if (length == 0) return 0;
        for (int j = 0; j < n; j++)
            if (matrix[j * n + j] > 0) largest = Math.Max(largest, Math.Abs(gradient[j]) / (Math.Sqrt(matrix[j * n + j]) * length));
        return largest;
    }

    /// <summary>Solves for a step and evaluates the residuals after it.</summary>
    /// <returns>Whether the damped equations could be solved.</returns>
    internal bool TryStep(double damping)
    {
        (Gain, RelativeStep) = (double.NaN, double.PositiveInfinity);
        matrix.CopyTo(factor);
        // A parameter that no residual depends on has scale zero; it must stay where it is, not make the equations singular.
        for (int j = 0; j < n; j++) factor[j * n + j] += damping * (scales[j] > 0 ? scales[j] : 1);
        if (!Cholesky.TryFactor(factor, n)) return false;
        Axpy.Apply<double>(0, step, -1, gradient);
        Cholesky.Solve(factor, n, step);

        PredictedGain = 0;
        for (int j = 0; j < n; j++)
        {
            trial[j] = x[j] + step[j];
            PredictedGain += step[j] * (damping * scales[j] * step[j] - gradient[j]);
        }
        RelativeStep = Reduce.Norm<double>(step) / (Reduce.Norm<double>(x) + double.Epsilon);
        callback(trial, trialResiduals, default);
        evaluations++;
        Gain = SumOfSquares - Reduce.SumOfSquares<double>(trialResiduals);
        return true;
    }

    /// <summary>Moves to the trial parameters.</summary>
    internal void Accept()
    {
        (x, trial) = (trial, x);
        (residuals, trialResiduals) = (trialResiduals, residuals);
        accepted++;
        Linearize();
    }

    internal LeastSquaresResult Result(Termination reason) =>
        new(x, residuals, SumOfSquares, Covariance(), accepted, evaluations, reason);

    private double[,]? Covariance()
    {
        matrix.CopyTo(factor);
        if (count <= n || !IsFinite || !Cholesky.TryFactor(factor, n)) return null;
        double variance = SumOfSquares / (count - n);
        var covariance = new double[n, n];
        for (int j = 0; j < n; j++)
        {
            Array.Clear(step);
            step[j] = variance;
            Cholesky.Solve(factor, n, step);
            for (int i = 0; i < n; i++) covariance[i, j] = step[i];
        }
        return covariance;
    }
}
