namespace Backprop.Integration;

/// <summary>Expressions without control flow.</summary>
public static partial class StraightLine
{
    private const double Half = 0.5;

    private static readonly double offset = 1.25;

    [Fact]
    public static void A_value_plus_itself() => Check.Gradient(x => Twice(x[0]), (x, d, s) => TwiceBackward(x[0], ref d[0], s), [1.5], [0], [-3]);

    [Differentiable]
    internal static double Twice(double a) => a + a;

    [Fact]
    public static void An_input_that_is_not_used_gets_nothing()
        => Check.Gradient(x => Unused(x[0], x[1]), (x, d, s) => UnusedBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 2]);

    [Differentiable]
    internal static double Unused(double a, double b) => a * 3;

    [Fact]
    public static void A_constant_result() => Check.Gradient(x => Constant(x[0]), (x, d, s) => ConstantBackward(x[0], ref d[0], s), [1.5]);

    [Differentiable]
    internal static double Constant(double a) => 4;

    [Fact]
    public static void The_argument_itself() => Check.Gradient(x => Same(x[0]), (x, d, s) => SameBackward(x[0], ref d[0], s), [1.5], [-2]);

    [Differentiable]
    internal static double Same(double a) => a;

    [Fact]
    public static void A_shared_part()
        => Check.Gradient(x => Shared(x[0], x[1]), (x, d, s) => SharedBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 2], [-0.3, 0.7]);

    [Differentiable]
    internal static double Shared(double a, double b)
    {
        double product = a * b;
        return Math.Sin(product) + product * product - product / (1 + product * product);
    }

    [Fact]
    public static void All_operators()
        => Check.Gradient(x => Operators(x[0], x[1], x[2]), (x, d, s) => OperatorsBackward(x[0], x[1], x[2], ref d[0], ref d[1], ref d[2], s), [7.5, 2, -1], [-3.2, -0.9, 0.4]);

    [Differentiable]
    internal static double Operators(double a, double b, double c) => -(a + b) * (b - c) / (a * a + 1) + +c * (a % b) - (-c - -a) * 2 / b;

    [Fact]
    public static void A_difference_and_a_quotient_of_the_same_value()
        => Check.Gradient(x => Cancels(x[0]), (x, d, s) => CancelsBackward(x[0], ref d[0], s), [1.5], [-2]);

    [Differentiable]
    internal static double Cancels(double a) => a - a + a / a + (a * a - a * a);

    [Fact]
    public static void Powers_of_one_value() => Check.Gradient(x => Powers(x[0]), (x, d, s) => PowersBackward(x[0], ref d[0], s), [1.5], [-0.7]);

    [Differentiable]
    internal static double Powers(double a) => a * a * a + Math.Pow(a, 2) - Math.Pow(a, 5) / 3 + Math.Pow(2 + a, -1.5) + Math.Pow(1.5, a);

    [Fact]
    public static void Functions_of_functions()
        => Check.Gradient(x => Nested(x[0], x[1]), (x, d, s) => NestedBackward(x[0], x[1], ref d[0], ref d[1], s), [0.4, 1.2], [-1, 0.3]);

    [Differentiable]
    internal static double Nested(double a, double b)
        => Math.Exp(Math.Sin(a * Math.Log(1 + b * b))) / Math.Sqrt(1 + Math.Cosh(a)) + Math.Atan2(a, b) * Math.Tanh(b - Math.Cbrt(2 + a)) + Math.FusedMultiplyAdd(a, b, Math.Tan(a));

    [Fact]
    public static void The_other_hosts_of_functions()
        => Check.Gradient(x => Hosts(x[0], x[1]), (x, d, s) => HostsBackward(x[0], x[1], ref d[0], ref d[1], s), [0.4, 1.2], [0.9, 0.3]);

    [Differentiable]
    internal static double Hosts(double a, double b)
        => double.Exp(a) * double.Hypot(a, b) + double.Lerp(a, b, 0.3) + double.SinPi(a) + double.LogP1(b) + double.RootN(b, 3) + double.ExpM1(a * b) + double.DegreesToRadians(a);

    [Fact]
    public static void Constants_of_every_origin()
        => Check.Gradient(x => Constants(x[0]), (x, d, s) => ConstantsBackward(x[0], ref d[0], s), [1.5], [-2]);

    [Differentiable]
    internal static double Constants(double a)
    {
        const double third = 1.0 / 3;
        const int two = 2;
        return a * Half + third * a * a + offset * a * two + Math.PI * a + 'a' * a + 1e300 * (a * 1e-300) + default(double) - double.Epsilon * a;
    }

    [Fact]
    public static void A_result_that_goes_through_many_names()
        => Check.Gradient(x => Aliases(x[0]), (x, d, s) => AliasesBackward(x[0], ref d[0], s), [1.5]);

    [Differentiable]
    internal static double Aliases(double a)
    {
        var b = a;
        double c = b, e = c;
        double f = e * b;
        double g = f;
        return g + c;
    }

    [Fact]
    public static void Parts_that_do_not_reach_the_result()
        => Check.Gradient(x => Idle(x[0], x[1]), (x, d, s) => IdleBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 2]);

    [Differentiable]
    internal static double Idle(double a, double b)
    {
        double idle = Math.Exp(a * b);
        _ = idle * 2;
        _ = Math.Sqrt(b);
        return a * a;
    }

    [Fact]
    public static void A_factor_of_zero() => Check.Gradient(x => Nothing(x[0], x[1]), (x, d, s) => NothingBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 2]);

    [Differentiable]
    internal static double Nothing(double a, double b) => 0 * a + b * 1 - 0 + a * 0 * b;

    [Fact]
    public static void The_value_keeps_zeros_infinities_and_not_a_number()
    {
        foreach (double a in new[] { -0.0, 0.0, double.PositiveInfinity, double.NaN, double.MaxValue, double.Epsilon })
        {
            double da = 0, db = 0;
            Assert.Equal(BitConverter.DoubleToInt64Bits(Nothing(a, -0.0)), BitConverter.DoubleToInt64Bits(NothingBackward(a, -0.0, ref da, ref db)));
        }
    }

    [Fact]
    public static void Order_of_operations_is_kept()
    {
        double[] d = new double[3];
        double[] x = [1e16, 1, -1e16];
        Assert.Equal(Sum(x[0], x[1], x[2]), SumBackward(x[0], x[1], x[2], ref d[0], ref d[1], ref d[2]));
        Assert.NotEqual(x[0] + (x[1] + x[2]) + 0.5, SumBackward(x[0], x[1], x[2], ref d[0], ref d[1], ref d[2]) + 1);
        Assert.Equal([2, 2, 2], d);
    }

    [Differentiable]
    internal static double Sum(double a, double b, double c) => a + b + c;

    [Fact]
    public static void An_expression_that_associates_to_the_right()
        => Check.Gradient(x => Right(x[0], x[1], x[2]), (x, d, s) => RightBackward(x[0], x[1], x[2], ref d[0], ref d[1], ref d[2], s), [1.5, 2, 3], [-0.4, 1.1, 0.7]);

    [Differentiable]
    internal static double Right(double a, double b, double c) => a - (b - (c - (a * (b / (c / a)))));

    [Fact]
    public static void The_order_of_arguments_and_named_arguments()
        => Check.Gradient(x => Named(x[0], x[1]), (x, d, s) => NamedBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 2]);

    [Differentiable]
    internal static double Named(double a, double b) => Math.Pow(y: a, x: b) + Math.Atan2(x: a, y: b);

    [Fact]
    public static void A_default_value_of_a_parameter()
    {
        Check.Gradient(x => Scaled(x[0], x[1]), (x, d, s) => ScaledBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 2]);
        Assert.Equal(4.5, ScaledGradient(1.5).Value);
    }

    [Differentiable]
    internal static double Scaled(double a, double factor = 3) => a * factor;
}
