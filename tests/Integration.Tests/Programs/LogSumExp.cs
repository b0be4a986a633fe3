namespace Backprop.Programs;

/// <summary>The logarithm of a sum of exponentials, without overflow.</summary>
public static partial class LogSumExp
{
    [Differentiable]
    public static double Of(ReadOnlySpan<double> x)
    {
        double max = double.NegativeInfinity;
        foreach (double xi in x)
        {
            max = Math.Max(max, xi);
        }

        double sum = 0;
        foreach (double xi in x)
        {
            sum += Math.Exp(xi - max);
        }

        return max + Math.Log(sum);
    }
}
