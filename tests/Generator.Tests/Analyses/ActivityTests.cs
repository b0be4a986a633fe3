using Backprop.Generator.IR;

namespace Backprop.Generator.Tests.Analyses;

/// <summary>Which values carry a derivative: those between an input and an output.</summary>
public sealed class ActivityTests
{
    [Theory]
    [InlineData("double y = x * x; return y;", true)]
    [InlineData("double y = c * c; return y * x;", false)]
    [InlineData("double y = x * x; a[0] = 1; return x + (y > 3 ? 1 : 2);", false)]
    [InlineData("double y = Math.Floor(x); return y;", false)]
    [InlineData("double y = Gradient.Stop(x * 2); return y + x;", false)]
    [InlineData("double y = (int)x; return y * c;", false)]
    [InlineData("double y = (float)x; return y;", true)]
    [InlineData("double y = 2 * (n > 0 ? x : c); return y;", true)]
    [InlineData("double y = c; for (int i = 0; i < n; i++) y = y * x; return y;", true)]
    [InlineData("a[0] = x; double y = a[1]; return y;", true)]
    [InlineData("k[0] = x; double y = k[1] * 2; return y;", false)]
    [InlineData("double[] t = new double[2]; t[n] = x; double y = t[0] * 2; return y;", true)]
    [InlineData("double[] t = new double[2]; t[n] = c; double y = t[0] * 2; return y;", false)]
    public void A_value_is_active_between_input_and_result(string body, bool isActive)
    {
        Analysed f = new($"[Differentiable] static double F(double x, [NoGradient] double c, int n, double[] a, [NoGradient] double[] k) {{ {body} }}");
        Assert.Equal(isActive, f.Body.Deep().SelectMany(static stmt => stmt.Introduces()).Where(variable => variable.Name == "y").Any(f.Activity.IsActive));
    }

    [Fact]
    public void What_the_method_writes_into_an_argument_is_an_output()
    {
        Analysed f = new("[Differentiable] static void F(double x, Span<double> a) { double y = x * x; a[0] = y; }");
        Assert.True(f.Activity.IsActive(f["y"]));
    }

    [Fact]
    public void Integers_are_never_active()
    {
        Analysed f = new("[Differentiable] static double F(double x) { int k = (int)x; return x * k; }");
        Assert.False(f.Activity.IsActive(f["k"]));
    }
}
