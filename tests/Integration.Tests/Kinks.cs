namespace Backprop.Integration;

/// <summary>Points where the slope is a convention: docs/rules.md says which.</summary>
public static partial class Kinks
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 1)]
    [InlineData(-3, -1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(double.NaN, 0)]
    public static void Abs(double x, double slope) => Check.Slope(x => Absolute(x[0]), (x, d, s) => AbsoluteBackward(x[0], ref d[0], s), [x], slope);

    [Differentiable]
    internal static double Absolute(double a) => Math.Abs(a);

    [Theory]
    [InlineData(2, 2, 1, 0)]
    [InlineData(2, 3, 0, 1)]
    [InlineData(3, 2, 1, 0)]
    [InlineData(0.0, -0.0, 1, 0)]
    [InlineData(double.NaN, 2, 1, 0)]
    [InlineData(2, double.NaN, 0, 1)]
    [InlineData(double.NegativeInfinity, 2, 0, 1)]
    public static void Max(double a, double b, double da, double db)
        => Check.Slope(x => Larger(x[0], x[1]), (x, d, s) => LargerBackward(x[0], x[1], ref d[0], ref d[1], s), [a, b], da, db);

    [Differentiable]
    internal static double Larger(double a, double b) => Math.Max(a, b);

    [Theory]
    [InlineData(2, 2, 1, 0)]
    [InlineData(2, 3, 1, 0)]
    [InlineData(3, 2, 0, 1)]
    [InlineData(0.0, -0.0, 1, 0)]
    [InlineData(double.NaN, 2, 1, 0)]
    [InlineData(2, double.NaN, 0, 1)]
    public static void Min(double a, double b, double da, double db)
        => Check.Slope(x => Smaller(x[0], x[1]), (x, d, s) => SmallerBackward(x[0], x[1], ref d[0], ref d[1], s), [a, b], da, db);

    [Differentiable]
    internal static double Smaller(double a, double b) => Math.Min(a, b);

    [Fact]
    public static void Zeros_below_zero()
    {
        Check.Slope(x => Absolute(x[0]), (x, d, s) => AbsoluteBackward(x[0], ref d[0], s), [-0.0], 0);
        Check.Slope(x => Root(x[0]), (x, d, s) => RootBackward(x[0], ref d[0], s), [-0.0], -Inf);
        Check.Slope(x => Logarithm(x[0]), (x, d, s) => LogarithmBackward(x[0], ref d[0], s), [-0.0], -Inf);
        Check.Slope(x => Larger(x[0], x[1]), (x, d, s) => LargerBackward(x[0], x[1], ref d[0], ref d[1], s), [-0.0, 0.0], 1, 0);
    }

    [Fact]
    public static void A_relu_by_max_depends_on_the_order()
    {
        Check.Slope(x => Math.Max(0, x[0]), (x, d, s) => ReluBackward(x[0], ref d[0], s), [0], 0);
        Check.Slope(x => Math.Max(x[0], 0), (x, d, s) => OtherReluBackward(x[0], ref d[0], s), [0], 1);
    }

    [Differentiable]
    internal static double Relu(double a) => Math.Max(0, a);

    [Differentiable]
    internal static double OtherRelu(double a) => Math.Max(a, 0);

    [Fact]
    public static void A_maximum_of_one_value_twice() => Check.Gradient(x => Same(x[0]), (x, d, s) => SameBackward(x[0], ref d[0], s), [2], [-1]);

    [Differentiable]
    internal static double Same(double a) => Math.Max(a, a) * Math.Min(a, a);

    [Theory]
    [InlineData(1, 1, 0, 0)]
    [InlineData(2, 1, 0, 0)]
    [InlineData(1.5, 1, 0, 0)]
    [InlineData(0.5, 0, 1, 0)]
    [InlineData(2.5, 0, 0, 1)]
    [InlineData(double.NaN, 1, 0, 0)]
    [InlineData(double.PositiveInfinity, 0, 0, 1)]
    public static void Clamp_has_edges_that_belong_to_the_inside(double a, double da, double dLow, double dHigh) => Check.Slope(
        x => Clamped(x[0], x[1], x[2]), (x, d, s) => ClampedBackward(x[0], x[1], x[2], ref d[0], ref d[1], ref d[2], s), [a, 1, 2], da, dLow, dHigh);

    [Differentiable]
    internal static double Clamped(double a, double low, double high) => Math.Clamp(a, low, high);

    [Fact]
    public static void Clamp_throws_as_the_primal_does()
    {
        double da = 0, dLow = 0, dHigh = 0;
        Assert.Throws<ArgumentException>(() => ClampedBackward(1, 3, 2, ref da, ref dLow, ref dHigh));
    }

    [Theory]
    [InlineData(0, double.PositiveInfinity)]
    [InlineData(4, 0.25)]
    [InlineData(-1, double.NaN)]
    [InlineData(double.PositiveInfinity, 0)]
    public static void Sqrt(double a, double slope) => Check.Slope(x => Root(x[0]), (x, d, s) => RootBackward(x[0], ref d[0], s), [a], slope);

    [Differentiable]
    internal static double Root(double a) => Math.Sqrt(a);

    [Theory]
    [InlineData(0, 0, 0, double.NegativeInfinity)]
    [InlineData(0, 1, 1, 0)]
    [InlineData(0, 2, 0, 0)]
    [InlineData(0, 3, 0, 0)]
    [InlineData(0, 0.5, double.PositiveInfinity, 0)]
    [InlineData(0, -1, double.NegativeInfinity, double.NegativeInfinity)]
    [InlineData(-2, 3, 12, double.NaN)]
    [InlineData(-2, 2, -4, double.NaN)]
    [InlineData(-2, 0.5, double.NaN, double.NaN)]
    [InlineData(1, 5, 5, 0)]
    public static void Pow(double a, double p, double da, double dp)
        => Check.Slope(x => Power(x[0], x[1]), (x, d, s) => PowerBackward(x[0], x[1], ref d[0], ref d[1], s), [a, p], da, dp);

    [Differentiable]
    internal static double Power(double a, double p) => Math.Pow(a, p);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-2, -4)]
    [InlineData(3, 6)]
    public static void A_square_by_pow(double a, double slope) => Check.Slope(x => Squared(x[0]), (x, d, s) => SquaredBackward(x[0], ref d[0], s), [a], slope);

    [Differentiable]
    internal static double Squared(double a) => Math.Pow(a, 2);

    [Fact]
    public static void A_cube_of_a_negative_number() => Check.Slope(x => Cubed(x[0]), (x, d, s) => CubedBackward(x[0], ref d[0], s), [-2], 12);

    [Differentiable]
    internal static double Cubed(double a) => Math.Pow(a, 3);

    [Theory]
    [InlineData(0, double.PositiveInfinity)]
    [InlineData(-2, -0.5)]
    [InlineData(double.PositiveInfinity, 0)]
    [InlineData(double.NaN, double.NaN)]
    public static void Log(double a, double slope) => Check.Slope(x => Logarithm(x[0]), (x, d, s) => LogarithmBackward(x[0], ref d[0], s), [a], slope);

    [Differentiable]
    internal static double Logarithm(double a) => Math.Log(a);

    [Theory]
    [InlineData(0, 0, double.NaN, double.NaN)]
    [InlineData(0, -2, -0.5, 0)]
    [InlineData(0, 2, 0.5, 0)]
    [InlineData(2, 0, 0, -0.5)]
    public static void Atan2(double a, double b, double da, double db)
    {
        double[] d = new double[2];
        Assert.Equal(Math.Atan2(a, b), AngleBackward(a, b, ref d[0], ref d[1]));
        Assert.Equal(da, d[0]);
        Assert.Equal(db, d[1] + 0.0);
    }

    [Differentiable]
    internal static double Angle(double a, double b) => Math.Atan2(a, b);

    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    [InlineData(1.5)]
    [InlineData(-1.25)]
    public static void Steps_have_slope_zero(double a) => Check.Slope(x => Steps(x[0]), (x, d, s) => StepsBackward(x[0], ref d[0], s), [a], 1);

    [Differentiable]
    internal static double Steps(double a)
        => a + Math.Floor(a) + Math.Round(a) + Math.Ceiling(a) * Math.Truncate(a) + Math.Sign(a) + Math.Round(a, 1, MidpointRounding.AwayFromZero);

    [Theory]
    [InlineData(7, 2, 1, -3)]
    [InlineData(-7, 2, 1, 3)]
    [InlineData(6, 2, 1, -3)]
    [InlineData(1, 5, 1, 0)]
    [InlineData(1, 0, double.NaN, double.NaN)]
    public static void Remainder(double a, double b, double da, double db)
    {
        double[] d = new double[2];
        Assert.Equal(a % b, ModuloBackward(a, b, ref d[0], ref d[1]));
        Assert.Equal([b == 0 ? d[0] : da, db], d);
    }

    [Differentiable]
    internal static double Modulo(double a, double b) => a % b;

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(3, 0.6, 0.8)]
    [InlineData(1e200, 0.6, 0.8)]
    public static void Hypot(double scale, double da, double db)
    {
        double[] d = new double[2];
        double unit = scale > 100 ? scale / 3 : scale / 3;
        Assert.Equal(double.Hypot(3 * unit, 4 * unit), NormBackward(3 * unit, 4 * unit, ref d[0], ref d[1]));
        Assert.Equal(da, d[0], 1e-15);
        Assert.Equal(db, d[1], 1e-15);
    }

    [Differentiable]
    internal static double Norm(double a, double b) => double.Hypot(a, b);

    [Fact]
    public static void A_branch_that_is_not_taken_adds_nothing_even_where_it_would_be_infinite()
    {
        Check.Slope(x => Safe(x[0]), (x, d, s) => SafeBackward(x[0], ref d[0], s), [0], 0);
        Check.Slope(x => Safe(x[0]), (x, d, s) => SafeBackward(x[0], ref d[0], s), [4], 0.25);
    }

    [Differentiable]
    internal static double Safe(double a) => a > 0 ? Math.Sqrt(a) : 0;

    [Fact]
    public static void An_infinite_slope_times_zero_is_not_a_number()
        => Check.Slope(x => Hidden(x[0]), (x, d, s) => HiddenBackward(x[0], ref d[0], s), [0], NaN);

    [Differentiable]
    internal static double Hidden(double a) => Math.Sqrt(a) * a * 0 + Math.Sqrt(a * a);

    [Fact]
    public static void Infinities_and_not_a_number_go_through()
    {
        foreach (double a in new[] { Inf, -Inf, NaN })
        {
            Check.Slope(x => Through(x[0], x[1]), (x, d, s) => ThroughBackward(x[0], x[1], ref d[0], ref d[1], s), [a, 3], 3, a);
        }
    }

    [Differentiable]
    internal static double Through(double a, double b) => a * b;

    [Fact]
    public static void Saturated_functions()
    {
        Check.Slope(x => Squash(x[0]), (x, d, s) => SquashBackward(x[0], ref d[0], s), [800], 0);
        Check.Slope(x => Squash(x[0]), (x, d, s) => SquashBackward(x[0], ref d[0], s), [-Inf], 0);
        Check.Slope(x => Squash(x[0]), (x, d, s) => SquashBackward(x[0], ref d[0], s), [0], 1);
    }

    [Differentiable]
    internal static double Squash(double a) => Math.Tanh(a);

    [Fact]
    public static void Domain_edges_of_inverse_functions()
    {
        Check.Slope(x => Arc(x[0]), (x, d, s) => ArcBackward(x[0], ref d[0], s), [1], Inf);
        Check.Slope(x => Arc(x[0]), (x, d, s) => ArcBackward(x[0], ref d[0], s), [0], 1);
        Check.Slope(x => Arc(x[0]), (x, d, s) => ArcBackward(x[0], ref d[0], s), [2], NaN);
    }

    [Differentiable]
    internal static double Arc(double a) => Math.Asin(a);
}
