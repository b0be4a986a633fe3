namespace Backprop.Integration.Calls;

/// <summary>Methods of numbers that call methods of numbers.</summary>
public static partial class ScalarCalls
{
    [Differentiable]
    internal static double Square(double x) => x * x;

    [Differentiable]
    internal static double Wave(double x, double frequency)
    {
        double y = Math.Sin(x * frequency);
        return Math.Exp(y) + y * x;
    }

    [Fact]
    public static void Once() => Check.Gradient(x => CallOnce(x[0], x[1]), (x, d, s) => CallOnceBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 2], [-0.3, 0.7]);

    [Differentiable]
    internal static double CallOnce(double a, double b)
    {
        double y = Wave(a * b, b);
        return y * a;
    }

    [Fact]
    public static void Twice_with_the_same_arguments()
        => Check.Gradient(x => CallTwice(x[0], x[1]), (x, d, s) => CallTwiceBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 2], [-0.3, 0.7]);

    [Differentiable]
    internal static double CallTwice(double a, double b) => Wave(a, b) * Wave(a, b) + Wave(a, a);

    [Fact]
    public static void Nested() => Check.Gradient(x => CallNested(x[0]), (x, d, s) => CallNestedBackward(x[0], ref d[0], s), [0.5], [-0.3]);

    [Differentiable]
    internal static double CallNested(double a) => Square(Square(Wave(Square(a), a)));

    [Fact]
    public static void In_a_sum() => Check.Gradient(x => Sum(x[0], x[1], 7), (x, d, s) => SumBackward(x[0], x[1], 7, ref d[0], ref d[1], s), [0.5, 0.2], [-0.3, 0.4]);

    [Differentiable]
    internal static double Sum(double a, double b, int n)
    {
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            sum += Wave(a * i, b) * b;
        }

        return sum;
    }

    [Fact]
    public static void In_a_recurrence() => Check.Gradient(x => Repeat(x[0], x[1], 5), (x, d, s) => RepeatBackward(x[0], x[1], 5, ref d[0], ref d[1], s), [0.5, 0.2], [-0.3, 0.4]);

    [Differentiable]
    internal static double Repeat(double a, double b, int n)
    {
        double y = a;
        for (int i = 0; i < n; i++)
        {
            y = Wave(y, b) - 0.5;
        }

        return y * a;
    }

    [Fact]
    public static void In_branches_of_loops()
        => Check.Gradient(x => Branches(x[0], x[1], 6), (x, d, s) => BranchesBackward(x[0], x[1], 6, ref d[0], ref d[1], s), [0.5, 0.2], [-0.3, 0.4], [1, -1]);

    [Differentiable]
    internal static double Branches(double a, double b, int n)
    {
        double y = a;
        if (b > 0)
        {
            y = Wave(y, b);
        }
        else if (a > 0)
        {
            y = Square(y) + Square(b);
        }

        for (int i = 0; i < n; i++)
        {
            if (i % 2 == 0)
            {
                y = Wave(y, b) - 0.5;
            }
            else
            {
                for (int j = 0; j < i; j++)
                {
                    y = 0.3 * Square(y);
                }
            }
        }

        return y;
    }

    [Fact]
    public static void A_constant_argument_and_one_that_is_ignored()
        => Check.Gradient(x => Constants(x[0], x[1]), (x, d, s) => ConstantsBackward(x[0], x[1], ref d[0], ref d[1], s), [0.5, 0.2], [-0.3, 0.4]);

    [Differentiable]
    internal static double Constants(double a, double b) => First(Wave(a, 2), b) * First(3, a) + Wave(0.5, 0.25);

    [Differentiable]
    internal static double First(double x, double ignored) => x;

    [Fact]
    public static void Single() => Check.Single(x => Mixed((float)x[0], x[1]), (x, d, s) =>
    {
        float da = 0;
        double value = MixedBackward((float)x[0], x[1], ref da, ref d[1], s);
        d[0] += da;
        return value;
    }, [0.5, 0.25]);

    [Differentiable]
    internal static double Mixed(float a, double b) => Half(a) * Wave(a, b);

    [Differentiable]
    internal static float Half(float x) => x * x / 2;

    [Fact]
    public static void Without_derivative()
    {
        Check.Gradient(x => Signed(x[0]), (x, d, s) => SignedBackward(x[0], ref d[0], s), [0.5], [-0.3]);
        Assert.Equal(2, SignedBackward(-1, ref Nowhere[0]));
    }

    private static readonly double[] Nowhere = new double[1];

    [Differentiable]
    internal static double Signed(double a) => Sign(a) * a * Sign(Gradient.Stop(a)) * 2 * Sign(a) * Square(Sign(a));

    [Differentiable]
    internal static int Sign(double x) => x < 0 ? -1 : 1;
}
