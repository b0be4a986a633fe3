namespace Backprop.Integration;

/// <summary>Structs as values: parameters, locals, results.</summary>
public static partial class Structs
{
    [Fact]
    public static void Fields() => Check.Gradient(x => Fielded(Laid.On<Vec>(x), x[2]), (x, d, s) => FieldedBackward(Laid.On<Vec>(x), x[2], ref Laid.On<Vec>(d), ref d[2], s), [1, 2, 3], [-0.5, 0, 1]);

    [Differentiable]
    internal static double Fielded(Vec v, double a)
    {
        Vec w = v;
        w.X *= a;
        w.Y += w.X * v.X;
        v.X = a * a;
        return w.X * w.Y + v.X * v.Y;
    }

    [Fact]
    public static void The_gradient_of_a_struct_is_the_same_struct()
    {
        (double value, (Vec v, double a) gradient) = FieldedGradient(new Vec(1, 2), 3);
        Assert.Equal(Fielded(new Vec(1, 2), 3), value);
        Vec dv = default;
        double da = 0;
        FieldedBackward(new Vec(1, 2), 3, ref dv, ref da);
        Assert.Equal((dv.X, dv.Y, da), (gradient.v.X, gradient.v.Y, gradient.a));
    }

    [Fact]
    public static void A_local_that_is_filled_field_by_field() => Check.Gradient(x => Filled(x[0], x[1]), (x, d, s) => FilledBackward(x[0], x[1], ref d[0], ref d[1], s), [1, 2], [-0.5, 3]);

    [Differentiable]
    internal static double Filled(double a, double b)
    {
        Vec v;
        v.X = a * b;
        v.Y = a + v.X;
        return v.Norm * v.Angle;
    }

    [Fact]
    public static void With() => Check.Gradient(x => Changed(Laid.On<Point>(x), x[2]), (x, d, s) => ChangedBackward(Laid.On<Point>(x), x[2], ref Laid.On<Point>(d), ref d[2], s), [1, 2, 3], [-0.5, 0, 1]);

    [Differentiable]
    internal static double Changed(Point p, double a)
    {
        Point q = p with { X = a * p.Y };
        Point r = q with { Y = q.X * p.X, X = q.Y };
        Vec v = new Vec(r.X, r.Y) with { X = a };
        return r.X * r.Y + q.Square * v.Norm;
    }

    [Fact]
    public static void Nested_structs() => Check.Gradient(x => Nested(Laid.On<Ray>(x), x[4]), (x, d, s) => NestedBackward(Laid.On<Ray>(x), x[4], ref Laid.On<Ray>(d), ref d[4], s), [1, 2, 3, 4, 0.5]);

    [Differentiable]
    internal static double Nested(Ray ray, double t)
    {
        Ray turned = ray with { Direction = new(-ray.Direction.Y, ray.Direction.X * t), Origin = ray.Origin with { X = t } };
        return turned.Tip.Square * turned.Direction.X + ray.Tip.X * turned.Origin.X;
    }

    [Fact]
    public static void Nested_fields_are_written() => Check.Gradient(x => Stretched(Laid.On<Segment>(x), x[4]), (x, d, s) => StretchedBackward(Laid.On<Segment>(x), x[4], ref Laid.On<Segment>(d), ref d[4], s), [1, 2, 3, 4, 0.5]);

    [Differentiable]
    internal static double Stretched(Segment s, double t)
    {
        s.To.X *= t;
        Vec along = s.Along;
        s.From = t * along;
        s.From.Y++;
        return s.Length + along.X * s.From.Y;
    }

    [Fact]
    public static void Private_fields() => Check.Gradient(x => Secret(Laid.On<Interval>(x), x[2]), (x, d, s) => SecretBackward(Laid.On<Interval>(x), x[2], ref Laid.On<Interval>(d), ref d[2], s), [1, 2, 3]);

    [Differentiable]
    internal static double Secret(Interval i, double a)
    {
        Interval scaled = new(i.Low * a, i.High * a);
        return scaled.Middle * scaled.High + i.Low;
    }

    [Fact]
    public static void A_result() => Check.Gradient(
        x => Weighted(Made(Laid.On<Point>(x), x[2])),
        (x, d, s) => Weighted(MadeBackward(Laid.On<Point>(x), x[2], ref Laid.On<Point>(d), ref d[2], new Point(2 * s, -3 * s))),
        [1, 2, 3], [1, 2, -3]);

