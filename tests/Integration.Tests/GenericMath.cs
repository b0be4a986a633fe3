using System.Numerics;

namespace Backprop.Integration;

/// <summary>Methods over a type parameter that stands for a number type.</summary>
public static partial class GenericMath
{
    [Fact]
    public static void A_loop_over_a_span_for_double()
        => Check.Gradient(x => Mixed<double>(x[0], x.AsSpan(1), 3), (x, d, s) => MixedBackward<double>(x[0], x.AsSpan(1), 3, ref d[0], d.AsSpan(1), s),
            [0.5, 1, -0.25, 0.75], [-0.3, 0.1]);

    [Fact]
    public static void The_same_method_for_float()
        => Check.Single(
            x => Mixed((float)x[0], [(float)x[1], (float)x[2]], 2),
            (x, d, s) =>
            {
                float dx = (float)d[0];
                Span<float> w = [(float)x[1], (float)x[2]], dw = [(float)d[1], (float)d[2]];
                float value = MixedBackward(w: w, x: (float)x[0], n: 2, dx: ref dx, dw: dw, seed: (float)s);
                (d[0], d[1], d[2]) = (dx, dw[0], dw[1]);
                return value;
            },
            [0.5, 1, -0.25]);

    [Fact]
    public static void Generic_and_plain_give_the_same_bits()
    {
        double[] w = [0.3, -1.25, 2];
        double dx = 0, dy = 0;
        double[] dw = new double[3], dv = new double[3];
        Assert.Equal(PlainBackward(0.7, w, 2, ref dy, dv), MixedBackward<double>(0.7, w, 2, ref dx, dw));
        Assert.Equal(dy, dx);
        Assert.Equal(dv, dw);
    }

    [Differentiable]
    internal static T Mixed<T>(T x, ReadOnlySpan<T> w, int n)
        where T : IFloatingPointIeee754<T>
    {
        T sum = T.Zero, two = T.CreateChecked(2);
        for (int i = 0; i < w.Length; i++)
        {
            T e = T.Exp(x * w[i]) / two;
            sum += e * e + T.CreateChecked(i) * T.Pi;
            if (sum > T.One)
            {
                sum -= T.Sin(w[i]);
            }

            sum++;
        }

        return T.Sqrt(sum) + T.Max(x, T.CreateChecked(0.25)) * T.CreateChecked(n) + T.Pow(two + x, two);
    }

    [Differentiable]
    internal static double Plain(double x, ReadOnlySpan<double> w, int n)
    {
        double sum = 0, two = 2;
        for (int i = 0; i < w.Length; i++)
        {
            double e = double.Exp(x * w[i]) / two;
            sum += e * e + (double)i * double.Pi;
            if (sum > 1)
            {
                sum -= double.Sin(w[i]);
            }

            sum++;
        }

        return double.Sqrt(sum) + double.Max(x, 0.25) * (double)n + double.Pow(two + x, two);
    }

    [Fact]
    public static void A_weaker_constraint_is_enough_for_polynomials()
        => Check.Gradient(x => Polynomial(x[0], x[1]), (x, d, s) => PolynomialBackward(x[0], x[1], ref d[0], ref d[1], s), [0.5, 2], [-1, 3]);

    [Differentiable]
    internal static T Polynomial<T>(T a, T b)
        where T : INumberBase<T>
    {
        T y = a * b + a;
        y *= y - b;
        return -y + a / (T.One + b * b);
    }

    [Fact]
    public static void Written_spans_and_reference_parameters()
        => Check.InPlace(
            x =>
            {
                double k = x[0];
                Chain(x.AsSpan(1), ref k);
                x[0] = k;
            },
            (x, d) =>
            {
                ChainBackward(x.AsSpan(1), ref x[0], d.AsSpan(1), ref d[0]);
            },
            [0.5, 1, 0.25, -0.75]);

    [Differentiable]
    internal static void Chain<T>(Span<T> x, ref T k)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int i = 1; i < x.Length; i++)
        {
            x[i] = T.Tanh(x[i - 1] * k) + x[i];
            k += x[i];
        }
    }

    [Fact]
    public static void The_friendly_form_is_generic_too()
    {
        (float value, (float x, float[] w) gradient) = MixedGradient(0.5f, [1f, 2f], 1);
        float dx = 0;
        float[] dw = new float[2];
        Assert.Equal(MixedBackward<float>(0.5f, [1f, 2f], 1, ref dx, dw), value);
        Assert.Equal((dx, dw[0], dw[1]), (gradient.x, gradient.w[0], gradient.w[1]));
    }

    [Fact]
    public static void A_generic_method_is_called_from_plain_and_generic_ones()
        => Check.Gradient(x => Calling(x[0], x.AsSpan(1)), (x, d, s) => CallingBackward(x[0], x.AsSpan(1), ref d[0], d.AsSpan(1), s), [0.3, 1, 2], [-0.5, 0.25]);

    [Differentiable]
    internal static double Calling(double x, ReadOnlySpan<double> w)
    {
        double sum = 0;
        for (int i = 0; i < 3; i++)
        {
            sum += Sines(x * sum + 1, w);
        }

        return sum * Product(x, w);
    }

    [Differentiable]
    internal static T Product<T>(T x, ReadOnlySpan<T> w)
        where T : IFloatingPointIeee754<T>
        => Sines(x, w) * x;

    [Differentiable]
    internal static T Sines<T>(T x, ReadOnlySpan<T> w)
        where T : IFloatingPointIeee754<T>
    {
        T y = T.Zero;
        for (int i = 0; i < w.Length; i++)
        {
            y = T.Sin(y + x * w[i]);
        }

        return y;
    }

    [Fact]
    public static void Members_of_a_generic_type()
        => Check.Gradient(x => Of<double>.Area(x[0], x[1]), (x, d, s) => Of<double>.AreaBackward(x[0], x[1], ref d[0], ref d[1], s), [0.5, 2]);

    internal static partial class Of<T>
        where T : IFloatingPointIeee754<T>
    {
        [Differentiable]
        internal static T Area(T a, T b) => a * b * T.Tau + T.Hypot(a, b);
    }

    [Fact]
    public static void Two_number_types()
        => Check.Single(x => Both((float)x[0], (float)x[1]), (x, d, s) => BothBackward(x, d, s), [0.5, 2], [1.5, -0.25]);

    private static double BothBackward(double[] x, double[] d, double s)
    {
        float da = 0, db = 0;
        double value = BothBackward((float)x[0], (float)x[1], ref da, ref db, (float)s);
        (d[0], d[1]) = (d[0] + da, d[1] + db);
        return value;
    }

    [Differentiable]
    internal static float Both(float a, float b) => (float)Scaled((double)a, b) + Scaled(b, (double)a);

    [Differentiable]
    internal static T Scaled<T, U>(T x, U y)
        where T : IFloatingPointIeee754<T>
        where U : IFloatingPointIeee754<U>
        => x * T.CreateChecked(y * y) + T.CreateChecked(U.CreateChecked(x) * y);
}
