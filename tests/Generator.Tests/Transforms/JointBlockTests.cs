namespace Backprop.Generator.Tests.Transforms;

/// <summary>What the cotangent of a sum needs is computed before the loop, where it can be.</summary>
public sealed class JointBlockTests
{
    [Fact]
    public void A_constant_factor_after_the_loop_is_computed_before_it() => Pass.Simplified.Turns(
        "[Differentiable] static double F(double x, ReadOnlySpan<double> a) { double s = 0; for (int i = 0; i < a.Length; i++) s += a[i]; return s / a.Length; }",
        """
        int #1 = a.Length
        double #2 = (double)#1
        adjoint double ds = seed / #2
        loop 1 for (i = 0; i < #1; i += 1)
        carried double s#3 = 0.0 next s#4 result s#5
          double #6 = a[i]
          double s#4 = s#3 + #6
          da[i] += ds
        double #7 = s#5 / #2
        return #7
        """);

    [Theory]
    [InlineData("s * x")]
    [InlineData("s / n")]
    [InlineData("s * Math.Exp(x) + 1")]
    public void Known_before_the_loop(string result) => Assert.DoesNotContain("mirrors", Reversed(result));

    [Theory]
    [InlineData("s * s")]
    [InlineData("Math.Sqrt(s)")]
    [InlineData("s > 1 ? s : 2 * s")]
    public void Known_only_after_the_loop(string result) => Assert.Contains("mirrors", Reversed(result));

    [Fact]
    public void A_branch_does_not_move() => Assert.Contains("mirrors", Reversed("n > 2 ? s : -s"));

    [Fact]
    public void An_integer_division_that_may_throw_does_not_move()
        => Assert.Contains("mirrors", Reversed("s * (7 / n)"));

    private static string Reversed(string result)
        => Pass.Reversed.Text($"[Differentiable] static double F(double x, int n) {{ double s = 0; for (int i = 0; i < n; i++) s += x * i; return {result}; }}");
}
