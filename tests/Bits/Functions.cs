using System.Numerics;

namespace Backprop.Bits;

/// <summary>Methods of every kind that emitted code takes: elementary functions, recorded loops, kernels, calls, structs, generics, vectors.</summary>
internal static partial class Functions
{
    [Differentiable]
    public static double Elementary(double x, double y)
        => Math.Sin(x) * Math.Cos(y) + Math.Tan(x * 0.3) + Math.Exp(-x) * Math.Log(1 + y * y) + Math.Pow(x, y) + Math.Sqrt(x) * Math.Cbrt(y)
            + Math.Atan2(x, y) + Math.Tanh(x * y) + Math.Asin(x * 0.1) + Math.Sinh(y) / Math.Cosh(x) + Math.Log10(x) + Math.Log2(y) + Math.Acosh(1 + x);

    [Differentiable]
    public static float ElementarySingle(float x, float y)
        => MathF.Sin(x) * MathF.Cos(y) + MathF.Exp(-x) * MathF.Log(1 + y * y) + MathF.Pow(x, y) + MathF.Sqrt(x) * MathF.Cbrt(y) + MathF.Tanh(x * y) + (float)(x / (double)y);

    [Differentiable]
    public static double Recorded(double w, ReadOnlySpan<double> x)
    {
        double y = w, sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            y = Math.Sin(y) * x[i] + 0.3 * y;
            if (y > 0.5)
            {
                sum += y * y;
                continue;
            }

            sum -= y / (1 + x[i] * x[i]);
        }

        return sum;
    }

    [Differentiable]
    public static double Inner(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    [Differentiable]
    public static float Sums(ReadOnlySpan<float> a, float scale)
    {
        float sum = 0;
        foreach (float v in a)
        {
            float d = v - scale;
            sum += d * d;
        }

        return sum / a.Length;
    }

    [Differentiable]
    public static double Step(double x, double by) => x * by + 1 / (1 + x * x);

    [Differentiable]
    public static double Walk(double x, double by, int n)
    {
        for (int i = 0; i < n; i++)
        {
            x = Step(x, by) * Fall(x, n % 5);
        }

        return x;
    }

    [Differentiable]
    public static double Fall(double x, int n) => n == 0 ? x : 0.5 * Fall(Math.Tanh(x), n - 1);

    [Differentiable]
    public static void Smooth(Span<double> x, double rate)
    {
        for (int i = 1; i < x.Length - 1; i++)
        {
            x[i] += rate * (x[i - 1] - 2 * x[i] + x[i + 1]);
        }
    }

    [Differentiable]
    public static double Table(double[,] a, double[][] b)
    {
        double[] rows = new double[a.GetLength(0)];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
            {
                rows[i] += a[i, j] * b[j][i];
            }
        }

        return rows[0] * rows[1];
    }

    [Differentiable]
    public static T Generic<T>(T x, ReadOnlySpan<T> w)
        where T : IFloatingPointIeee754<T>
    {
        T y = x;
        foreach (T weight in w)
        {
            y = T.Tanh(y * weight) + T.CreateChecked(0.25) * y;
        }

        return y;
    }

    [Differentiable]
    public static float Turn(Vector3 v, Quaternion q, Matrix4x4 m) => Vector3.Dot(Vector3.Transform(v, q), Vector3.TransformNormal(v, m)) + v.Length();

    [Differentiable]
    public static double Spin(Complex z) => (Complex.Exp(z) * z).Magnitude;
}
