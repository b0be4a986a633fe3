namespace Backprop.Programs;

/// <summary>The valley of Rosenbrock (1960), in any number of dimensions.</summary>
public static partial class Rosenbrock
{
    [Differentiable]
    public static double Value(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < x.Length - 1; i++)
        {
            double a = x[i + 1] - x[i] * x[i];
            double b = 1 - x[i];
            sum += 100 * a * a + b * b;
        }

        return sum;
    }
}
