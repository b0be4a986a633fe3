namespace Backprop.Integration.Calls;

/// <summary>Methods that keep nothing.</summary>
public static partial class Recomputed
{
    [Differentiable]
    [Recompute]
    internal static double Settle(ReadOnlySpan<double> x, double start)
    {
        double y = start;
        int trips = 0;
        while (trips++ < 20 && Math.Abs(y) < 100)
        {
            y = Math.Sin(y * x[0]) + Inner(x, y);
        }

        return y;
    }

    [Differentiable]
    internal static double Inner(ReadOnlySpan<double> x, double y)
    {
        double z = y;
        for (int i = 0; i < x.Length; i++)
        {
            z = Math.Cos(z) * x[i];
        }

        return z;
    }

    [Fact]
    public static void Nothing_is_kept()
    {
        Assert.Empty(typeof(SettleResiduals).GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public));
        Assert.False(SettleResiduals.KeepsMemory);
    }

    [Fact]
    public static void The_gradient_is_the_same() => Check.Gradient(x => Outer(x, 3), (x, d, s) => OuterBackward(x, 3, d, s), [0.5, 0.25, 1], [-0.5, 1, 0.3]);

    [Differentiable]
    internal static double Outer(ReadOnlySpan<double> x, int n)
    {
        double y = x[1];
        for (int i = 0; i < n; i++)
        {
            y = Settle(x, y * 0.5) + y;
        }

        return y * y;
    }

    [Fact]
    public static void A_method_that_returns_its_argument()
    {
        double[] a = [3, 2], d = [1, 10];
        Assert.Same(a, SameForward(a, out SameResiduals residuals));
        SamePullback(a, in residuals, d, [1, 1]);
        Assert.Equal([4, 17], d);
        Assert.Same(a, SameBackward(a, new double[2], new double[2]));
        Assert.True(SameResiduals.ReturnsArgument);
        Check.InPlace(x => SameTwice(x), (x, dx, seed) => SameTwiceBackward(x, dx, seed), [3, 2], [0.5, -1]);
    }

    [Differentiable]
    internal static double SameTwice(double[] a)
    {
        Same(a);
        double before = a[0];
        Same(a);
        return before * a[0];
    }

    [Differentiable]
    internal static double[] Same(double[] a)
    {
        a[0] *= a[1];
        return a;
    }
}
