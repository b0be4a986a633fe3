namespace Backprop.Generator.Tests.Frontend;

/// <summary>Patterns.</summary>
public sealed class PatternsTests
{
    [Fact]
    public void Constants_and_relations() => Assert.Equal(
        """
        bool #1 = x > 0.0
        bool #2 = x < 1.0
        bool #3 = #1 & #2
        bool #4 = x == 2.0
        bool #5 = #3 | #4
        double #6
        if 1 (#5)
          #6 = x
        else
          #6 = 0.0
        return #6
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x) => x is > 0 and < 1 or 2 ? x : 0;
            """));

    [Fact]
    public void Not_a_number_matches_itself() => Assert.Equal(
        """
        bool #1 = external pure bool `double.IsNaN({0})`(x)
        bool #2
        if 1 (#1)
          #2 = true
        else
          bool #3 = external pure bool `float.IsNaN({0})`(y)
          bool #4 = !#3
          #2 = #4
        double #5
        if 2 (#2)
          #5 = x
        else
          #5 = 0.0
        return #5
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, float y) => x is double.NaN || y is not float.NaN ? x : 0;
            """));

    [Fact]
    public void A_type_pattern_declares() => Assert.Equal(
        """
        int k
        bool #1 = external pure bool `{0} is int`(o)
        if 1 (#1)
          k = external pure int `(int){0}`(o)
        bool #2
        if 2 (#1)
          #2 = k > 2
        else
          #2 = false
        if 3 (#2)
          double #3 = (double)k
          double #4 = #3 * x
          return #4
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, [NoGradient] object o)
            {
                if (o is int k && k > 2)
                    return k * x;
                return x;
            }
            """));

    [Fact]
    public void A_declared_variable_lives_on_after_the_condition() => Assert.Equal(
        """
        int k
        bool #1 = external pure bool `{0} is int`(o)
        if 1 (#1)
          k = external pure int `(int){0}`(o)
        bool #2 = !#1
        if 2 (#2)
          return 0.0
        double #3 = (double)k
        double #4 = x * #3
        return #4
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, [NoGradient] object o)
            {
                if (o is not int k)
                    return 0;
                return x * k;
            }
            """));

    [Fact]
    public void A_pattern_variable_of_a_loop_is_declared_before_it() => Assert.Equal(
        """
        int k
        loop 1 while (#1)
        condition
          bool #2 = external pure bool `{0} is int`(o)
          if 2 (#2)
            k = external pure int `(int){0}`(o)
          bool #1
          if 3 (#2)
            double #3 = (double)k
            #1 = #3 > x
          else
            #1 = false
        body
          double #4 = (double)k
          x = x + #4
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, [NoGradient] object o)
            {
                while (o is int k && k > x)
                    x += k;
                return x;
            }
            """));

    [Fact]
    public void Var_always_matches() => Assert.Equal(
        """
        int k
        int #1 = n * 2
        k = #1
        bool #2 = k > 1
        double #3
        if 1 (#2)
          double #4 = (double)k
          #3 = x * #4
        else
          #3 = x
        return #3
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int n) => n * 2 is var k && k > 1 ? x * k : x;
            """));

    [Fact]
    public void Null_is_tested() => Assert.Equal(
        """
        bool #1 = external pure bool `{0} is null`(s)
        bool #2
        if 1 (#1)
          #2 = true
        else
          bool #3 = external pure bool `{0} is null`(a)
          bool #4 = !#3
          #2 = #4
        double #5
        if 2 (#2)
          #5 = x
        else
          #5 = 0.0
        return #5
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, string? s, double[]? a) => s is null || a is not null ? x : 0;
            """));
}
