using System.Numerics.Tensors;

namespace Backprop.Integration;

/// <summary>A model whose activations are an array of arrays.</summary>
[Differentiable]
public sealed partial class DeepNet
{
    public double[] W = [0.3, -0.2, 0.5, 0.7];
    public int Depth = 3;

    [Differentiable]
    public double Loss(ReadOnlySpan<double> x)
    {
        double[][] h = new double[Depth + 1][];
        for (int i = 0; i <= Depth; i++)
        {
            h[i] = new double[W.Length];
        }

        x.CopyTo(h[0]);
        for (int i = 0; i < Depth; i++)
        {
            Step(h[i], h[i + 1]);
        }

        double sum = 0;
        foreach (double v in h[Depth])
        {
            sum += v * v;
        }

        return sum;
    }

    [Differentiable]
    private void Step(ReadOnlySpan<double> from, Span<double> to)
    {
        for (int j = 0; j < to.Length; j++)
        {
            to[j] = Math.Tanh(from[j] * W[(j + 1) % W.Length] + from[0]);
        }
    }
}

/// <summary>Programs that keep their state in local arrays of arrays.</summary>
public static partial class JaggedPrograms
{
    [Fact]
    public static void Activations_of_a_model() => Check.Gradient(
        x => new DeepNet { W = x }.Loss(start),
        (x, d, s) =>
        {
            DeepNet model = new() { W = x }, gradient = model.ZerosLike();
            double value = model.LossBackward(start, gradient, new double[4], s);
            for (int i = 0; i < d.Length; i++)
            {
                d[i] += gradient.W[i];
            }

            return value;
        },
        1e-6,
        Check.Heap.UsedByTest,
        [0.3, -0.2, 0.5, 0.7]);

    private static readonly double[] start = [0.5, 0.2, -0.3, 0.9];

    [Fact]
    public static void Rows_in_tensor_primitives() => Check.Gradient(x => Tensor(x), (x, d, s) => TensorBackward(x, d, s), [0.3, -0.2, 0.5], [1, 2, 3]);

    [Differentiable]
    internal static double Tensor(ReadOnlySpan<double> x)
    {
        double[][] k = new double[x.Length][];
        for (int i = 0; i < x.Length; i++)
        {
            k[i] = new double[x.Length];
            TensorPrimitives.Multiply(x, x[i], k[i]);
            if (x[i] < 0)
            {
                continue;
            }

            k[i][i] += Math.Exp(x[i]);
        }

        double sum = 0;
        for (int i = 0; i < k.Length; i++)
        {
            for (int j = i; j < k.Length; j++)
            {
                sum += TensorPrimitives.Dot<double>(k[i], k[j]) + k[i].AsSpan()[j..].Length;
            }
        }

        return sum;
    }

    [Fact]
    public static void Cholesky_factors_of_triangular_rows() => Check.Gradient(x => Cholesky(x), (x, d, s) => CholeskyBackward(x, d, s), [0.3, -0.2, 0.5], [1, 2, 3]);

    [Differentiable]
    internal static double Cholesky(ReadOnlySpan<double> x)
    {
        int n = x.Length;
        double[][] l = new double[n][];
        for (int i = 0; i < n; i++)
        {
            l[i] = new double[i + 1];
            for (int j = 0; j <= i; j++)
            {
                l[i][j] = x[i] * x[j] + (i == j ? 3 : 0.1);
            }
        }

        for (int i = 0; i < n; i++)
        {
            double[] li = l[i];
            for (int j = 0; j <= i; j++)
            {
                double[] lj = l[j];
                double sum = li[j];
                for (int k = 0; k < j; k++)
                {
                    sum -= li[k] * lj[k];
                }

                li[j] = i == j ? Math.Sqrt(sum) : sum / lj[j];
            }
        }

        double log = 0;
        for (int i = 0; i < n; i++)
        {
            log += Math.Log(l[i][i]);
        }

        return log;
    }

    [Fact]
    public static void A_local_function_that_makes_its_own() => Check.Gradient(x => Fun(x), (x, d, s) => FunBackward(x, d, s), [0.3, -0.2, 0.5], [1, 2, 3]);

    [Differentiable]
    internal static double Fun(ReadOnlySpan<double> x)
    {
        static double Norm(double a, double b, int n)
        {
            double[][] t = new double[n][];
            for (int i = 0; i < n; i++)
            {
                t[i] = new double[i + 1];
                t[i][0] = a;
                t[i][i] += b;
            }

            return t[n - 1][n - 1] * t[0][0] + t[n - 1][0];
        }

        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += Norm(x[i], x[0], 2) * Norm(x[0], sum, 3);
        }

        return sum;
    }
}
