namespace Backprop.Integration;

/// <summary>Derivatives that the user writes: [Pullback] on a method, [PullbackOf] for a method of others.</summary>
public static partial class OwnRules
{
    [Fact]
    public static void A_pullback_is_called_in_the_backward_pass()
        => Check.Gradient(x => Smooth(x[0], x[1]), (x, d, s) => SmoothBackward(x[0], x[1], ref d[0], ref d[1], s), [0.5, 2], [-3, 0.25]);

    [Differentiable]
    internal static double Smooth(double a, double b) => Softplus(a * b) * a + Softplus(b);

    [Pullback(nameof(SoftplusRule))]
    internal static double Softplus(double x) => x > 0 ? x + Math.Log(1 + Math.Exp(-x)) : Math.Log(1 + Math.Exp(x));

    private static void SoftplusRule(double x, double value, ref double dx, double seed)
    {
        if (!Softplus(x).Equals(value))
            throw new InvalidOperationException("The rule is handed another value.");
        dx += seed / (1 + Math.Exp(-x));
    }

    [Fact]
    public static void The_rule_counts_and_not_the_body()
    {
        double dx = 0;
        Assert.Equal(3 * 3, ClippedBackward(3, ref dx));
        Assert.Equal(1, dx);
    }

    [Differentiable]
    internal static double Clipped(double x) => ClippedSquare(x);

    [Pullback(nameof(ClippedRule))]
    private static double ClippedSquare(double x) => x * x;

    private static void ClippedRule(double x, double value, ref double dx, double seed) => dx += Math.Clamp(2 * x * seed, -1, 1);

    [Fact]
    public static void In_a_loop_with_a_carried_value()
        => Check.Gradient(x => Iterated(x[0], x[1], 5), (x, d, s) => IteratedBackward(x[0], x[1], 5, ref d[0], ref d[1], s), [0.5, 0.7]);

    [Differentiable]
    internal static double Iterated(double x, double y, int n)
    {
        for (int i = 0; i < n; i++)
        {
            if (i % 2 == 0)
                y = Cubes.Cube(y * x) + x;
            else
                y += Softplus(y);
        }

        return y;
    }

    [PullbackOf(typeof(Cubes), nameof(Cubes.Cube))]
    internal static void CubeRule(double x, double value, ref double dx, double seed) => dx += 3 * x * x * seed;

    [PullbackOf(typeof(Cubes), nameof(Cubes.Cube))]
    internal static void CubeRule(float x, float value, ref float dx, float seed) => dx += 3 * x * x * seed;

    [Fact]
    public static void The_overload_is_found_by_the_parameters()
        => Check.Single(x => Single((float)x[0]), (x, d, s) =>
        {
            float dx = (float)d[0];
            float value = SingleBackward((float)x[0], ref dx, (float)s);
            d[0] = dx;
            return value;
        }, [1.5]);

    [Differentiable]
    internal static float Single(float x) => Cubes.Cube(x) - x;

    [Fact]
    public static void Memory_is_written_and_read()
        => Check.InPlace(x => Doubled(x), (x, d) => DoubledBackward(x, d), [1, 2, 3], [0.5, -1, 4]);

    [Differentiable]
    internal static void Doubled(Span<double> x)
    {
        double first = x[0] * x[1];
        Cubes.Square(x, x);
        x[0] += first;
        Cubes.Square(x[1..], x[1..]);
    }

    [PullbackOf(typeof(Cubes), nameof(Cubes.Square))]
    internal static void SquareRule(ReadOnlySpan<double> x, Span<double> y, Span<double> dx, Span<double> dy)
    {
        for (int i = 0; i < x.Length; i++)
        {
            double cotangent = dy[i];
            dy[i] = 0;
            dx[i] += 2 * x[i] * cotangent;
        }
    }

    [Fact]
    public static void Nothing_is_kept_for_what_a_pullback_does_not_read()
    {
        Check.InPlace(x => Shifted(x, shift), (x, d) => ShiftedBackward(x, shift, d), [1, 2, 3], [0.5, -1, 4]);
        Assert.False(ShiftedResiduals.KeepsMemory);
    }

