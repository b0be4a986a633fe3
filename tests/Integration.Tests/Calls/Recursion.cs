namespace Backprop.Integration.Calls;

/// <summary>Methods that call themselves, and each other.</summary>
public static partial class Recursion
{
    [Fact]
    public static void Linear() => Check.Gradient(x => Power(x[0], 6), (x, d, s) => PowerBackward(x[0], 6, ref d[0], s), [1.5], [-0.5]);

    [Differentiable]
    internal static double Power(double x, int n) => n == 0 ? 1 : Math.Sin(x) * Power(x, n - 1) + x;

    [Fact]
    public static void A_tree() => Check.Gradient(x => Tree(x[0], x[1], 5), (x, d, s) => TreeBackward(x[0], x[1], 5, ref d[0], ref d[1], s), [1.5, 0.3], [-0.5, 1]);

    [Differentiable]
    internal static double Tree(double a, double b, int depth)
    {
        if (depth == 0)
        {
            return Math.Exp(a * 0.1) * b;
        }

        double left = Tree(a * 0.5, b, depth - 1);
        double right = Tree(b, a + left, depth - 2 < 0 ? 0 : depth - 2);
        return Math.Sin(left) * right + a;
    }

    [Fact]
    public static void Each_other() => Check.Gradient(x => Even(x[0], 7), (x, d, s) => EvenBackward(x[0], 7, ref d[0], s), [1.5], [-0.5]);

    [Differentiable]
    internal static double Even(double x, int n) => n == 0 ? x : Odd(Math.Cos(x), n - 1) * x;

    [Differentiable]
    internal static double Odd(double x, int n)
    {
        double y = n == 0 ? x * x : Even(x + 1, n - 1);
        return y * Helper(x);
    }

    [Differentiable]
    internal static double Helper(double x) => Math.Exp(-x * x);

    [Fact]
    public static void In_a_loop() => Check.Gradient(x => Fan(x[0], 3), (x, d, s) => FanBackward(x[0], 3, ref d[0], s), [0.5], [-0.5]);

    [Differentiable]
    internal static double Fan(double x, int depth)
    {
        double y = x;
        for (int i = 0; i < depth; i++)
        {
            y = Math.Sin(Fan(y, depth - 1) + x);
        }

        return y;
    }

    [Fact]
    public static void Over_an_array() => Check.Gradient(x => Merge(x), (x, d, s) => MergeBackward(x, d, s), [0.5, 1, 2, 3, 4], [-0.5, 0.25, 3]);

    [Differentiable]
    internal static double Merge(ReadOnlySpan<double> x)
    {
        if (x.Length == 1)
        {
            return x[0] * x[0];
        }

        int half = x.Length / 2;
        return Math.Sin(Merge(x[..half])) * Merge(x[half..]) + x[half];
    }

    /// <summary>Determinant by expansion by minors.</summary>
    [Fact]
    public static void Determinant() => Check.Gradient(
        x => Minors(x, 3, 0, 0), (x, d, s) => MinorsBackward(x, 3, 0, 0, d, s), [2, 1, 0.5, -1, 3, 0.25, 1, 2, 4]);

    [Differentiable]
    internal static double Minors(ReadOnlySpan<double> a, int n, int row, int taken)
    {
        if (row == n)
        {
            return 1;
        }

        double sum = 0;
        int sign = 1;
        for (int column = 0; column < n; column++)
        {
            if ((taken & (1 << column)) == 0)
            {
                sum += sign * a[row * n + column] * Minors(a, n, row + 1, taken | (1 << column));
                sign = -sign;
            }
        }

        return sum;
    }
}
