namespace Backprop.Integration;

/// <summary>The user's operators and conversions.</summary>
public static partial class Operators
{
    private static void Two(Func<Vec, Vec, double> primal, Backward backward, params double[][] points)
        => Check.Gradient(x => primal(Laid.On<Vec>(x), Laid.On<Vec>(x, 2)), (x, d, s) => backward(Laid.On<Vec>(x), Laid.On<Vec>(x, 2), ref Laid.On<Vec>(d), ref Laid.On<Vec>(d, 2), s), points);

    private delegate double Backward(Vec a, Vec b, ref Vec da, ref Vec db, double seed);

    [Fact]
    public static void Arithmetic() => Two(Compute, ComputeBackward, [1, 2, 3, 4], [0, 1, -1, 2]);

    [Differentiable]
    internal static double Compute(Vec a, Vec b)
    {
        Vec c = 2 * a - b * 0.5 + -a;
        c += a;
        c -= b * (a * b);
        c *= 3;
        return c * (a + c) + (a - b).Norm;
    }

    [Fact]
    public static void Increments() => Two(Increase, IncreaseBackward, [1, 2, 3, 4]);

    [Differentiable]
    internal static double Increase(Vec a, Vec b)
    {
        a++;
        Vec c = ++b, before = b++;
        return a * c + before * b;
    }

    [Fact]
    public static void Comparisons() => Two(Smaller, SmallerBackward, [1, 2, 3, 4], [3, 4, 1, 2]);

    [Differentiable]
    internal static double Smaller(Vec a, Vec b)
    {
        Vec least = a < b ? a : b;
        if (a > b)
        {
            least = 2 * least;
        }

        return least * least * a.X;
    }

    [Fact]
    public static void Truth() => Two(True, TrueBackward, [1, 2, 3, 4], [-1, 2, 3, 4]);

    [Differentiable]
    internal static double True(Vec a, Vec b)
    {
        if (a)
        {
            return a * b;
        }

        return b ? b.X * a.Y : 0;
    }

    [Fact]
    public static void Conversions() => Two(Convert, ConvertBackward, [1, 2, 3, 4]);

    [Differentiable]
    internal static double Convert(Vec a, Vec b)
    {
        Vec real = a.X * b.Y;
        Vec pair = (b.X, a.Y);
        double norm = (double)(real + pair);
        real = 3;
        return norm * real.X + (double)a;
    }

    [Fact]
    public static void Order_of_evaluation() => Check.Gradient(x => Ordered(Laid.On<Vec>(x), x[2]), (x, d, s) => OrderedBackward(Laid.On<Vec>(x), x[2], ref Laid.On<Vec>(d), ref d[2], s), [1, 2, 3]);

    [Differentiable]
    internal static double Ordered(Vec v, double a)
    {
        double y = v.X + (v.X = a * v.Y) * v.X;
        Vec w = v + (v = new(a, v.X));
        w.Y = (v.Y *= 2) + v.Y;
        return y + w * v;
    }

    [Fact]
    public static void On_elements() => Check.InPlace(x => Shift(Laid.All<Vec>(x)), (x, d) => ShiftBackward(Laid.All<Vec>(x), Laid.All<Vec>(d)), [1, 2, 3, 4]);

    [Differentiable]
    internal static void Shift(Span<Vec> v)
    {
        v[0] += v[1];
        v[1] *= v[0].X;
        v[0]++;
        v[1] = -v[1] + v[0];
    }
}
