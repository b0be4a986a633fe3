namespace Backprop.Generator.Tests.Transforms;

/// <summary>The adjoint of each kind of statement, and which loops are reversed on the spot.</summary>
public sealed class ReverseModeTests
{
    [Fact]
    public void A_straight_line_is_walked_backwards() => Pass.Reversed.Turns(
        "[Differentiable] static double F(double x, double y) { double p = x * y; return Math.Sin(p) + x; }",
        """
        double p = x * y
        double #1 = Math.Sin(p)
        double #2 = #1 + x
        adjoint double #3 = Math.Cos(p)
        adjoint double dp = seed * #3
        adjoint double dx#4 = dp * y
        adjoint double dx#5 = seed + dx#4
        adjoint double dy#6 = dp * x
        dx#7 += dx#5
        dy#8 += dy#6
        return #2
        """);

    [Fact]
    public void Inactive_values_have_no_adjoint() => Pass.Reversed.Turns(
        "[Differentiable] static double F(double x, [NoGradient] double y, int n) { double c = y * n; return x * c; }",
        """
        double #1 = (double)n
        double c = y * #1
        double #2 = x * c
        adjoint double dx#3 = seed * c
        dx#4 += dx#3
        return #2
        """);

    [Fact]
    public void A_branch_is_reversed_inside_itself() => Pass.Reversed.Turns(
        "[Differentiable] static double F(double x) { double y = x; if (x > 1) y = x * x; return y; }",
        """
        bool #1 = x > 1.0
        if 1 (#1)
          double y#2 = x * x
          adjoint double dx#3 = seed * x
          adjoint double dx#4 = seed * x
          adjoint double dx#5 = dx#3 + dx#4
        join double y#6 = y#2 : x
        join double dx#7 = dx#5 : seed
        dx#8 += dx#7
        return y#6
        """);

    [Fact]
    public void A_sum_of_terms_runs_forward_and_backward_in_one_loop() => Pass.Reversed.Turns(
        "[Differentiable] static double F(double x, int n) { double s = 0; for (int i = 0; i < n; i++) s += x * i; return s; }",
        """
        loop 1 for (i = 0; i < n; i += 1)
        carried double s#1 = 0.0 next s#2 result s#3
        carried double dx#4 = 0.0 next dx#5 result dx#6
          double #7 = (double)i
          double #8 = x * #7
          double s#2 = s#1 + #8
          adjoint double dx#9 = seed * #7
          adjoint double dx#5 = dx#4 + dx#9
        dx#10 += dx#6
        return s#3
        """);

    [Fact]
    public void A_recurrence_needs_a_loop_of_its_own_backwards() => Pass.Reversed.Turns(
        "[Differentiable] static double F(double x, int n) { double s = 1; for (int i = 0; i < n; i++) s = s * x; return s; }",
        """
        loop 1 for (i#1 = 0; i#1 < n; i#1 += 1)
        carried double s#2 = 1.0 next s#3 result s#4
          double s#3 = s#2 * x
        adjoint int #5 = n - 1
        loop 2 mirrors 1 for (i#6 = #5; i#6 >= 0; i#6 += -1)
        carried double dx#7 = 0.0 next dx#8 result dx#9
        carried double ds#10 = seed next ds#11 result ds#12
          adjoint double ds#11 = ds#10 * x
          adjoint double dx#13 = ds#10 * s#2
          adjoint double dx#8 = dx#7 + dx#13
        dx#14 += dx#9
        return s#4
        """);

    [Theory]
    [InlineData("s += x * i;", "s")]
    [InlineData("s -= x * i;", "s")]
    [InlineData("if (i > 2) s += x * i;", "s")]
    [InlineData("for (int j = 0; j < i; j++) s += x * j;", "s")]
    [InlineData("s += x * i;", "2 * s + 1")]
    [InlineData("s += x * i; if (i > 5) break;", "s")]
    public void Terms_of_a_sum_are_reversed_on_the_spot(string body, string result) => Assert.DoesNotContain("mirrors", Loop(body, result));

    [Theory]
    [InlineData("s *= x;", "s")]
    [InlineData("s += s * x;", "s")]
    [InlineData("s += x * i;", "s * s")]
    [InlineData("s += x * i;", "Math.Exp(s)")]
    [InlineData("s = x * i;", "s")]
    [InlineData("x *= 0.5; s += x;", "s")]
    public void What_depends_on_what_follows_is_reversed_apart(string body, string result) => Assert.Contains("mirrors", Loop(body, result));

    [Fact]
    public void A_loop_that_repeats_counts_its_trips() => Assert.Contains("trips", Pass.Reversed.Text(
        "[Differentiable] static double F(double x) { while (x < 100) { x *= x; } return x; }"));

    [Fact]
    public void A_loop_that_ends_early_tells_where() => Assert.Contains("carried int last", Pass.Reversed.Text(
        "[Differentiable] static double F(double x, int n) { for (int i = 0; i < n; i++) { x *= x; if (x > 100) break; } return x; }"));

    [Fact]
    public void A_store_takes_the_cotangent_of_what_it_overwrites() => Pass.Simplified.Turns(
        "[Differentiable] static double F(double x, Span<double> a, int i) { a[0] = x * x; return a[i]; }",
        """
        double #1 = x * x
        a[0] = #1
        double #2 = a[i]
        da[i] += seed
        adjoint double #3 = da[0]
        da[0] = 0.0
        adjoint double dx#4 = #3 * x
        adjoint double dx#5 = 2.0 * dx#4
        dx#6 += dx#5
        return #2
        """);

    private static string Loop(string body, string result)
        => Pass.Reversed.Text($"[Differentiable] static double F(double x, int n) {{ double s = 0; for (int i = 0; i < n; i++) {{ {body} }} return {result}; }}");
}
