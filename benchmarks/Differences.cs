namespace Backprop.Benchmarks;

/// <summary>Central differences, extrapolated (Richardson 1911).</summary>
public static class Differences
{
    // Of a large gradient so many entries are compared, evenly spread.
    private const int Most = 60;

    public static double Error(Func<double[], double> primal, double[] at, Func<double[], double[], double> backward)
    {
        double[] gradient = new double[at.Length];
        double value = backward(at, gradient);
        if (BitConverter.DoubleToInt64Bits(value) != BitConverter.DoubleToInt64Bits(primal(at)))
        {
            return double.PositiveInfinity;
        }

        double error = 0, size = 0;
        int stride = Math.Max(1, at.Length / Most) | 1;
        for (int i = 0; i < at.Length; i += stride)
        {
            double difference = Difference(primal, at, i);
            error = Math.Max(error, Math.Abs(difference - gradient[i]));
            size = Math.Max(size, Math.Abs(difference));
        }

        return error / size;
    }

    private static double Difference(Func<double[], double> primal, double[] at, int i)
    {
        double h = 1e-3 * Math.Max(1, Math.Abs(at[i]));
        double Central(double step)
        {
            double[] moved = [.. at];
            moved[i] = at[i] + step;
            double ahead = primal(moved);
            moved[i] = at[i] - step;
            return (ahead - primal(moved)) / (2 * step);
        }

        double d1 = Central(h), d2 = Central(h / 2), d4 = Central(h / 4);
        double e1 = (4 * d2 - d1) / 3, e2 = (4 * d4 - d2) / 3;
        return (16 * e2 - e1) / 15;
    }
}
