using Backprop;

namespace CurveFit;

/// <summary>A damped oscillation, y(t) = A·e^(−t/τ)·cos(2πft + φ) + c.</summary>
public static partial class Oscillation
{
    /// <summary>Names of the parameters, in the order in which every array here holds them.</summary>
    public static readonly IReadOnlyList<string> Names = ["amplitude", "decay time", "frequency", "phase", "offset"];

    /// <summary>The curve at one time.</summary>
    /// <param name="amplitude">A, in the unit of y.</param>
    /// <param name="decayTime">τ, in seconds.</param>
    /// <param name="frequency">f, in hertz.</param>
    /// <param name="phase">φ, in radians.</param>
    /// <param name="offset">c, in the unit of y.</param>
    /// <param name="time">t, in seconds.</param>
    [Differentiable]
    public static double Value(
        double amplitude, double decayTime, double frequency, double phase, double offset, [NoGradient] double time)
        => amplitude * Math.Exp(-time / decayTime) * Math.Cos(2 * Math.PI * frequency * time + phase) + offset;

    /// <summary>The sum of squared residuals over all measurements: the objective of a minimiser that knows nothing of residuals.</summary>
    /// <param name="p">The five parameters.</param>
    /// <param name="times">Seconds.</param>
    /// <param name="values">What was measured then.</param>
    [Differentiable]
    public static double SumOfSquares(
        ReadOnlySpan<double> p, [NoGradient] ReadOnlySpan<double> times, [NoGradient] ReadOnlySpan<double> values)
    {
        double sum = 0;
        for (int i = 0; i < times.Length; i++)
        {
            double curve = p[0] * Math.Exp(-times[i] / p[1]) * Math.Cos(2 * Math.PI * p[2] * times[i] + p[3]) + p[4];
            double residual = curve - values[i];
            sum += residual * residual;
        }

        return sum;
    }

    /// <summary>Residuals and, where asked for, the Jacobian: one backward pass a row.</summary>
    public static void Residuals(
        ReadOnlySpan<double> p, ReadOnlySpan<double> times, ReadOnlySpan<double> values, Span<double> residuals, Span<double> jacobian)
    {
        jacobian.Clear();
        for (int i = 0; i < times.Length; i++)
        {
            double curve = jacobian.IsEmpty
                ? Value(p[0], p[1], p[2], p[3], p[4], times[i])
                : ValueWithRow(p, times[i], jacobian.Slice(i * p.Length, p.Length));
            residuals[i] = curve - values[i];
        }
    }

    /// <summary>The curve at one time, and its derivatives by the parameters.</summary>
    public static double ValueWithRow(ReadOnlySpan<double> p, double time, Span<double> row)
        => ValueBackward(p[0], p[1], p[2], p[3], p[4], time, ref row[0], ref row[1], ref row[2], ref row[3], ref row[4]);
}
