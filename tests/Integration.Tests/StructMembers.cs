namespace Backprop.Integration;

/// <summary>Constructors, properties, indexers: bodies of the user's source, in the place of their use.</summary>
public static partial class StructMembers
{
    [Fact]
    public static void Constructors() => Check.Gradient(x => Make(x[0], x[1]), (x, d, s) => MakeBackward(x[0], x[1], ref d[0], ref d[1], s), [1, 2], [-0.5, 0.3]);

    [Differentiable]
    internal static double Make(double a, double b)
    {
        Vec v = new(a, b), chained = new(a * b), named = new(y: a * a, x: b), empty = new(), target = new() { Y = b, X = a * b };
        return v * chained + named * v + empty.X + target.X * chained.Y;
    }

    [Fact]
    public static void Initial_values() => Check.Gradient(x => Begin(x[0], x[1]), (x, d, s) => BeginBackward(x[0], x[1], ref d[0], ref d[1], s), [1, 2], [-0.5, 0.3]);

    [Differentiable]
    internal static double Begin(double a, double b)
    {
        Started one = new(), two = new() { A = a, B = b }, none = default;
        one.B += a;
        none.A -= b;
        return one.A * one.B * b + two.A * two.B + none.A * none.A + none.B;
    }

    [Fact]
    public static void Primary_constructors() => Check.Gradient(x => Affine(x[0], x[1], x[2]), (x, d, s) => AffineBackward(x[0], x[1], x[2], ref d[0], ref d[1], ref d[2], s), [1, 2, 3]);

    [Differentiable]
    internal static double Affine(double a, double b, double x)
    {
        Primary p = new(a * b, b);
        Primary q = new(shift: x, scale: p.Scale);
        (double scale, double shift) = q;
        return p.Scale * x + shift * q[b] * p.Shift * scale;
    }

    [Fact]
    public static void Primary_constructors_of_parameters() => Check.Gradient(x => Applied(Laid.On<Primary>(x), x[2]), (x, d, s) => AppliedBackward(Laid.On<Primary>(x), x[2], ref Laid.On<Primary>(d), ref d[2], s), [1, 2, 3]);

    [Differentiable]
    internal static double Applied(Primary p, double x) => p.Scale * x * p.Shift;

    [Fact]
    public static void Initializers() => Check.Gradient(x => Initialize(x[0], x[1]), (x, d, s) => InitializeBackward(x[0], x[1], ref d[0], ref d[1], s), [1, 2], [0.5, 0.3]);

    [Differentiable]
    internal static double Initialize(double a, double b)
    {
        Segment s = new() { From = { X = a, Y = a * b }, To = new() { X = b } };
        Named n = new() { First = s.Length, Second = a };
        Named m = n with { Second = n.First * n.Second };
        m.Second *= b;
        return s.Along.X * m.First + m.Second;
    }

    [Fact]
    public static void Setters() => Check.Gradient(x => Turn(Laid.On<Vec>(x), x[2]), (x, d, s) => TurnBackward(Laid.On<Vec>(x), x[2], ref Laid.On<Vec>(d), ref d[2], s), [1, 2, 0.3], [0.5, 0.3, 2]);

    [Differentiable]
    internal static double Turn(Vec v, double by)
    {
        v.Angle += by;
        Segment s = default;
        s.To = v;
        s.To.Angle = by * v.X;
        s.From.X = 2;
        return v.X * s.To.Y + s.Along.Angle;
    }

    [Fact]
    public static void Indexers() => Check.Gradient(x => Index(Laid.On<Vec>(x), 1), (x, d, s) => IndexBackward(Laid.On<Vec>(x), 1, ref Laid.On<Vec>(d), s), [1, 2], [-0.5, 3]);

    [Differentiable]
    internal static double Index(Vec v, int n)
    {
        double sum = 0;
        for (int i = 0; i < 2; i++)
        {
            v[i] *= v[(i + n) % 2];
            v[i]++;
            sum += v[i] * v[1];
        }

        v[0] = v[1] = sum * v[0];
        return v[0] + v.Y * v.X;
    }

    [Fact]
    public static void By_reference() => Check.InPlace(x => Push(ref Laid.On<Vec>(x), in Laid.On<Vec>(x, 2)), (x, d) => PushBackward(ref Laid.On<Vec>(x), in Laid.On<Vec>(x, 2), ref Laid.On<Vec>(d), ref Laid.On<Vec>(d, 2)), [1, 2, 3, 4], [0.1, 2, 3, 0.5]);

    [Differentiable]
    internal static void Push(ref Vec v, in Vec by)
    {
        v.X *= by.Y;
        if (v.X > 1)
        {
            return;
        }

        v += by.X * by;
    }

    [Fact]
    public static void One_field_by_reference() => Check.InPlace(x => Touch(ref Laid.On<Vec>(x), x[2]), (x, d, s) => TouchBackward(ref Laid.On<Vec>(x), x[2], ref Laid.On<Vec>(d), ref d[2], s), [1, 2, 3]);