    internal static double Weighted(Point p) => 2 * p.X - 3 * p.Y;

    [Differentiable]
    internal static Point Made(Point p, double a)
    {
        if (a < 0)
        {
            return p with { Y = a * p.X };
        }

        Point q = new(p.Y * a, p.X);
        return q;
    }

    [Fact]
    public static void A_result_that_outsiders_cannot_make() => Check.Gradient(
        x => Weighted(Widened(Laid.On<Interval>(x), x[2])),
        (x, d, s) =>
        {
            double[] seed = [s, 2 * s];
            return Weighted(WidenedBackward(Laid.On<Interval>(x), x[2], ref Laid.On<Interval>(d), ref d[2], Laid.On<Interval>(seed)));
        },
        1e-6,
        Check.Heap.UsedByTest,
        [1, 2, 3]);

    // The stored numbers are Low and the width.
    private static double Weighted(Interval i) => i.Low + 2 * (i.High - i.Low);

    [Differentiable]
    internal static Interval Widened(Interval i, double a)
    {
        double middle = i.Middle;
        return new Interval(middle - a * i.Low, middle + a * a);
    }

    [Fact]
    public static void Carried_through_a_loop() => Check.Gradient(x => Orbit(Laid.On<Vec>(x), Laid.On<Vec>(x, 2), 5), (x, d, s) => OrbitBackward(Laid.On<Vec>(x), Laid.On<Vec>(x, 2), 5, ref Laid.On<Vec>(d), ref Laid.On<Vec>(d, 2), s), [1, 0.2, 0.1, 0.9]);

    [Differentiable]
    internal static double Orbit(Vec position, Vec velocity, int steps)
    {
        double energy = 0;
        for (int i = 0; i < steps; i++)
        {
            Vec pull = -1 / (1 + position.Norm) * position;
            velocity += 0.1 * pull;
            position += 0.1 * velocity;
            if (position.X < 0.5)
            {
                continue;
            }

            energy += velocity * velocity;
        }

        return energy + position.Norm;
    }

    [Fact]
    public static void Branches_and_ternaries() => Check.Gradient(x => Chosen(Laid.On<Point>(x), Laid.On<Point>(x, 2)), (x, d, s) => ChosenBackward(Laid.On<Point>(x), Laid.On<Point>(x, 2), ref Laid.On<Point>(d), ref Laid.On<Point>(d, 2), s), [1, 2, 3, 4], [4, 3, 2, 1], [-1, 2, 3, -4], [9, 1, 1, 1]);

    [Differentiable]
    internal static double Chosen(Point p, Point q)
    {
        Point near = p.Square < q.Square ? p : q;
        Point far;
        if (p.Square < q.Square)
        {
            far = q;
        }
        else
        {
            far = new(p.X * p.X, p.Y);
        }

        Point third = p.X switch
        {
            < 0 => default,
            > 5 => new Point(q.Y, near.X),
            _ => far with { X = 2 },
        };
        return near.X * far.Y + third.Square * far.X;
    }

    [Fact]
    public static void A_switch_statement() => Check.Gradient(x => Switched(Laid.On<Point>(x), Kind.Squared) + Switched(Laid.On<Point>(x), Kind.Plain), (x, d, s) => SwitchedBackward(Laid.On<Point>(x), Kind.Squared, ref Laid.On<Point>(d), s) + SwitchedBackward(Laid.On<Point>(x), Kind.Plain, ref Laid.On<Point>(d), s), [1, 2], [-3, 0.5]);

    [Differentiable]
    internal static double Switched(Point p, Kind kind)
    {
        switch (kind)
        {
            case Kind.Squared:
                p = new(p.X * p.X, p.Y * p.Y);
                break;
            default:
                p.X *= p.Y;
                break;
        }

        return p.X * p.Y;
    }

    [Fact]
    public static void Parts_that_carry_no_derivative()
    {
        Check.Gradient(
            x => Counted(new Tagged { Count = 3, Value = x[0], Kind = Kind.Squared, Name = "abc", IsOn = true, Single = 0.5f }, x[1]),
            (x, d, s) =>
            {
                Tagged gradient = new() { Value = d[0] };
                double value = CountedBackward(new Tagged { Count = 3, Value = x[0], Kind = Kind.Squared, Name = "abc", IsOn = true, Single = 0.5f }, x[1], ref gradient, ref d[1], s);
                d[0] = gradient.Value;
                Assert.Equal((0, Kind.Plain, null, false), (gradient.Count, gradient.Kind, gradient.Name, gradient.IsOn));
                return value;
            },
            1e-6,
            Check.Heap.UsedByTest,
            [1.5, 2]);
    }

