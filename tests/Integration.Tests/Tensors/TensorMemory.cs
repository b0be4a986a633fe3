using System.Numerics;
using System.Numerics.Tensors;

namespace Backprop.Integration;

/// <summary>Which memory members of <see cref="TensorPrimitives"/> read and write, and what happens to it before and after.</summary>
public static partial class TensorMemory
{
    [Fact]
    public static void In_place()
        => Check.InPlace(x => Replaced(x.AsSpan(1), x[0]), (x, d) => ReplacedBackward(x.AsSpan(1), x[0], d.AsSpan(1), ref d[0]), [0.5, 1, 2, -3]);

    [Differentiable]
    internal static void Replaced(Span<double> x, double s)
    {
        TensorPrimitives.Multiply(x, s, x);
        TensorPrimitives.Multiply(x, x, x);
        TensorPrimitives.Add(x, x, x);
        TensorPrimitives.Sin(x, x);
        TensorPrimitives.Subtract(s, x, x);
    }

    [Fact]
    public static void The_destination_is_another_operand()
        => Check.InPlace(
            x => Products(x.AsSpan(0, 2), x.AsSpan(2)),
            (x, d) => ProductsBackward(x.AsSpan(0, 2), x.AsSpan(2), d.AsSpan(0, 2), d.AsSpan(2)),
            [0.5, 1, 2, -3]);

    [Differentiable]
    internal static void Products(Span<double> x, Span<double> y)
    {
        TensorPrimitives.Multiply(x, y, y);
        TensorPrimitives.Divide(x, y, x);
        TensorPrimitives.Hypot(y, x, y);
    }

    [Fact]
    public static void Both_operands_are_one_memory()
        => Check.Gradient(x => Squares(x), (x, d, s) => SquaresBackward(x, d, s), [0.5, 1, 2, -3]);

    [Differentiable]
    internal static double Squares(ReadOnlySpan<double> x) => TensorPrimitives.Dot(x, x) + TensorPrimitives.Dot(x[1..], x[..^1]) + TensorPrimitives.Distance(x, x.Slice(0, x.Length));

    [Fact]
    public static void Destinations_longer_than_what_is_written()
        => Check.InPlace(x => Longer(x), (x, d) => LongerBackward(x, d), [0.5, 1, 2, -3, 0.25]);

    [Differentiable]
    internal static void Longer(Span<double> x)
    {
        TensorPrimitives.Exp(x[..2], x);
        TensorPrimitives.Multiply(x[2..4], x[..2], x[2..]);
        TensorPrimitives.Tanh(x[3..], x.Slice(3, 2));
    }

    [Fact]
    public static void In_a_loop_on_one_memory()
        => Check.Gradient(
            x => Iterated(x.AsSpan(0, 6), x.AsSpan(6), 3),
            (x, d, s) => IteratedBackward(x.AsSpan(0, 6), x.AsSpan(6), 3, d.AsSpan(0, 6), d.AsSpan(6), s),
            [0.5, 1, 2, -3, 0.25, 1.5, 0.1, -0.7, 0.4, 0.9]);

    [Differentiable]
    internal static double Iterated(ReadOnlySpan<double> w, ReadOnlySpan<double> x, int n)
    {
        Span<double> h = stackalloc double[x.Length];
        x.CopyTo(h);
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            TensorPrimitives.Multiply(h, w.Slice(i, x.Length), h);
            TensorPrimitives.Tanh(h, h);
            TensorPrimitives.Add(h, sum, h);
            sum += TensorPrimitives.Norm<double>(h[1..]);
            if (i == 1)
                TensorPrimitives.Exp(h, h);
        }

