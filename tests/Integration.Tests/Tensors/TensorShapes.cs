using System.Numerics.Tensors;

namespace Backprop.Integration;

/// <summary>One member of every family of <see cref="TensorPrimitives"/>: what it takes and what it gives.</summary>
public static partial class TensorShapes
{
    [Fact]
    public static void One_span_to_one_span()
        => Check.Gradient(x => Unary(x), (x, d, s) => UnaryBackward(x, d, s), [0.5, 1.25, -0.75], [2], []);

    [Differentiable]
    internal static double Unary(ReadOnlySpan<double> x)
    {
        Span<double> y = stackalloc double[x.Length];
        TensorPrimitives.Exp(x, y);
        double sum = 0;
        for (int i = 0; i < y.Length; i++)
            sum += (i + 1) * y[i];
        return sum;
    }

    [Fact]
    public static void Two_spans_to_one_span()
        => Check.Gradient(
            x => Binary(x.AsSpan(0, 3), x.AsSpan(3)),
            (x, d, s) => BinaryBackward(x.AsSpan(0, 3), x.AsSpan(3), d.AsSpan(0, 3), d.AsSpan(3), s),
            [0.5, 1.25, -0.75, 2, -3, 0.25]);

    [Differentiable]
    internal static double Binary(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double[] z = new double[x.Length];
        TensorPrimitives.Divide(x, y, z);
        double[] squares = new double[z.Length];
        TensorPrimitives.Multiply(z, z, squares);
        return TensorPrimitives.Sum<double>(squares) + TensorPrimitives.Sum<double>(z);
    }

    [Fact]
    public static void A_span_and_a_number_in_both_orders()
        => Check.Gradient(x => Mixed(x[0], x.AsSpan(1)), (x, d, s) => MixedBackward(x[0], x.AsSpan(1), ref d[0], d.AsSpan(1), s), [0.5, 1.25, 0.75, 2], [3, 1]);

    [Differentiable]
    internal static double Mixed(double a, ReadOnlySpan<double> x)
    {
        Span<double> y = new double[x.Length], z = new double[x.Length + 2];
        TensorPrimitives.Pow(x, a, y);
        TensorPrimitives.Divide(a, y, z);
        TensorPrimitives.Subtract(z[..y.Length], a * a, y);
        return TensorPrimitives.SumOfSquares<double>(y) + z[^1];
    }

    [Fact]
    public static void Three_operands()
        => Check.Gradient(
            x => Ternary(x.AsSpan(0, 2), x.AsSpan(2, 2), x[4]),
            (x, d, s) => TernaryBackward(x.AsSpan(0, 2), x.AsSpan(2, 2), x[4], d.AsSpan(0, 2), d.AsSpan(2, 2), ref d[4], s),
            [0.5, 1.25, -0.75, 2, 0.3]);

    [Differentiable]
    internal static double Ternary(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double t)
    {
        Span<double> a = stackalloc double[x.Length], b = stackalloc double[x.Length];
        TensorPrimitives.Lerp(x, y, t, a);
        TensorPrimitives.MultiplyAdd(x, y, a, b);
        TensorPrimitives.AddMultiply(a, t, b, a);
        TensorPrimitives.Clamp(b, -0.5, 1.5 * t, b);
        return TensorPrimitives.Sum<double>(a) + TensorPrimitives.Norm<double>(b);
    }

    [Fact]
    public static void One_span_to_two()
        => Check.Gradient(x => Circle(x), (x, d, s) => CircleBackward(x, d, s), [0.5, 1.25, -0.75]);

    [Differentiable]
    internal static double Circle(ReadOnlySpan<double> angles)
    {
        double[] sin = new double[angles.Length], cos = new double[angles.Length];
        TensorPrimitives.SinCos(angles, sin, cos);
        TensorPrimitives.Multiply(sin, 3, sin);
        return TensorPrimitives.Product<double>(cos) + TensorPrimitives.ProductOfSums<double>(sin, cos);
    }

    [Fact]
    public static void Numbers_of_one_span()
        => Check.Gradient(x => Reduced(x), (x, d, s) => ReducedBackward(x, d, s), [0.5, 1.25, -0.75], [2, -3]);

    [Differentiable]
    internal static double Reduced(ReadOnlySpan<double> x)
        => TensorPrimitives.Sum(x) * TensorPrimitives.Max(x) + TensorPrimitives.Norm(x) - TensorPrimitives.MinMagnitude(x) * TensorPrimitives.Average(x)
            + TensorPrimitives.StdDev(x) * TensorPrimitives.SumOfMagnitudes(x);