    [Differentiable]
    internal static double Touch(ref Vec v, double a)
    {
        v.X *= a;
        return v.X * v.Y;
    }

    [Fact]
    public static void Out() => Check.Gradient(
        x =>
        {
            Split(Laid.On<Vec>(x), x[2], out Vec half, out Interval interval);
            return half.X + 2 * half.Y + interval.Low * 3 + 4 * (interval.High - interval.Low);
        },
        (x, d, s) =>
        {
            double[] seed = [3 * s, 4 * s];
            SplitBackward(Laid.On<Vec>(x), x[2], out Vec half, out Interval interval, ref Laid.On<Vec>(d), ref d[2], new Vec { X = s, Y = 2 * s }, Laid.On<Interval>(seed));
            return half.X + 2 * half.Y + interval.Low * 3 + 4 * (interval.High - interval.Low);
        },
        1e-6,
        Check.Heap.UsedByTest,
        [1, 2, 3], [1, 2, -3]);

    [Differentiable]
    internal static void Split(Vec v, double a, out Vec half, out Interval interval)
    {
        half = 0.5 * v;
        interval = new(a, a * v.X);
        if (a < 0)
        {
            half.Y = a * a;
        }
    }

    [Fact]
    public static void A_hidden_struct_by_reference() => Check.InPlace(x => Narrow(ref Laid.On<Interval>(x), ref Laid.On<Ray>(x, 2)), (x, d) => NarrowBackward(ref Laid.On<Interval>(x), ref Laid.On<Ray>(x, 2), ref Laid.On<Interval>(d), ref Laid.On<Ray>(d, 2)), [1, 2, 3, 4, 5, 6]);

    [Differentiable]
    internal static void Narrow(ref Interval i, ref Ray ray)
    {
        i = new(i.Middle, i.High * ray.Tip.X);
        ray = ray with { Direction = ray.Origin };
    }

    [Fact]
    public static void Half_written_properties() => Check.Gradient(x => Halves(Laid.On<HalfWritten>(x), x[2]), (x, d, s) => HalvesBackward(Laid.On<HalfWritten>(x), x[2], ref Laid.On<HalfWritten>(d), ref d[2], s), [1, 2, 3]);

    [Differentiable]
    internal static double Halves(HalfWritten v, double a)
    {
        v.X = v.X * a;
        v.Y = v.X + a;
        v.Y += 2;
        HalfWritten w = new() { X = a };
        return v.X * v.Y * w.X;
    }

    [Fact]
    public static void Bodies_with_loops_exits_and_guards()
    {
        Check.Gradient(x => Bodies(Laid.On<Checked>(x), x[3]), (x, d, s) => BodiesBackward(Laid.On<Checked>(x), x[3], ref Laid.On<Checked>(d), ref d[3], s), [1, 2, 3, 4], [0.1, 0.2, 0.3, 0.4]);
        Checked gradient = default;
        double da = 0;
        Assert.Equal("101 is too large", Assert.Throws<ArgumentException>(() => BodiesBackward(default, 101, ref gradient, ref da)).Message);
    }

    [Differentiable]
    internal static double Bodies(Checked v, double a)
    {
        Checked w = new(a, v.Total), u = new Checked(a * a) { Last = v.Last };
        return v.Total * w.Total * u.Total + u.Last;
    }

    [Fact]
    public static void A_field_without_gradient()
    {
        Scaled scaled = new() { Value = 2, Scale = 3 }, gradient = default;
        double da = 0;
        double value = FrozenBackward(scaled, 5, ref gradient, ref da);
        Assert.Equal(Frozen(scaled, 5), value);

        // The scale of w is a, and w.Scale is taken for a constant.
        Assert.Equal((3 * 5 + 5.0, 0.0, 2.0 * 3 + 0), (gradient.Value, gradient.Scale, da));
    }

    [Differentiable]
    internal static double Frozen(Scaled v, double a)
    {
        Scaled w = v with { Scale = a };
        return v.Product * a + w.Value * w.Scale;
    }

    [Fact]
    public static void A_body_twice_and_in_conditions() => Check.Gradient(x => Often(Laid.On<Started>(x), x[2]), (x, d, s) => OftenBackward(Laid.On<Started>(x), x[2], ref Laid.On<Started>(d), ref d[2], s), [0.6, 0.2, 2], [2, 0.1, 1.1], [0.6, 0.2, -2]);

    [Differentiable]
    internal static double Often(Started p, double a)
    {
        double y = 0;
        if (a > 0)
        {
            y = p.Bent;
        }

        int n = 0;
        while (p.Bent < 40 && n < 6)
        {
            y *= p.A;
            p.A *= a;
            n++;
        }

        do
        {
            y += p.Bent;
            p.A *= 1.5;
            n++;
        }
        while (p.Bent < 90 && n < 20);
        Started before = p.Self;
        y += before.A + (p.A = a) * p.Self.A;
        return y * before.B + (p.Self with { B = y }).Bent;
    }
}
