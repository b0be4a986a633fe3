namespace Backprop.Integration;

/// <summary>Tuples as parameters, locals, results.</summary>
public static partial class Tuples
{
    [Fact]
    public static void Parameters_and_names() => Check.Gradient(x => Named((x[0], x[1]), x[2]), (x, d, s) => NamedBackward((x[0], x[1]), x[2], ref Laid.On<(double, double)>(d), ref d[2], s), [1, 2, 3]);

    [Differentiable]
    internal static double Named((double first, double) t, double a)
    {
        (double b, double c) u = t;
        t.first *= a;
        u.c += t.Item1 * u.b;
        var same = (a, u.c);
        return t.first * same.c + same.a * t.Item2;
    }

    [Fact]
    public static void Nested() => Check.Gradient(
        x => Deep(((x[0], x[1]), x[2])),
        (x, d, s) =>
        {
            ((double X, double Y) P, double S) gradient = ((d[0], d[1]), d[2]);
            double value = DeepBackward(((x[0], x[1]), x[2]), ref gradient, s);
            ((d[0], d[1]), d[2]) = gradient;
            return value;
        },
        [1, 2, 3]);

    [Differentiable]
    internal static double Deep(((double X, double Y) P, double S) t)
    {
        ((double x, double y), double s) = t;
        t.P.X = x * y;
        (t.P, t.S) = ((t.P.Y, t.P.X), s * s);
        return t.P.X * t.P.Y + t.S * x;
    }

    [Fact]
    public static void Results() => Check.Gradient(
        x => Sum(Both(x[0], x[1])),
        (x, d, s) => Sum(BothBackward(x[0], x[1], ref d[0], ref d[1], (s, 2 * s))),
        [1, 2], [-1, 2]);

    private static double Sum((double A, double B) t) => t.A + 2 * t.B;

    [Differentiable]
    internal static (double Sum, double Product) Both(double a, double b)
    {
        if (a < 0)
        {
            return (b, a * a * b);
        }

        (double, double) t = (a + b, a * b);
        return t;
    }

    [Fact]
    public static void Swaps() => Check.Gradient(x => Swap(x[0], x[1], x[2]), (x, d, s) => SwapBackward(x[0], x[1], x[2], ref d[0], ref d[1], ref d[2], s), [1, 2, 3]);

    [Differentiable]
    internal static double Swap(double a, double b, double c)
    {
        for (int i = 0; i < 2; i++)
        {
            (a, b, c) = (b * c, a, a + b);
        }

        var t = (a, b);
        t = (t.b, t.a * c);
        (t.a, t.b) = (t.b, t.a);
        return t.a * t.a + t.b;
    }

    [Fact]
    public static void A_Fibonacci_pair() => Check.Gradient(x => Step((x[0], x[1]), 6), (x, d, s) => StepBackward((x[0], x[1]), 6, ref Laid.On<(double, double)>(d), s), [1, 2], [0.5, -1]);

    [Differentiable]
    internal static double Step((double A, double B) state, int n)
    {
        for (int i = 0; i < n; i++)
        {
            state = (state.B, Math.Sin(state.A) * state.B + state.A);
        }

        return state.A * state.B;
    }

    [Fact]
    public static void Converted() => Check.Single(
        x => Widen(((float)x[0], (float)x[1])),
        (x, d, s) =>
        {
            (float, float) gradient = ((float)d[0], (float)d[1]);
            double value = WidenBackward(((float)x[0], (float)x[1]), ref gradient, s);
            (d[0], d[1]) = gradient;
            return value;
        },
        [0.5, 2]);

    [Differentiable]
    internal static double Widen((float A, float B) t)
    {
        (double x, double y) wide = t;
        (double, int) mixed = (t.A * t.B, 3);
        (double p, double q) = t;
        (float u, float v) = ((float, float))(wide.x * p, wide.y);
        return wide.x * wide.y * mixed.Item2 + mixed.Item1 * q + u * v;
    }

    [Fact]
    public static void Equality()
    {
        Check.Gradient(x => Same((x[0], x[1]), x[2]), (x, d, s) => SameBackward((x[0], x[1]), x[2], ref Laid.On<(double, double)>(d), ref d[2], s), [1, 2, 3], [2, 1, 3]);
        Check.Slope(x => Same((x[0], x[1]), x[2]), (x, d, s) => SameBackward((x[0], x[1]), x[2], ref Laid.On<(double, double)>(d), ref d[2], s), [4, 2, 4], 8, 16, 8);
    }

    [Differentiable]
    internal static double Same((double A, double B) t, double a) => t == (a, 2) ? t.A * t.B * a : t != (1, 1) ? t.A * a : 0;

    [Fact]
    public static void Patterns() => Check.Gradient(x => Quadrant((x[0], x[1])), (x, d, s) => QuadrantBackward((x[0], x[1]), ref Laid.On<(double, double)>(d), s), [1, 2], [-1, 2], [-1, -2], [3, -5]);

    [Differentiable]
    internal static double Quadrant((double X, double Y) t)
    {
        double y = t switch
        {
            ( > 0, > 0) => t.X * t.Y,
            ( < 0, var h) when h > 0 => h * h,
            { X: < 0, Y: var h } => h * t.X,
            _ => t.X,
        };
        return (t.X, y) is (_, > 1) ? y * t.Y : y;
    }

    [Fact]
    public static void Of_structs_and_integers() => Check.Gradient(x => Best(Laid.All<Vec>(x)), (x, d, s) => BestBackward(Laid.All<Vec>(x), Laid.All<Vec>(d), s), [1, 2, 3, 4, 0.5, 0.1]);

    [Differentiable]
    internal static double Best(ReadOnlySpan<Vec> points)
    {
        (Vec Point, int Index) best = (points[0], 0);
        for (int i = 1; i < points.Length; i++)
        {
            if (points[i].Norm > best.Point.Norm)
            {
                best = (points[i], i);
            }
        }

        (Vec point, int index) = best;
        return point * points[0] * index;
    }

    [Fact]
    public static void Longer_than_seven() => Check.Gradient(x => Long(x[0], x[1]), (x, d, s) => LongBackward(x[0], x[1], ref d[0], ref d[1], s), [1, 2]);

    [Differentiable]
    internal static double Long(double a, double b)
    {
        var t = (a, b, a * b, a + b, 5.0, 6.0, 7.0, a * a, Ninth: b * b);
        t.Item8 += t.Item4;
        return t.Ninth * t.Item8 + t.Item3 * t.Item5;
    }

    [Fact]
    public static void Long_results() => Check.Gradient(
        x => Eight(x[0], x[1]).Last,
        (x, d, s) => EightBackward(x[0], x[1], ref d[0], ref d[1], (0, 0, 0, 0, 0, 0, 0, s)).Last,
        [1, 2]);

    [Differentiable]
    internal static (double A, double B, double C, double D, double E, double F, double G, double Last) Eight(double a, double b) => (a, b, a, b, a, b, a, a * b * b);

    [Fact]
    public static void An_index_that_changes_in_the_same_assignment()
        => Check.InPlace(a => Indexed(a, 2), (a, d, s) => IndexedBackward(a, 2, d, s), [1, 2, 3, 4], [0.5, -1, 0.2, 4]);

    [Differentiable]
    internal static double Indexed(double[] a, int n)
    {
        int i = 0;
        (i, a[i]) = (n, a[n] * 2);
        (a[i], i) = (a[0] * a[i], 1);
        double[] b = [a[0], a[3]];
        (b, b[0], i) = (new[] { a[1], a[i] }, a[2], 0);
        return a[0] * a[i] + b[0] * b[1];
    }
}