    [Fact]
    public static void Numbers_of_two_spans()
        => Check.Gradient(
            x => Compared(x.AsSpan(0, 3), x.AsSpan(3)),
            (x, d, s) => ComparedBackward(x.AsSpan(0, 3), x.AsSpan(3), d.AsSpan(0, 3), d.AsSpan(3), s),
            [0.5, 1.25, -0.75, 2, -3, 0.25]);

    [Differentiable]
    internal static double Compared(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
        => TensorPrimitives.Dot(x, y) * TensorPrimitives.Distance(x, y) + TensorPrimitives.CosineSimilarity(x, y) + TensorPrimitives.Dot(x, x);

    [Fact]
    public static void Numbers_that_carry_no_derivative()
        => Check.Gradient(x => Selected(x), (x, d, s) => SelectedBackward(x, d, s), [0.5, 1.25, -0.75], [2.5, -3.25]);

    [Differentiable]
    internal static double Selected(ReadOnlySpan<double> x)
    {
        Span<int> signs = stackalloc int[x.Length];
        TensorPrimitives.Sign(x, signs);
        Span<bool> isInteger = stackalloc bool[x.Length];
        TensorPrimitives.IsInteger(x, isInteger);
        double sum = x[TensorPrimitives.IndexOfMax(x)] * x[TensorPrimitives.IndexOfMinMagnitude(x)];
        for (int i = 0; i < x.Length; i++)
            sum += isInteger[i] ? 7 : signs[i] * x[i] * x[i];
        return TensorPrimitives.IsFiniteAll(x) ? sum : 0;
    }

    [Fact]
    public static void Whole_numbers_get_nothing()
    {
        double[] x = [0.5, 1.25, -0.75], dx = new double[3];
        Assert.Equal(Rounded(x), RoundedBackward(x, dx));
        Assert.Equal([1, 1, 1], dx);
    }

    [Differentiable]
    internal static double Rounded(ReadOnlySpan<double> x)
    {
        Span<double> y = stackalloc double[x.Length];
        TensorPrimitives.Round(x, 1, MidpointRounding.AwayFromZero, y);
        TensorPrimitives.Floor(y, y);
        TensorPrimitives.Add(x, y, y);
        return TensorPrimitives.Sum<double>(y);
    }

    [Fact]
    public static void From_double_to_float_and_back()
    {
        double[] x = [0.5, 1.25, -0.75], dx = new double[3];
        Assert.Equal(Converted(x), ConvertedBackward(x, dx));
        Assert.Equal([1, 2.5, -1.5], dx);
    }

    [Differentiable]
    internal static double Converted(ReadOnlySpan<double> x)
    {
        Span<float> y = stackalloc float[x.Length];
        double[] z = new double[x.Length];
        TensorPrimitives.ConvertChecked(x, y);
        TensorPrimitives.ConvertTruncating<float, double>(y, z);
        return TensorPrimitives.SumOfSquares<double>(z);
    }

    private static readonly int[] counts = [3, -1, 2];

    [Fact]
    public static void From_integers()
        => Check.Gradient(x => Counted(counts, x), (x, d, s) => CountedBackward(counts, x, d, s), [0.5, 1.25, -0.75]);

    [Differentiable]
    internal static double Counted(ReadOnlySpan<int> counts, ReadOnlySpan<double> x)
    {
        Span<double> y = stackalloc double[x.Length];
        x.CopyTo(y);
        TensorPrimitives.Exp(y, y);
        double first = y[0];
        TensorPrimitives.ConvertChecked(counts, y);
        return TensorPrimitives.Dot(x, y) * first;
    }

    [Fact]
    public static void Single_precision()
        => Check.Single(
            x => Softened([(float)x[0], (float)x[1], (float)x[2]]),
            (x, d, s) =>
            {
                Span<float> w = [(float)x[0], (float)x[1], (float)x[2]], dw = [(float)d[0], (float)d[1], (float)d[2]];
                float value = SoftenedBackward(w, dw, (float)s);
                (d[0], d[1], d[2]) = (dw[0], dw[1], dw[2]);
                return value;
            },
            [0.5, 1.25, -0.75]);

    [Differentiable]
    internal static float Softened(ReadOnlySpan<float> x)
    {
        Span<float> y = stackalloc float[x.Length];
        TensorPrimitives.SoftMax(x, y);
        return MathF.Log(y[1]) + TensorPrimitives.Dot(x, y);
    }
}
