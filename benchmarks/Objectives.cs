namespace Backprop.Benchmarks;

/// <summary>The objectives, as a user would write them.</summary>
public static partial class Objectives
{
    [Differentiable]
    public static double Rosenbrock(ReadOnlySpan<double> x)
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

    [Differentiable]
    public static double SumOfSquares(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * x[i];
        }

        return sum;
    }

    /// <summary>The Lorenz system by the classical Runge-Kutta method.</summary>
    [Differentiable]
    public static double Lorenz(double x, double y, double z, double sigma, double rho, double beta, int steps)
    {
        const double H = 0.005;
        for (int step = 0; step < steps; step++)
        {
            double ax = sigma * (y - x);
            double ay = x * (rho - z) - y;
            double az = x * y - beta * z;
            double x2 = x + 0.5 * H * ax, y2 = y + 0.5 * H * ay, z2 = z + 0.5 * H * az;
            double bx = sigma * (y2 - x2);
            double by = x2 * (rho - z2) - y2;
            double bz = x2 * y2 - beta * z2;
            double x3 = x + 0.5 * H * bx, y3 = y + 0.5 * H * by, z3 = z + 0.5 * H * bz;
            double cx = sigma * (y3 - x3);
            double cy = x3 * (rho - z3) - y3;
            double cz = x3 * y3 - beta * z3;
            double x4 = x + H * cx, y4 = y + H * cy, z4 = z + H * cz;
            double dx = sigma * (y4 - x4);
            double dy = x4 * (rho - z4) - y4;
            double dz = x4 * y4 - beta * z4;
            x += H / 6 * (ax + 2 * bx + 2 * cx + dx);
            y += H / 6 * (ay + 2 * by + 2 * cy + dy);
            z += H / 6 * (az + 2 * bz + 2 * cz + dz);
        }

        return x + y + z;
    }

    /// <summary>A symplectic Euler orbit.</summary>
    [Differentiable]
    public static double Kepler(double qx, double qy, double px, double py, int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            double r2 = qx * qx + qy * qy;
            double s = 0.01 / (r2 * Math.Sqrt(r2));
            px -= s * qx;
            py -= s * qy;
            qx += 0.01 * px;
            qy += 0.01 * py;
        }

        return qx + qy + px + py;
    }

    [Differentiable]
    public static double LogSumExp(ReadOnlySpan<double> x)
    {
        double max = double.NegativeInfinity;
        for (int i = 0; i < x.Length; i++)
        {
            max = Math.Max(max, x[i]);
        }

        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += Math.Exp(x[i] - max);
        }

        return max + Math.Log(sum);
    }

    [Differentiable]
    public static double SinExp(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += Math.Sin(x[i]) * Math.Exp(-x[i] * x[i]);
        }

        return sum;
    }
}
