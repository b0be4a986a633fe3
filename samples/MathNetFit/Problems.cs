using Backprop;

namespace MathNetFit;

/// <summary>What is minimised.</summary>
public static partial class Problems
{
    /// <summary>Rosenbrock's valley in n dimensions; its least value is 0 at (1, …, 1).</summary>
    [Differentiable]
    public static double Valley(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i + 1 < x.Length; i++)
        {
            double across = x[i + 1] - x[i] * x[i], along = 1 - x[i];
            sum += 100 * across * across + along * along;
        }

        return sum;
    }

    /// <summary>The response to a dose: bottom + (top − bottom)/(1 + (half/dose)^slope).</summary>
    [Differentiable]
    public static double Response(double bottom, double top, double half, double slope, [NoGradient] double dose)
        => bottom + (top - bottom) / (1 + Math.Pow(half / dose, slope));

    /// <summary>Doses and the responses that were measured, by a known curve with noise.</summary>
    public static (double[] Doses, double[] Responses) Measure(ReadOnlySpan<double> p, int count, double noise)
    {
        var random = new RandomStream(seed: 3, "noise", step: 0);
        double[] doses = new double[count], responses = new double[count];
        for (int i = 0; i < count; i++)
        {
            doses[i] = 0.1 * Math.Pow(1000, i / (count - 1.0));
            responses[i] = Response(p[0], p[1], p[2], p[3], doses[i]) + noise * random.NormalsAt(i).First;
        }

        return (doses, responses);
    }

    /// <summary>Residuals of all measurements, and a row of the Jacobian for each.</summary>
    public static void Residuals(ReadOnlySpan<double> p, double[] doses, double[] responses, Span<double> residuals, Span<double> jacobian)
    {
        jacobian.Clear();
        for (int i = 0; i < doses.Length; i++)
        {
            if (jacobian.IsEmpty)
            {
                residuals[i] = Response(p[0], p[1], p[2], p[3], doses[i]) - responses[i];
                continue;
            }

            Span<double> row = jacobian.Slice(i * p.Length, p.Length);
            residuals[i] = ResponseBackward(p[0], p[1], p[2], p[3], doses[i], ref row[0], ref row[1], ref row[2], ref row[3]) - responses[i];
        }
    }
}
