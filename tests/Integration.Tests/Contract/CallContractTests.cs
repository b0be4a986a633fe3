using System.Reflection;

namespace Backprop.Integration.Contract;

/// <summary>Sections 4 and 5 of docs/emitted-members.md: the split pair, and rules of the user's own.</summary>
public static partial class CallContractTests
{
    [Differentiable]
    internal static double Foo(double x, ReadOnlySpan<double> w)
    {
        double y = x;
        foreach (double weight in w)
        {
            y = Math.Sin(y) * weight;
        }

        return y;
    }

    [Differentiable]
    internal static void Bar(Span<double> a, ref double b, out double c)
    {
        a[0] *= b;
        b *= a[0];
        c = a[0] + b;
    }

    [Differentiable, Recompute]
    internal static double Again(double x) => Math.Exp(x) * x;

    [Differentiable]
    internal static double Caller(double x, ReadOnlySpan<double> w)
    {
        double y = Foo(x, w) * Again(x);
        Bar([y, 1], ref x, out double c);
        return c * x;
    }

    [Fact]
    public static void A_pullback_may_run_twice_on_the_same_residuals()
    {
        double[] w = [0.5, 1.5], dw = new double[2], expectedW = new double[2];
        double dx = 0, expected = 0;
        double value = FooBackward(0.7, w, ref expected, expectedW);
        Assert.Equal(value, FooForward(0.7, w, out FooResiduals residuals));
        for (int times = 1; times <= 2; times++)
        {
            FooPullback(0.7, w, in residuals, ref dx, dw, 1);
            Assert.Equal(times * expected, dx, 1e-15);
            Assert.Equal(times * expectedW[1], dw[1], 1e-15);
        }

        FooPullback(0.7, w, in residuals, ref dx, dw, -2);
        Assert.Equal(0, dx, 1e-15);
    }

    [Fact]
    public static void A_pullback_takes_the_arguments_as_the_method_left_them()
    {
        double[] a = [2], da = [1];
        double b = 3, db = 10;
        BarForward(a, ref b, out double c, out BarResiduals residuals);
        Assert.Equal((6, 18, 24), (a[0], b, c));
        BarPullback(a, b, c, in residuals, da, ref db, dc: 100);
        double[] again = [2], expected = [1];
        double start = 3, dStart = 10;
        BarBackward(again, ref start, out _, expected, ref dStart, dc: 100);
        Assert.Equal(expected, da);
        Assert.Equal(dStart, db);
        Assert.Equal(101 * 3 + 110 * 9, da[0]);
    }

    [Fact]
    public static void Names_and_signatures_follow_from_the_callee()
    {
        MethodInfo forward = typeof(CallContractTests).GetMethod("AgainForward", BindingFlags.NonPublic | BindingFlags.Static)!;
        Assert.Equal(["x", "residuals", "store"], forward.GetParameters().Select(static p => p.Name));
        Assert.Equal("AgainResiduals", forward.GetParameters()[1].ParameterType.GetElementType()!.Name);
        MethodInfo pullback = typeof(CallContractTests).GetMethod("AgainPullback", BindingFlags.NonPublic | BindingFlags.Static)!;
        Assert.Equal(["x", "residuals", "dx", "seed"], pullback.GetParameters().Select(static p => p.Name));
    }

    [Fact]
    public static void A_caller_is_differentiated_through_them() => Check.Gradient(
        x => Caller(x[0], x.AsSpan(1)),
        (x, dx, seed) => CallerBackward(x[0], x.AsSpan(1), ref dx[0], dx.AsSpan(1), seed),
        [0.7, 0.5, 1.5]);

    [Pullback(nameof(SoftplusRule))]
    internal static double Softplus(double x) => Math.Log(1 + Math.Exp(x));

    private static void SoftplusRule(double x, double value, ref double dx, double seed) => dx += 2 * seed / (1 + Math.Exp(-x));

    /// <summary>One overload of two that cannot be edited.</summary>
    internal static class Foreign
    {
        internal static double Half(double x) => x / 2;

        internal static double Half(float x) => x / 2;
    }

    [PullbackOf(typeof(Foreign), nameof(Foreign.Half))]
    private static void HalfRule(double x, double value, ref double dx, double seed) => dx += 100 * seed;

    [PullbackOf(typeof(Foreign), nameof(Foreign.Half))]
    private static void HalfOfSingleRule(float x, double value, ref float dx, double seed) => dx += 7 * (float)seed;

    [Differentiable]
    internal static double Ruled(double x, float y, double k) => Softplus(x) + Foreign.Half(x) + Foreign.Half(y) + Gradient.Stop(k * 3) * k;

    [Fact]
    public static void A_rule_of_the_user_is_taken_and_found_by_its_parameters()
    {
        var (value, gradient) = RuledGradient(0, 1, 5);
        Assert.Equal(Ruled(0, 1, 5), value);
        Assert.Equal(1 + 100, gradient.x);
        Assert.Equal(7, gradient.y);
        Assert.Equal(15, gradient.k);
    }

    [Fact]
    public static void The_check_passes_right_gradients_and_finds_wrong_ones()
    {
        GradientReport report = GradientCheck.Run((x, w) => Foo(x, w), (x, w, ref dx, ref dw) => FooBackward(x, w, ref dx, dw), at: (0.7, new double[] { 0.5, 1.5 }));
        Assert.InRange(report.Error, 0, 1e-6);
        GradientCheckException thrown = Assert.Throws<GradientCheckException>(() => GradientCheck.Run((x, k) => Ruled(x, 1, k), (double x, double k, ref double dx, ref double dk) =>
        {
            float none = 0;
            return RuledBackward(x, 1, k, ref dx, ref none, ref dk);
        }, at: (0.3, 2.0)));
        Assert.Contains("x", thrown.Message, StringComparison.Ordinal);
    }
}
