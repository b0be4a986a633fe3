namespace Backprop.Generator.Tests.Frontend;

/// <summary>Constants, variables and operators.</summary>
public sealed class ExpressionsTests
{
    [Fact]
    public void Every_intermediate_value_is_named() => Assert.Equal(
        """
        double #1 = x * y
        double #2 = x / y
        double #3 = #1 + #2
        return #3
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, double y) => x * y + x / y;
            """));

    [Fact]
    public void A_variable_changed_by_a_later_operand_is_read_first() => Assert.Equal(
        """
        double #1 = x
        x = 3.0
        double #2 = x * x
        double #3 = #1 + #2
        return #3
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x) => x + (x = 3) * x;
            """));

    [Fact]
    public void A_postfix_increment_gives_the_old_value() => Assert.Equal(
        """
        int #1 = i
        i = #1 + 1
        double #2 = (double)#1
        double #3 = x * #2
        double #4 = (double)i
        double #5 = #3 + #4
        return #5
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int i) => x * i++ + i;
            """));

    [Fact]
    public void A_prefix_increment_gives_the_new_value() => Assert.Equal(
        """
        i = i + 1
        double #1 = (double)i
        double #2 = x * #1
        return #2
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int i) => x * ++i;
            """));

    [Fact]
    public void A_converted_constant_is_a_literal_of_the_target_type() => Assert.Equal(
        """
        y = 2.0f
        double #1 = x * 2.0
        double #2 = #1 + 1.0
        double #3 = #2 - 1.7976931348623157E+308
        double #4 = #3 + 3.141592653589793
        double #5 = #4 + 0.3333333333333333
        return #5
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, float y)
            {
                const int n = 2;
                y = n;
                return x * n + 1 - double.MaxValue + Math.PI + 1.0 / 3;
            }
            """));

    [Fact]
    public void Negative_zero_is_kept() => Assert.Equal(
        """
        double #1 = x * -0.0
        return #1
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x) => x * -0.0;
            """));

    [Fact]
    public void Integer_arithmetic_keeps_its_overflow_context() => Assert.Equal(
        """
        int #1 = n *checked 2
        int #2 = n - 1
        int #3 = #1 + #2
        int #4 = n >> 1
        int #5 = #3 + #4
        int #6 = n >>> 2
        int #7 = #5 + #6
        int #8 = ~n
        int #9 = #7 + #8
        double #10 = (double)#9
        double #11 = x * #10
        return #11
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int n) => x * (checked(n * 2) + unchecked(n - 1) + (n >> 1) + (n >>> 2) + ~n);
            """));

    [Fact]
    public void Floating_arithmetic_has_no_overflow_context() => Assert.Equal(
        """
        double #1 = x * x
        double #2 = #1 + x
        return #2
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x) => checked(x * x + x);
            """));

    [Fact]
    public void Logic_without_short_circuit_is_an_operator() => Assert.Equal(
        """
        bool #1 = !q
        bool #2 = p & #1
        bool #3 = p ^ q
        bool #4 = #2 | #3
        double #5
        if 1 (#4)
          #5 = x
        else
          #5 = 0.0
        return #5
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, bool p, bool q) => p & !q | p ^ q ? x : 0;
            """));

    [Fact]
    public void Enumerations_are_compared_by_operator() => Assert.Equal(
        """
        global::System.DayOfWeek #1 = external pure global::System.DayOfWeek `global::System.DayOfWeek.Monday`()
        bool #2 = d == #1
        double #3
        if 1 (#2)
          #3 = x
        else
          #3 = 0.0
        return #3
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, DayOfWeek d) => d == DayOfWeek.Monday ? x : 0;
            """));

    [Fact]
    public void Text_is_not_looked_into() => Assert.Equal(
        """
        string t = external pure string `{0} + {1}`(s, x)
        string #1 = t
        string #2 = external pure string `"!"`()
        t = external pure string `{0} + {1}`(#1, #2)
        string #3 = external pure string `"a"`()
        bool #4 = external pure bool `{0} == {1}`(t, #3)
        double #5
        if 1 (#4)
          #5 = x
        else
          #5 = 0.0
        return #5
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, string s)
            {
                string t = s + x;
                t += "!";
                return t == "a" ? x : 0;
            }
            """));
}