        return sum * TensorPrimitives.Max<double>(h);
    }

    [Fact]
    public static void A_temporary_of_each_iteration()
        => Check.Gradient(x => Temporary(x, 3), (x, d, s) => TemporaryBackward(x, 3, d, s), [0.5, 1, -0.25]);

    [Differentiable]
    internal static double Temporary(ReadOnlySpan<double> x, int n)
    {
        double sum = 1;
        for (int i = 0; i < n; i++)
        {
            double[] t = new double[x.Length];
            TensorPrimitives.Multiply(x, sum, t);
            TensorPrimitives.Sigmoid(t, t);
            sum += TensorPrimitives.SumOfSquares<double>(t);
        }

        return sum;
    }

    [Fact]
    public static void A_constant_temporary_of_each_iteration()
        => Check.InPlace(x => Constant(x, data), (x, d, s) => ConstantBackward(x, data, d, s), [0.5, 1, -0.25]);

    [Differentiable]
    internal static double Constant(Span<double> x, [NoGradient] ReadOnlySpan<double> c)
    {
        double sum = 0;
        for (int i = 0; i < 3; i++)
        {
            double[] t = new double[c.Length];
            TensorPrimitives.Multiply(c, i, t);
            TensorPrimitives.Add(x, t, x);
            TensorPrimitives.Tanh(x, x);
            TensorPrimitives.Multiply(x, t, x);
            sum += TensorPrimitives.Dot<double>(x, t);
        }

        return sum;
    }

    [Fact]
    public static void One_destination_of_two_takes_the_place_of_the_operand()
        => Check.InPlace(x => Turned(x), (x, d, s) => TurnedBackward(x, d, s), [0.5, 1, -0.25]);

    [Differentiable]
    internal static double Turned(Span<double> x)
    {
        Span<double> other = stackalloc double[x.Length];
        TensorPrimitives.SinCos(x, x, other);
        double sum = TensorPrimitives.Dot<double>(x, other);
        TensorPrimitives.SinCos(x, other, x);
        return sum + TensorPrimitives.Norm<double>(other);
    }

    [Fact]
    public static void Elements_and_calls_take_turns()
        => Check.InPlace(x => Turns(x), (x, d, s) => TurnsBackward(x, d, s), [0.5, 1, 2, -3]);

    [Differentiable]
    internal static double Turns(Span<double> x)
    {
        x[0] *= x[1];
        TensorPrimitives.Multiply(x, x[0], x);
        x[1] = x[2] * x[0];
        double sum = TensorPrimitives.Sum<double>(x);
        x.Fill(sum);
        TensorPrimitives.Multiply(x, x[2], x);
        x[3] = 2;
        return sum;
    }

    [Fact]
    public static void Memory_by_every_way()
        => Check.Gradient(x => Ways(x, x), (x, d, s) =>
        {
            double[] other = [.. x], dOther = new double[x.Length];
            double value = WaysBackward(x, other, d, dOther, s);
            TensorPrimitives.Add(d, dOther, d);
            return value;
        }, 1e-6, Check.Heap.UsedByTest, [0.5, 1, 2, -3]);

    [Differentiable]
    internal static double Ways(double[] a, ReadOnlyMemory<double> m)
    {
        double[] t = new double[a.Length], u = [a[0], 2 * a[1]];
        TensorPrimitives.Add(a, m.Span, t);
        TensorPrimitives.Cosh(a.AsSpan(1, 2), t.AsSpan()[2..]);
        TensorPrimitives.Negate(u, t.AsSpan(1));
        return TensorPrimitives.SumOfSquares<double>(t) + TensorPrimitives.Sum<double>([a[0], a[1] * a[2]]);
    }

    [Fact]
    public static void Arguments_by_name()
        => Check.Gradient(x => Named(x), (x, d, s) => NamedBackward(x, d, s), [0.5, 1, 2, 3]);

    [Differentiable]
    internal static double Named(ReadOnlySpan<double> x)
    {
        double[] t = new double[x.Length];
        TensorPrimitives.Subtract(destination: t, y: x[0] * x[1], x: x);
        return TensorPrimitives.Dot(y: x, x: t);
    }

    [Fact]
    public static void Variables_that_change_places()
        => Check.Gradient(x => Swapped(x, 3), (x, d, s) => SwappedBackward(x, 3, d, s), [0.5, 1, 0.25]);

    [Differentiable]
    internal static double Swapped(ReadOnlySpan<double> x, int n)
    {
        double[] now = x.ToArray(), next = new double[x.Length];
        for (int i = 0; i < n; i++)
        {
            TensorPrimitives.Sin(now, next);
            TensorPrimitives.Multiply(next, x, next);
            (now, next) = (next, now);
        }

        return TensorPrimitives.Sum<double>(now) + next[0];
    }

    [Fact]
    public static void One_of_two_memories()
        => Check.Gradient(x => Chosen(x), (x, d, s) => ChosenBackward(x, d, s), [0.5, 1, 0.25, 2], [-0.5, 1, 0.25, 2]);

    [Differentiable]
    internal static double Chosen(ReadOnlySpan<double> x)
    {
        double[] a = new double[2], b = new double[2];
        double[] c = x[0] > 0 ? a : b;
        TensorPrimitives.Exp(x[..2], c);
        TensorPrimitives.Multiply(c, x[2..], a);
        return TensorPrimitives.Sum<double>(a) - TensorPrimitives.Norm<double>(c);
    }

    private static readonly double[] data = [2, 3, -1];

    [Fact]
    public static void Constant_operands()
        => Check.Gradient(x => Weighted(x, data), (x, d, s) => WeightedBackward(x, data, d, s), [0.5, 1, 0.25]);

    [Differentiable]
    internal static double Weighted(ReadOnlySpan<double> w, [NoGradient] ReadOnlySpan<double> x)
    {
        Span<double> y = stackalloc double[x.Length];
        TensorPrimitives.Exp(x, y);
        TensorPrimitives.Multiply(w, y, y);
        return TensorPrimitives.Dot(x, w) + TensorPrimitives.Norm<double>(y);
    }

    [Fact]
    public static void Generic_math()
        => Check.Gradient(x => Generic<double>(x), (x, d, s) => GenericBackward<double>(x, d, s), [0.5, 1, 0.25], [3]);

    [Differentiable]
    internal static T Generic<T>(ReadOnlySpan<T> x)
        where T : IFloatingPointIeee754<T>
    {
        T[] y = new T[x.Length];
        TensorPrimitives.Multiply(x, T.CreateChecked(0.5), y);
        TensorPrimitives.Tanh(y, y);
        return TensorPrimitives.Dot(x, y);
    }

    [Fact]
    public static void Integers_by_a_type_parameter()
        => Check.Gradient(x => Integers<double, int>(x, ints), (x, d, s) => IntegersBackward<double, int>(x, ints, d, s), [0.5, 1, 0.25]);

    private static readonly int[] ints = [3, -1, 2];

    [Differentiable]
    internal static T Integers<T, TInteger>(ReadOnlySpan<T> x, ReadOnlySpan<TInteger> n)
        where T : IFloatingPointIeee754<T>
        where TInteger : IBinaryInteger<TInteger>
    {
        T[] y = new T[x.Length];
        TensorPrimitives.ConvertChecked(n, y);
        return TensorPrimitives.Dot(x, y) * TensorPrimitives.Dot(x, x);
    }

    [Fact]
    public static void Exceptions_come_out_unchanged()
    {
        double[] x = [1, 2, 3], dx = new double[3];
        Assert.Equal("x", Assert.Throws<ArgumentException>(() => TooShortBackward(x, 4, dx)).ParamName);
        Assert.Equal(new double[3], dx);
        Assert.Equal(TooShort(x, 3), TooShortBackward(x, 3, dx));
    }

    [Differentiable]
    internal static double TooShort(ReadOnlySpan<double> x, int n)
    {
        if (n != x.Length)
            throw new ArgumentException("No.", nameof(x));
        return TensorPrimitives.Sum(x);
    }
}
