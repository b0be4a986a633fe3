namespace Backprop.Generator.Tests.Rules;

/// <summary>A slope by differences, and how far it may be off.</summary>
internal readonly record struct Difference(double Slope, double Error)
{
    private const double Shrink = 1.6;
    private const int Steps = 24;

    /// <summary>
    /// Central differences over a sweep of steps, extrapolated to step zero (Ridders 1982, "Accurate computation of F'(x) and
    /// F'(x)F''(x)"). Steps are relative to the point, so that tiny and huge points are served alike.
    /// </summary>
    public static Difference Of(Func<double, double> f, double x)
    {
        double step = 0.05 * Math.Abs(x);
        double[] previous = [Central(f, x, step)];
        Difference best = new(previous[0], double.PositiveInfinity);
        for (int i = 1; i < Steps; i++)
        {
            step /= Shrink;
            double[] row = new double[i + 1];
            row[0] = Central(f, x, step);
            double factor = 1;
            for (int j = 1; j <= i; j++)
            {
                factor *= Shrink * Shrink;
                row[j] = ((row[j - 1] * factor) - previous[j - 1]) / (factor - 1);
                double error = Math.Max(Math.Abs(row[j] - row[j - 1]), Math.Abs(row[j] - previous[j - 1]));
                best = error <= best.Error ? new(row[j], error) : best;
            }

            previous = row;
        }

        return best;
    }

    private static double Central(Func<double, double> f, double x, double step)
    {
        double above = x + step;
        double below = x - step;
        return (f(above) - f(below)) / (above - below);
    }
}
