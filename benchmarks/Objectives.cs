using System.Numerics.Tensors;
using Backprop.Programs;

namespace Backprop.Benchmarks;

/// <summary>The objectives that are not programs of the integration tests, as a user would write them.</summary>
public static partial class Objectives
{
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
    public static double SinExp(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += Math.Sin(x[i]) * Math.Exp(-x[i] * x[i]);
        }

        return sum;
    }

    /// <summary>Half the square of a vector that eight matrices of 64 by 64 have been applied to. p: the matrices, then the vector.</summary>
    [Differentiable]
    public static double MatVec(ReadOnlySpan<double> p)
    {
        const int N = 64, Layers = 8;
        double[] y = p[(Layers * N * N)..].ToArray();
        double[] next = new double[N];
        for (int layer = 0; layer < Layers; layer++)
        {
            ReadOnlySpan<double> a = p.Slice(layer * N * N, N * N);
            for (int i = 0; i < N; i++)
            {
                double sum = 0;
                for (int j = 0; j < N; j++)
                {
                    sum += a[i * N + j] * y[j];
                }

                next[i] = sum;
            }

            next.CopyTo(y, 0);
        }

        return 0.5 * SumOfSquares(y);
    }

    /// <summary>Half the square of what a polynomial misses of the sign function at n points.</summary>
    [Differentiable]
    public static double LeastSquares(ReadOnlySpan<double> x, int n)
    {
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            double t = -1 + 2.0 * i / (n - 1);
            double value = 0, power = 1;
            for (int j = 0; j < x.Length; j++)
            {
                value += x[j] * power;
                power *= t;
            }

            double error = Math.Sign(t) - value;
            sum += error * error;
        }

        return 0.5 * sum;
    }

    /// <summary>A perceptron with one hidden layer, all its numbers in one array: weights and biases of the hidden layer, then of the output.</summary>
    [Differentiable]
    public static double Perceptron(ReadOnlySpan<double> p, [NoGradient] ReadOnlySpan<double> x, int hidden, int classes, int label)
    {
        ReadOnlySpan<double> w1 = p[..(hidden * x.Length)], b1 = p.Slice(hidden * x.Length, hidden);
        ReadOnlySpan<double> w2 = p.Slice(hidden * (x.Length + 1), classes * hidden), b2 = p[^classes..];
        double[] h = new double[hidden], o = new double[classes];
        for (int i = 0; i < hidden; i++)
        {
            double sum = b1[i];
            for (int j = 0; j < x.Length; j++)
            {
                sum += w1[i * x.Length + j] * x[j];
            }

            h[i] = Math.Tanh(sum);
        }

        for (int i = 0; i < classes; i++)
        {
            double sum = b2[i];
            for (int j = 0; j < hidden; j++)
            {
                sum += w2[i * hidden + j] * h[j];
            }

            o[i] = sum;
        }

        return LogSumExp.Of(o) - o[label];
    }

    /// <summary>The same by <see cref="TensorPrimitives"/>: sums are in another order, so the last bits differ.</summary>
    [Differentiable]
    public static double PerceptronOfTensors(ReadOnlySpan<double> p, [NoGradient] ReadOnlySpan<double> x, int hidden, int classes, int label)
    {
        Span<double> h = new double[hidden], o = new double[classes];
        for (int i = 0; i < hidden; i++)
        {
            h[i] = TensorPrimitives.Dot(p.Slice(i * x.Length, x.Length), x);
        }

        TensorPrimitives.Add(h, p.Slice(hidden * x.Length, hidden), h);
        TensorPrimitives.Tanh(h, h);
        for (int i = 0; i < classes; i++)
        {
            o[i] = TensorPrimitives.Dot(p.Slice(hidden * (x.Length + 1) + i * hidden, hidden), h);
        }

        TensorPrimitives.Add(o, p[^classes..], o);
        double score = o[label], max = TensorPrimitives.Max<double>(o);
        TensorPrimitives.Subtract(o, max, o);
        TensorPrimitives.Exp(o, o);
        return Math.Log(TensorPrimitives.Sum<double>(o)) + max - score;
    }
}