    [Differentiable]
    internal static double Counted(Tagged t, double a)
    {
        double y = t.Value;
        Tagged u = t;
        for (int i = 0; i < t.Count; i++)
        {
            u.Value *= a;
            u.Count--;
            u.IsOn = !u.IsOn;
            y += u.IsOn ? u.Value : u.Count * a;
        }

        u.Kind = Kind.Plain;
        u.Name = t.Name + "d";
        return (t.Kind == Kind.Squared ? y * y : y) * u.Name.Length + (u.Kind == Kind.Plain ? t.Single * y : 0);
    }

    [Fact]
    public static void Singles_and_doubles() => Check.Single(
        x => Mixed(new Tagged { Single = (float)x[0], Value = x[1] }),
        (x, d, s) =>
        {
            Tagged gradient = new() { Single = (float)d[0], Value = d[1] };
            double value = MixedBackward(new Tagged { Single = (float)x[0], Value = x[1] }, ref gradient, s);
            (d[0], d[1]) = (gradient.Single, gradient.Value);
            return value;
        },
        [0.5, 2]);

    [Differentiable]
    internal static double Mixed(Tagged t)
    {
        float square = t.Single * t.Single;
        t.Value += square;
        t.Single = (float)t.Value;
        return t.Value * t.Single + square;
    }

    [Fact]
    public static void A_struct_with_a_result_and_parts_without_derivative() => Check.Gradient(
        x => Retagged(new Tagged { Count = 3, Value = x[0], Name = "abc" }, x[1]).Value,
        (x, d, s) =>
        {
            Tagged gradient = new() { Value = d[0] };
            Tagged result = RetaggedBackward(new Tagged { Count = 3, Value = x[0], Name = "abc" }, x[1], ref gradient, ref d[1], new Tagged { Value = s });
            d[0] = gradient.Value;
            Assert.Equal((4, "abc!", Kind.Squared), (result.Count, result.Name, result.Kind));
            return result.Value;
        },
        1e-6,
        Check.Heap.UsedByTest,
        [1.5, 2]);

    [Differentiable]
    internal static Tagged Retagged(Tagged t, double a)
        => t with { Value = t.Value * a * t.Count, Count = t.Count + 1, Name = t.Name + "!", Kind = Kind.Squared };

    [Fact]
    public static void Names_that_meet() => Check.Gradient(x => Crowded(Laid.On<Point>(x), x[2], x[3]), (x, d, s) => CrowdedBackward(Laid.On<Point>(x), x[2], x[3], ref Laid.On<Point>(d), ref d[2], ref d[3], s), [1, 2, 3, 4]);

    [Differentiable]
    internal static double Crowded(Point a, double aX, double dA)
    {
        double aY = aX * dA, dAX = a.X + 1;
        a.X *= aY;
        a.Y += dAX * aX;
        return a.X * a.Y * aY + dAX;
    }

    [Fact]
    public static void Keywords_as_names() => Check.Gradient(x => Reserved(Laid.On<@struct>(x)), (x, d, s) => ReservedBackward(Laid.On<@struct>(x), ref Laid.On<@struct>(d), s), [1, 2]);

    [Differentiable]
    internal static double Reserved(@struct @ref)
    {
        @struct @out = new() { @class = @ref.@int, @int = @ref.@class * @ref.@int };
        return @out.@class * @out.@int;
    }

    [Fact]
    public static void Constants() => Check.Gradient(x => Shifted(Laid.On<Vec>(x)), (x, d, s) => ShiftedBackward(Laid.On<Vec>(x), ref Laid.On<Vec>(d), s), [1, 2]);

    private static readonly Segment axis = new() { To = new(1, 2) };

    [Differentiable]
    internal static double Shifted(Vec v)
    {
        Vec w = v + Vec.Unit + Vec.One + Vec.Zero;
        Vec none = default;
        Segment empty = new();
        return w.Norm * axis.To.Y + (axis.Along + w - none + empty.From) * v + default(Vec).X;
    }
}