    private static readonly double[] shift = [2, -1, 0.5];

    [Differentiable]
    internal static void Shifted(Span<double> x, [NoGradient] ReadOnlySpan<double> w)
    {
        Cubes.Sum(x, w, x);
        Cubes.Sum(x, x, x);
        x[0] *= 3;
        Cubes.Sum(w, x, x);
    }

    /// <summary>An accumulator that nobody asks for is empty.</summary>
    [PullbackOf(typeof(Cubes), nameof(Cubes.Sum)), SkipsEmpty]
    internal static void SumRule([Unread] ReadOnlySpan<double> x, [Unread] ReadOnlySpan<double> y, [Unread] Span<double> z, Span<double> dx, Span<double> dy, Span<double> dz)
    {
        if (x.Length != z.Length || y.Length != z.Length || dz.Length != z.Length || (dx.IsEmpty && dy.IsEmpty))
            throw new InvalidOperationException("The rule is handed memory of another length.");
        for (int i = 0; i < z.Length; i++)
        {
            double cotangent = dz[i];
            dz[i] = 0;
            if (!dx.IsEmpty)
                dx[i] += cotangent;
            if (!dy.IsEmpty)
                dy[i] += cotangent;
        }
    }

    [Fact]
    public static void A_generic_rule_of_a_method_that_is_not()
        => Check.Gradient(x => Halved(x[0]), (x, d, s) => HalvedBackward(x[0], ref d[0], s), [0.5], [3]);

    [Differentiable]
    internal static double Halved(double x) => Cubes.Half(x * x);

    [PullbackOf(typeof(Cubes), nameof(Cubes.Half))]
    internal static void HalfRule<T>(T x, [Unread] T value, ref T dx, T seed)
        where T : System.Numerics.INumber<T> => dx += seed / (T.One + T.One);

    [Fact]
    public static void A_rule_in_a_generic_class()
        => Check.Gradient(x => InClass(x[0]), (x, d, s) => InClassBackward(x[0], ref d[0], s), [0.5], [3]);

    [Differentiable]
    internal static double InClass(double x) => Doubling<double>.Of(x * x);

    [Fact]
    public static void What_is_marked_NoGradient_has_no_accumulator()
        => Check.Gradient(x => Weighted(x[0]), (x, d, s) => WeightedBackward(x[0], ref d[0], s), [0.5], [3]);

    [Differentiable]
    internal static double Weighted(double x) => Power(x, 3);

    [Pullback(nameof(PowerRule))]
    private static double Power(double x, [NoGradient] double p) => Math.Pow(x, p);

    private static void PowerRule(double x, double p, double value, ref double dx, double seed) => dx += seed * p * Math.Pow(x, p - 1);

    [Fact]
    public static void A_generic_method_has_a_generic_rule()
        => Check.Gradient(x => Generic(x[0], x[1]), (x, d, s) => GenericBackward(x[0], x[1], ref d[0], ref d[1], s), [0.5, 2]);

    [Differentiable]
    internal static double Generic(double a, double b) => Cubes.Product(a, b) + Cubes.Product(b, b);

    [PullbackOf(typeof(Cubes), nameof(Cubes.Product))]
    internal static void ProductRule<T>(T a, T b, T value, ref T da, ref T db, T seed)
        where T : System.Numerics.INumber<T>
    {
        da += seed * b;
        db += seed * a;
    }
}

internal static class Doubling<T>
    where T : System.Numerics.INumber<T>
{
    [Pullback(nameof(OfRule))]
    public static T Of(T x) => x + x;

    internal static void OfRule(T x, T value, ref T dx, T seed) => dx += seed + seed;
}

/// <summary>What is not the user's own to mark.</summary>
internal static class Cubes
{
    public static double Cube(double x) => x * x * x;

    public static float Cube(float x) => x * x * x;

    public static T Product<T>(T a, T b)
        where T : System.Numerics.INumber<T> => a * b;

    public static void Square(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = x[i] * x[i];
    }

    public static void Sum(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> z)
    {
        for (int i = 0; i < z.Length; i++)
            z[i] = x[i] + y[i];
    }

    public static double Half(double x) => 0.5 * x;
}
