namespace Backprop.Integration;

/// <summary>Structs in generics, patterns, guards and expressions.</summary>
public static partial class StructUses
{
    [Fact]
    public static void A_closed_generic() => Check.Gradient(x => Generic(Laid.On<Pair<double>>(x), Laid.On<Dual<double>>(x, 2)), (x, d, s) => GenericBackward(Laid.On<Pair<double>>(x), Laid.On<Dual<double>>(x, 2), ref Laid.On<Pair<double>>(d), ref Laid.On<Dual<double>>(d, 2), s), [1, 2, 3, 4]);

    [Differentiable]
    internal static double Generic(Pair<double> p, Dual<double> q)
    {
        Pair<double> r = p with { First = p.Second * q.Value };
        Dual<double> e = ~q;
        Dual<double> made = new(e.Value * p.First, r.First);
        q.Slope *= e.Either;
        return r.First * r.Swapped + made.Slope * made.Value + q.Slope;
    }

    [Fact]
    public static void A_generic_of_structs() => Check.Gradient(x => GenericOfStructs(Laid.On<Pair<Vec>>(x)), (x, d, s) => GenericOfStructsBackward(Laid.On<Pair<Vec>>(x), ref Laid.On<Pair<Vec>>(d), s), [1, 2, 3, 4]);

    [Differentiable]
    internal static double GenericOfStructs(Pair<Vec> p) => p.First * p.Swapped + (p with { Second = p.First }).Second.Norm;

    [Fact]
    public static void Equality_is_no_derivative() => Check.Gradient(x => Compared(Laid.On<Point>(x), Laid.On<Point>(x, 2)), (x, d, s) => ComparedBackward(Laid.On<Point>(x), Laid.On<Point>(x, 2), ref Laid.On<Point>(d), ref Laid.On<Point>(d, 2), s), [1, 2, 3, 4]);

    [Differentiable]
    internal static double Compared(Point p, Point q)
    {
        Point same = p;
        double y = same == p ? p.X * q.Y : 0;
        return p != q ? y * p.Y : y;
    }

    [Fact]
    public static void A_guard_that_shows_the_struct()
    {
        Check.Gradient(x => Guarded(Laid.On<Point>(x)), (x, d, s) => GuardedBackward(Laid.On<Point>(x), ref Laid.On<Point>(d), s), [1, 2]);
        ArgumentException expected = Assert.Throws<ArgumentException>(() => Guarded(new Point(-1, 2)));
        Point dp = default;
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => GuardedBackward(new Point(-1, 2), ref dp));
        Assert.Equal(expected.Message, thrown.Message);
        Assert.Equal(default, dp);
    }

    [Differentiable]
    internal static double Guarded(Point p)
    {
        if (p.X < 0)
        {
            throw new ArgumentException($"Bad {p} at {p.X}: {p.ToString()}.");
        }

        return Math.Sqrt(p.X) * p.Y;
    }

    [Fact]
    public static void Patterns() => Check.Gradient(x => Matched(Laid.On<Point>(x)), (x, d, s) => MatchedBackward(Laid.On<Point>(x), ref Laid.On<Point>(d), s), [1, 2], [-1, 2], [-1, -2], [3, 0.5], [7, 3]);

    [Differentiable]
    internal static double Matched(Point p)
    {
        double y = p switch
        {
            { X: < 0, Y: > 0 } => p.X * p.Y,
            { X: < 0 } q => q.X * q.X,
            (> 5, var h) => h * h,
            var (a, b) when b < 1 => a * b * b,
            _ => p.Y,
        };
        return p is { Square: > 6, X: var z } ? y * z : y;
    }

    [Fact]
    public static void Taken_apart() => Check.Gradient(x => Apart(Laid.On<Ray>(x), Laid.On<Vec>(x, 4)), (x, d, s) => ApartBackward(Laid.On<Ray>(x), Laid.On<Vec>(x, 4), ref Laid.On<Ray>(d), ref Laid.On<Vec>(d, 4), s), [1, 2, 3, 4, 5, 6]);

    [Differentiable]
    internal static double Apart(Ray ray, Vec v)
    {
        (Point origin, (double dx, double dy)) = ray;
        (double a, double b) = v;
        var (c, _) = new Point(a, dx);
        return origin.Square * dy + a * b + c * dx;
    }

    [Fact]
    public static void A_result_found_in_a_loop() => Check.Gradient(
        x => Structs.Weighted(Found(Laid.All<Point>(x, 1), x[0])),
        (x, d, s) => Structs.Weighted(FoundBackward(Laid.All<Point>(x, 1), x[0], Laid.All<Point>(d, 1), ref d[0], new Point(2 * s, -3 * s))),
        [0.5, 2, 3, 1, 4],
        [2.5, 2, 3, 1, 4, 5, 6],
        [20, 2, 3, 1, 4, 5, 6]);

    [Differentiable]
    internal static Point Found(ReadOnlySpan<Point> points, double a)
    {
        foreach (Point p in points)
        {
            if (p.X > a)
            {
                return p with { X = p.X * a };
            }
        }

        return a < 10 ? new(a, a) : default;
    }

    [Fact]
    public static void A_throw_in_an_expression() => Check.Gradient(
        x => Structs.Weighted(Thrown(x[0], Laid.On<Point>(x, 1))),
        (x, d, s) => Structs.Weighted(ThrownBackward(x[0], Laid.On<Point>(x, 1), ref d[0], ref Laid.On<Point>(d, 1), new Point(2 * s, -3 * s))),
        [0.5, 2, 3]);

    [Differentiable]
    internal static Point Thrown(double a, Point p = default)
        => a > 0 ? new Point(a, p.X) is { Square: > 0 } t ? new(t.X, t.Square * p.Y) : p : throw new ArgumentException("a");

    [Fact]
    public static void Constants_by_the_users_word() => Check.Gradient(x => Still(new Vec(2, 3), x[0]), (x, d, s) => StillBackward(new Vec(2, 3), x[0], ref d[0], s), [0.5]);

    [Differentiable]
    internal static double Still([NoGradient] Vec v, double a) => (a * v).Norm * v.X;
}
