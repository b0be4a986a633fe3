using System.Numerics.Tensors;

namespace Backprop.Integration;

/// <summary>Members of <see cref="TensorPrimitives"/> in methods that are called, in models, and in halves.</summary>
public static partial class TensorCalls
{
    [Fact]
    public static void A_layer_that_is_called()
        => Check.Gradient(
            x => Network(x.AsSpan(0, 6), x.AsSpan(6, 2), x.AsSpan(8)),
            (x, d, s) => NetworkBackward(x.AsSpan(0, 6), x.AsSpan(6, 2), x.AsSpan(8), d.AsSpan(0, 6), d.AsSpan(6, 2), d.AsSpan(8), s),
            [0.5, 1, 2, -3, 0.25, 1.5, 0.1, -0.7, 0.4, 0.9, 0.3]);

    /// <summary>y = tanh(W x + b)</summary>
    [Differentiable]
    internal static void Dense(ReadOnlySpan<double> w, ReadOnlySpan<double> b, ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = TensorPrimitives.Dot(w.Slice(i * x.Length, x.Length), x);
        TensorPrimitives.Add(y, b, y);
        TensorPrimitives.Tanh(y, y);
    }

    [Differentiable]
    internal static double Network(ReadOnlySpan<double> w, ReadOnlySpan<double> b, ReadOnlySpan<double> x)
    {
        Span<double> h = stackalloc double[b.Length], y = stackalloc double[b.Length];
        Dense(w, b, x, h);
        Dense(w[..4], b, h, y);
        for (int i = 0; i < 2; i++)
        {
            Dense(w[2..], b, y, h);
            Dense(w[2..], b, h, y);
        }

        return TensorPrimitives.SumOfSquares<double>(y) + h[0];
    }

    [Fact]
    public static void Halves_can_be_run_apart_and_twice()
    {
        double[] x = [0.5, 1, 2], before = [.. x], once = new double[3], twice = new double[3], whole = new double[3];
        once[0] = twice[0] = whole[0] = 0.5;
        double value = StepForward(x, 3, out StepResiduals residuals);
        Assert.Equal(Step([.. before], 3), value);
        StepPullback(x, 3, in residuals, once, 1);
        StepPullback(x, 3, in residuals, twice, 1);
        double[] again = [.. before];
        StepBackward(again, 3, whole);
        Assert.Equal(again, x);
        Assert.Equal(whole, once);
        Assert.Equal(whole, twice);
    }

    [Fact]
    public static void A_step_in_place() => Check.InPlace(x => Step(x, 2), (x, d, s) => StepBackward(x, 2, d, s), [0.5, 1, 2], [-1, 0.25]);

    [Differentiable]
    internal static double Step(Span<double> x, int n)
    {
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            TensorPrimitives.Cos(x, x);
            sum += TensorPrimitives.Norm<double>(x);
            TensorPrimitives.Multiply(x, x, x);
        }

        return sum;
    }

    [Fact]
    public static void A_step_that_is_called_in_a_loop() => Check.Gradient(x => Steps(x, 3), (x, d, s) => StepsBackward(x, 3, d, s), [0.5, 1, 2]);

    [Differentiable]
    internal static double Steps(ReadOnlySpan<double> x, int n)
    {
        double[] y = x.ToArray();
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            sum += Step(y, 2);
            TensorPrimitives.Add(y, x, y);
        }

        return sum;
    }

    [Fact]
    public static void Run_again_instead_of_kept() => Check.Gradient(x => Again(x), (x, d, s) => AgainBackward(x, d, s), [0.5, 1, 2]);

    [Differentiable]
    internal static double Again(ReadOnlySpan<double> x) => Energy(x) * Energy(x[1..]);

    [Differentiable, Recompute]
    internal static double Energy(ReadOnlySpan<double> x)
    {
        Span<double> y = stackalloc double[x.Length];
        TensorPrimitives.Log(x, y);
        TensorPrimitives.Multiply(y, y, y);
        return TensorPrimitives.Sum<double>(y);
    }

    [Fact]
    public static void A_model()
        => Check.Gradient(x => Filled(x).Loss(x.AsSpan(8)), (x, d, s) =>
        {
            DenseLayer gradient = new();
            double value = Filled(x).LossBackward(x.AsSpan(8), gradient, d.AsSpan(8), s);
            TensorPrimitives.Add(d.AsSpan(0, 6), gradient.W, d);
            TensorPrimitives.Add(d.AsSpan(6, 2), gradient.B, d.AsSpan(6));
            return value;
        }, 1e-6, Check.Heap.UsedByTest, [0.5, 1, 2, -3, 0.25, 1.5, 0.1, -0.7, 0.4, 0.9, 0.3]);

    private static DenseLayer Filled(double[] x)
    {
        DenseLayer layer = new();
        x.AsSpan(0, 6).CopyTo(layer.W);
        x.AsSpan(6, 2).CopyTo(layer.B);
        return layer;
    }
}

[Differentiable]
public sealed partial class DenseLayer
{
    public double[] W = new double[6];
    public double[] B = new double[2];

    [Differentiable]
    public double Loss(ReadOnlySpan<double> x)
    {
        Span<double> y = stackalloc double[B.Length];
        for (int i = 0; i < B.Length; i++)
        {
            y[i] = TensorPrimitives.Dot(W.AsSpan(i * x.Length, x.Length), x);
        }

        TensorPrimitives.Add(y, B, y);
        TensorPrimitives.Sigmoid(y, y);
        return TensorPrimitives.Sum<double>(y) + TensorPrimitives.Norm<double>(W);
    }
}
