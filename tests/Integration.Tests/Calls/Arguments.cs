namespace Backprop.Integration.Calls;

/// <summary>All the ways in which C# hands an argument over.</summary>
public static partial class Arguments
{
    [Differentiable]
    internal static void Turn(ref double x, ref double y, in double angle)
    {
        double t = x * Math.Cos(angle) - y * Math.Sin(angle);
        y = x * Math.Sin(angle) + y * Math.Cos(angle);
        x = t;
    }

    [Fact]
    public static void By_reference() => Check.Gradient(
        x => Turned(x[0], x[1], x[2]), (x, d, s) => TurnedBackward(x[0], x[1], x[2], ref d[0], ref d[1], ref d[2], s), [1, 2, 0.5], [-1, 0.3, 2]);

    [Differentiable]
    internal static double Turned(double a, double b, double angle)
    {
        double c = a * b;
        Turn(ref a, ref c, angle);
        Turn(ref c, ref b, in a);
        return a * b + c;
    }

    [Fact]
    public static void By_reference_in_a_loop() => Check.InPlace(a => TurnedOften(ref a[0], ref a[1], a[2], 4), (a, d, s) => TurnedOftenBackward(ref a[0], ref a[1], a[2], 4, ref d[0], ref d[1], ref d[2], s), [1, 2, 0.5]);

    [Differentiable]
    internal static double TurnedOften(ref double a, ref double b, double angle, int n)
    {
        double y = 0;
        for (int i = 0; i < n; i++)
        {
            Turn(ref a, ref b, angle * i);
            y = y * 0.5 + a * b;
        }

        return y;
    }

    [Fact]
    public static void Elements_by_reference() => Check.InPlace(a => Elements(a), (a, d, s) => ElementsBackward(a, d, s), [1, 2, 0.5]);

    [Differentiable]
    internal static double Elements(double[] a)
    {
        double angle = a[2];
        int i = 0;
        Spin(ref a[i++], angle);
        Spin(ref a[i], a[0]);
        return a[0] * a[1];
    }

    [Differentiable]
    internal static void Spin(ref double x, double angle) => x = x * Math.Cos(angle) + angle;

    [Differentiable]
    internal static bool Split(double x, out double whole, out double rest, out int floor)
    {
        floor = (int)Math.Floor(x);
        whole = x * x;
        rest = Math.Exp(x) * floor;
        return x > 0;
    }

