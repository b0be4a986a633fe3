namespace Backprop.Generator.Tests.Frontend;

/// <summary>if, ?:, &amp;&amp;, ||, ??.</summary>
public sealed class BranchesTests
{
    [Fact]
    public void If_without_else() => Assert.Equal(
        """
        bool #1 = x > 0.0
        if 1 (#1)
          x = 2.0 * x
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x)
            {
                if (x > 0)
                    x = 2 * x;
                return x;
            }
            """));

    [Fact]
    public void A_ladder_nests() => Assert.Equal(
        """
        bool #1 = x > 2.0
        if 1 (#1)
          return x
        else
          bool #2 = x > 1.0
          if 2 (#2)
            x = 3.0
          else
            x = 4.0
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x)
            {
                if (x > 2)
                    return x;
                else if (x > 1)
                    x = 3;
                else
                    x = 4;
                return x;
            }
            """));

    [Fact]
    public void A_conditional_expression_is_a_branch() => Assert.Equal(
        """
        double #1
        if 1 (p)
          #1 = x * x
        else
          #1 = x
        return #1
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, bool p) => p ? x * x : x;
            """));

    [Fact]
    public void Short_circuit_operators_evaluate_the_right_side_in_a_branch() => Assert.Equal(
        """
        bool #1
        if 1 (p)
          double #2 = a[0]
          #1 = #2 > 0.0
        else
          #1 = false
        bool #3
        if 2 (#1)
          #3 = true
        else
          double #4 = a[1]
          #3 = #4 > 0.0
        double #5
        if 3 (#3)
          #5 = x
        else
          #5 = 0.0
        return #5
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, bool p, double[] a) => p && a[0] > 0 || a[1] > 0 ? x : 0;
            """));

    [Fact]
    public void A_thrown_branch_has_no_value() => Assert.Equal(
        """
        string #1 = s
        bool #2 = external pure bool `{0} is null`(#1)
        string #3
        if 1 (#2)
          throw external pure global::System.ArgumentNullException `new global::System.ArgumentNullException("s")`()
        else
          #3 = #1
        s = #3
        bool #4 = x > 0.0
        double #5
        if 2 (#4)
          #5 = x
        else
          int #6 = external pure int `{0}.Length`(s)
          string #7 = external reads string `$"{{({0}):F2}} at {{({1})}}"`(x, #6)
          throw external pure global::System.InvalidOperationException `new global::System.InvalidOperationException({0})`(#7)
        return #5
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, string? s)
            {
                s = s ?? throw new ArgumentNullException(nameof(s));
                return x > 0 ? x : throw new InvalidOperationException($"{x:F2} at {s.Length}");
            }
            """));

    [Fact]
    public void A_guard_throws() => Assert.Equal(
        """
        int #1 = a.Length
        bool #2 = #1 == 0
        if 1 (#2)
          throw external pure global::System.ArgumentException `new global::System.ArgumentException("empty", "a")`()
        evaluate external writes void `global::System.ArgumentNullException.ThrowIfNull({0}, "a")`(a)
        double #3 = a[0]
        return #3
        """,
        Source.BodyText("""
            [Differentiable] static double F(double[] a)
            {
                if (a.Length == 0)
                    throw new ArgumentException("empty", nameof(a));
                ArgumentNullException.ThrowIfNull(a);
                return a[0];
            }
            """));

    [Fact]
    public void A_constant_condition_takes_its_branch() => Assert.Equal(
        """
        x = 2.0 * x
        return x
        """,
        Source.BodyText("""
            const bool isFast = false;
            [Differentiable] static double F(double x)
            {
                if (isFast)
                    return x;
                else
                    x = 2 * x;
                return x;
            }
            """));

    [Fact]
    public void Nothing_follows_an_exit() => Assert.Equal(
        """
        return x
        """,
        Source.BodyText("""
            #pragma warning disable CS0162
            [Differentiable] static double F(double x)
            {
                if (true)
                    return x;
                x = 2;
                return x;
            }
            """));
}
