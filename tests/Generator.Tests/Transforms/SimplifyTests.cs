namespace Backprop.Generator.Tests.Transforms;

/// <summary>The noise that goes, and the primal's arithmetic that stays.</summary>
public sealed class SimplifyTests
{
    [Fact]
    public void The_primal_keeps_every_operation_that_a_bit_depends_on() => Pass.Normal.Turns(
        "[Differentiable] static double F(double x) { double y = x * 1 + 0.0; return 0.0 + y - -x; }",
        """
        double #1 = x * 1.0
        double y = #1 + 0.0
        double #2 = 0.0 + y
        double #3 = -x
        double #4 = #2 - #3
        return #4
        """);

    [Fact]
    public void Values_that_nobody_needs_go() => Pass.Normal.Turns(
        "[Differentiable] static double F(double x, int n) { double dead = Math.Exp(x); for (int i = 0; i < n; i++) dead += 1; return x * x; }",
        """
        double #1 = x * x
        return #1
        """);

    [Fact]
    public void What_may_throw_stays() => Pass.Normal.Turns(
        "[Differentiable] static double F(double x, double[] a, int n) { double unused = a[n]; int half = 7 / n; return x * x; }",
        """
        double unused = a[n]
        int half = 7 / n
        double #1 = x * x
        return #1
        """);

    [Fact]
    public void A_computation_is_done_once()
    {
        string text = Pass.Normal.Text("[Differentiable] static double F(double x, ReadOnlySpan<double> a) { return Math.Exp(x) * a[0] + Math.Exp(x) * a[0]; }");
        Assert.Equal(2, text.Split("Math.Exp").Length);
        Assert.Equal(2, text.Split("a[0]").Length);
    }

    [Theory]
    [InlineData("a[0] = x;")]
    [InlineData("double first = a[0];")]
    public void An_element_holds_what_was_stored_there_or_read_from_there(string before)
        => Assert.Equal(1, Loads($"a[1] = x; {before} return a[0] * x;"));

    [Theory]
    [InlineData("a[i] = 2;")]
    [InlineData("if (i > 2) { a[i] = 2; }")]
    [InlineData("for (int j = 0; j < i; j++) { a[j] = 2; }")]
    [InlineData("a[1..].Fill(1);")]
    [InlineData("a[1..][i] = 3;")]
    public void An_element_that_may_have_been_written_is_read_again(string between)
        => Assert.Equal(2, Loads($"a[0] = x; {between} return a[0] * x;"));

    [Fact]
    public void What_a_branch_stored_is_not_known_after_it()
        => Assert.Equal(2, Loads("a[1] = x; if (i > 2) { a[0] = x; } return a[0] * x;"));

    private static int Loads(string body)
        => Pass.Normal.Text($"[Differentiable] static double F(double x, Span<double> a, int i) {{ {body} }}").Split("a[0]").Length - 1;

    [Fact]
    public void A_cotangent_that_is_emptied_and_filled_is_filled() => Assert.Equal(
        ["adjoint double #3 = da[0]", "da[0] = #4"],
        Pass.Final.Text("[Differentiable] static void F(double x, Span<double> a) { a[0] *= x; }").Split('\n').Where(line => line.Contains("da[0]", StringComparison.Ordinal)));

    [Fact]
    public void A_cotangent_that_stays_is_left_alone()
        => Assert.DoesNotContain(Pass.Final.Text("[Differentiable] static void F(double x, Span<double> a) { a[0] += x; }").Split('\n'), line => line.TrimStart().StartsWith("da[0]", StringComparison.Ordinal));

    [Fact]
    public void A_decided_branch_leaves_its_side_only() => Pass.Normal.Turns(
        "[Differentiable] static double F(double x) { const bool Square = true; if (Square) { x = x * x; } else { x = 2 * x; } return x; }",
        """
        double x#1 = x#2 * x#2
        return x#1
        """);

    [Theory]
    [InlineData("x + 3", "dx += seed")]
    [InlineData("3 - x", "= -seed")]
    [InlineData("x * 1", "dx += seed")]
    [InlineData("x - x", "")]
    [InlineData("x + x", "2.0 * seed")]
    [InlineData("-(-x)", "dx += seed")]
    [InlineData("x / 1", "dx += seed")]
    public void Adjoint_arithmetic_takes_the_short_way(string expression, string adjoint)
    {
        string text = Pass.Simplified.Text($"[Differentiable] static double F(double x) {{ return {expression}; }}");
        Assert.Contains(adjoint, System.Text.RegularExpressions.Regex.Replace(text, @"(?<=\w)#\d+", ""));
        Assert.DoesNotContain("0.0 +", text);
    }

    [Fact]
    public void A_carried_variable_that_does_not_vary_is_no_carried_variable() => Pass.Normal.Turns(
        "[Differentiable] static double F(double x, int n) { double y = x, z = 1; for (int i = 0; i < n; i++) { double t = y; y = t; z = z * y; } return z; }",
        """
        loop 1 for (i = 0; i < n; i += 1)
        carried double z#1 = 1.0 next z#2 result z#3
          double z#2 = z#1 * x
        return z#3
        """);

    /// <summary>The cotangent of an object's member that is taken and put back.</summary>
    [Fact]
    public void A_member_is_not_given_what_it_holds()
    {
        const string Class = "[Differentiable] public sealed partial class Layer { public double Bias; } [Differentiable] public static double F(Layer p) { if ((p.Bias -= 1.0) <= 2) { } return 1.0; }";
        Assert.DoesNotContain("dp.Bias =", new Consumer().Generate(Source.InClass(Class)).CompilesCleanly().Text, StringComparison.Ordinal);
    }
}