    [Fact]
    public static void Out() => Check.Gradient(x => Outs(x[0], x[1]), (x, d, s) => OutsBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 2.25], [-0.75, 0.3]);

    [Differentiable]
    internal static double Outs(double a, double b)
    {
        double rest;
        bool positive = Split(a * b, out double whole, out rest, out int n);
        if (Split(whole, out _, out double other, out _) && positive)
        {
            rest += other * 0.01;
        }

        return whole * rest + n * a;
    }

    [Fact]
    public static void Defaults_names_and_the_order_of_evaluation() => Check.Gradient(
        x => Named(x[0], x[1]), (x, d, s) => NamedBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 2.25], [-0.75, 0.3]);

    [Differentiable]
    internal static double Named(double a, double b)
    {
        double x = a;
        double first = Power(n: 3, x: x *= b, scale: x);
        return first + Power(x++, scale: x) * Power(x) + x;
    }

    [Differentiable]
    internal static double Power(double x, int n = 2, double scale = 0.5)
    {
        double y = scale;
        for (int i = 0; i < n; i++)
        {
            y *= x;
        }

        return y;
    }

    [Fact]
    public static void Several_numbers_for_one_parameter() => Check.Gradient(
        x => Params(x[0], x[1]), (x, d, s) => ParamsBackward(x[0], x[1], ref d[0], ref d[1], s), 1e-6, Check.Heap.UsedByTest, [1.5, 2.25]);

    [Differentiable]
    internal static double Params(double a, double b) => Largest(a, b, a * b) * Largest() + Largest([b, a]) + Total(a, b, 2);

    [Differentiable]
    internal static double Largest(params double[] x)
    {
        double largest = 1;
        foreach (double candidate in x)
        {
            largest = Math.Max(largest, candidate * x[0]);
        }

        return largest;
    }

    [Differentiable]
    internal static double Total(params ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (double item in x)
        {
            sum += item * item;
        }

        return sum;
    }

    [Fact]
    public static void Extensions_and_overloads() => Check.Gradient(
        x => Extended(x[0], x[1]), (x, d, s) => ExtendedBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 2.25], [-0.75, 0.3]);

    [Differentiable]
    internal static double Extended(double a, double b) => a.Scaled(b).Scaled(2) + Extensions.Scaled(b, a) + b.Scaled();

    [Fact]
    public static void Generic_types() => Check.Gradient(x => OfTypes(x[0], x[1]), (x, d, s) => OfTypesBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 2.25]);

    [Differentiable]
    internal static double OfTypes(double a, double b) => Scales<int>.Times(a, 3) * Scales<string>.Inner<byte>.Times(b, "four") + a;

    [Fact]
    public static void Constants_by_the_word_of_the_user()
    {
        double[] slope = new double[2];
        Assert.Equal(6 + 9, StoppedBackward(2, 3, ref slope[0], ref slope[1]));
        Assert.Equal([0, 2 + 3], slope);
    }

    [Differentiable]
    internal static double Stopped(double a, double b) => Weighted(a, b) + Weighted(b, b);

    [Differentiable]
    internal static double Weighted([NoGradient] double weight, double x) => weight * x;

    [Fact]
    public static void A_variable_twice_by_reference_of_different_places() => Check.InPlace(
        a => Twice(ref a[0], ref a[1]), (a, d, s) => TwiceBackward(ref a[0], ref a[1], ref d[0], ref d[1], s), [1.5, 2.25]);

    [Differentiable]
    internal static double Twice(ref double a, ref double b)
    {
        Turn(ref a, ref b, 0.5 * a);
        Turn(ref b, ref a, -b);
        return a;
    }

    [Fact]
    public static void Structs() => Check.Gradient(
        x => OfStructs(x[0], x[1], x[2]), (x, d, s) => OfStructsBackward(x[0], x[1], x[2], ref d[0], ref d[1], ref d[2], s), [1.5, 2.25, 0.5], [-1, 0.5, 2]);

    [Differentiable]
    internal static double OfStructs(double a, double b, double c)
    {
        Point p = new(a, b);
        Point q = Along(p, c);
        for (int i = 0; i < 3; i++)
        {
            q = Along(q, c * i);
            Move(ref p, q);
        }

        (double sum, double product) = Both(p, q.X);
        return Area(p, q) * q.Y + sum * product + p.Length(c) * Both(q, a).Sum;
    }

    internal readonly record struct Point(double X, double Y);

    [Differentiable]
    internal static Point Along(Point p, double t) => new(p.X + Math.Sin(t) * p.Y, p.Y * t);

    [Differentiable]
    internal static void Move(ref Point p, Point by) => p = new Point(p.X * by.Y, p.Y + by.X);

    [Differentiable]
    internal static double Area(in Point a, Point b) => a.X * b.Y - a.Y * b.X;

    [Differentiable]
    internal static (double Sum, double Product) Both(Point p, double scale) => (p.X + p.Y * scale, p.X * p.Y);

    [Differentiable]
    internal static double Length(this Point p, double scale) => Math.Sqrt(p.X * p.X + p.Y * p.Y) * scale;

    [Fact]
    public static void Exceptions_come_out_and_the_next_call_works()
    {
        double[] d = new double[2];
        Assert.Throws<ArgumentOutOfRangeException>(() => ThrowsBackward(-1, 2, ref d[0], ref d[1]));
        Check.Gradient(x => Throws(x[0], x[1]), (x, g, s) => ThrowsBackward(x[0], x[1], ref g[0], ref g[1], s), [1.5, 2.25]);
    }

    [Differentiable]
    internal static double Throws(double a, double b) => Power(a, 4, b) * Positive(a);

    [Differentiable]
    internal static double Positive(double x) => x > 0 ? Math.Log(x) : throw new ArgumentOutOfRangeException(nameof(x));

    [Fact]
    public static void Methods_that_others_do_not_see() => Check.Gradient(x => Visible(x[0]), (x, d, s) => VisibleBackward(x[0], ref d[0], s), [1.5], [-1]);

    [Differentiable]
    internal static double Visible(double x) => Secret(x) * Hidden.Deep(x * x);

    [Differentiable]
    private static double Secret(double x) => Math.Exp(x) * x;

    private static partial class Hidden
    {
        [Differentiable]
        public static double Deep(double x) => Deeper(Math.Sin(x)) * x;

        [Differentiable]
        private static double Deeper(double x) => Math.Exp(x) * Secret(x);
    }

    [Fact]
    public static void Objects_that_carry_no_derivative()
    {
        Grid grid = new(3);
        Check.Gradient(x => OnGrid(x[0], grid), (x, d, s) => OnGridBackward(x[0], grid, ref d[0], s), [1.5], [-1]);
    }

    [Differentiable]
    internal static double OnGrid(double x, Grid grid) => grid.Snap(x) * grid.Snap(x * x);
}

internal static partial class Extensions
{
    [Differentiable]
    internal static double Scaled(this double x, double by) => x * by * by;

    [Differentiable]
    internal static double Scaled(this double x, int by) => x * by;

    [Differentiable]
    internal static double Scaled(this double x) => x * x * x;
}

internal static partial class Scales<T>
{
    [Differentiable]
    internal static double Times(double x, [NoGradient] T count) => x * x * typeof(T).Name.Length;

    internal static partial class Inner<U>
    {
        [Differentiable]
        internal static double Times(double x, [NoGradient] T count) => Math.Exp(x) * typeof(U).Name.Length;
    }
}

internal sealed partial class Grid(int steps)
{
    private readonly int steps = steps;

    [Differentiable]
    internal double Snap(double x) => x * steps + Math.Sin(x);
}
