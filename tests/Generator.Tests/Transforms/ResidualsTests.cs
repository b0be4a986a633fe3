namespace Backprop.Generator.Tests.Transforms;

/// <summary>How a primal value comes to where the backward sweep reads it.</summary>
public sealed class ResidualsTests
{
    [Fact]
    public void What_is_still_alive_is_simply_used() => Assert.DoesNotContain("residuals", Pass.Final.Text(
        "[Differentiable] static double F(double x) { double y = Math.Exp(x); return y * Math.Sin(y); }"));

    [Fact]
    public void A_value_of_a_branch_is_handed_out_of_it() => Pass.Final.Turns(
        "[Differentiable] static double F(double x) { double y = x; if (x > 1) { double t = Math.Exp(x); y = t * t; } return y * y; }",
        """
        bool #1 = x > 1.0
        if 1 (#1)
          double t#2 = Math.Exp(x)
          double y#3 = t#2 * t#2
        join double y#4 = y#3 : x
        join double t#5 = t#2 : default(double)
        double #6 = y#4 * y#4
        adjoint double dy#7 = seed * y#4
        adjoint double dy#8 = 2.0 * dy#7
        if 2 mirrors 1 (#1)
          adjoint double dt#9 = dy#8 * t#5
          adjoint double dt#10 = 2.0 * dt#9
          adjoint double dx#11 = dt#10 * t#5
        join double dx#12 = dx#11 : dy#8
        dx#13 += dx#12
        return #6
        """);

    [Fact]
    public void A_value_of_a_branch_in_a_loop_is_recorded_in_it()
    {
        string text = Pass.Final.Text("[Differentiable] static double F(double x, int n) { for (int i = 0; i < n; i++) { if (x > 1) { double t = Math.Exp(x); x = t * x; } } return x; }");
        Assert.Contains("Rent<double>", text);
        Assert.DoesNotContain("default", text);
    }

    [Fact]
    public void A_fused_loop_records_nothing() => Assert.DoesNotContain("residuals", Pass.Final.Text(
        "[Differentiable] static double F(double x, ReadOnlySpan<double> a) { double s = 0; for (int i = 0; i < a.Length; i++) { double t = Math.Exp(x * a[i]); s += t * t; } return s; }"));

    [Fact]
    public void A_dear_part_of_a_test_is_recorded_for_the_branch_backwards()
    {
        string text = Pass.Final.Text("[Differentiable] static double F(double x, int n) { for (int i = 0; i < n; i++) { if (Math.Exp(x) > 2) { x = x * 0.5; } else { x = x * 2; } } return x; }");
        Assert.Equal(1, text.Split(".Rent<").Length - 1);
    }

    [Fact]
    public void A_test_of_what_the_loop_carries_is_made_again()
    {
        string text = Pass.Final.Text("[Differentiable] static double F(double x, int n) { for (int i = 0; i < n; i++) { if (x > 2) { x = x * x; } else { x = x * 2; } } return x; }");
        Assert.DoesNotContain("Rent<bool>", text);
        Assert.Contains("Rent<double>", text);
    }
}
