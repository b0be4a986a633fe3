namespace Backprop.Generator.Tests.Frontend;

/// <summary>switch statements and expressions.</summary>
public sealed class SwitchesTests
{
    [Fact]
    public void Sections_become_a_ladder() => Assert.Equal(
        """
        bool #1 = k == 0
        if 1 (#1)
          x = 1.0
        else
          bool #2 = k == 1
          bool #3
          if 2 (#2)
            #3 = true
          else
            bool #4 = k == 2
            #3 = #4
          if 3 (#3)
            return x
          else
            x = 3.0
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int k)
            {
                switch (k)
                {
                    case 0:
                        x = 1;
                        break;
                    case 1:
                    case 2:
                        return x;
                    default:
                        x = 3;
                        break;
                }
                return x;
            }
            """));

    [Fact]
    public void Default_comes_last_wherever_it_is_written() => Assert.Equal(
        """
        bool #1 = k == 1
        if 1 (#1)
          x = 2.0
        else
          x = 1.0
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int k)
            {
                switch (k)
                {
                    default:
                        x = 1;
                        break;
                    case 1:
                        x = 2;
                        break;
                }
                return x;
            }
            """));

    [Fact]
    public void A_break_in_the_middle_leaves_the_scope() => Assert.Equal(
        """
        scope 1
          bool #1 = k == 1
          if 2 (#1)
            bool #2 = x > 0.0
            if 3 (#2)
              leave 1
            x = 2.0
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int k)
            {
                switch (k)
                {
                    case 1:
                        if (x > 0)
                            break;
                        x = 2;
                        break;
                }
                return x;
            }
            """));

    [Fact]
    public void A_section_with_default_and_other_labels_matches_in_order() => Assert.Equal(
        """
        bool #1 = k == 2
        if 1 (#1)
          x = 1.0
        else
          bool #2 = k > 0
          bool #3
          if 2 (#2)
            #3 = x > 2.0
          else
            #3 = false
          if 3 (#3)
            return x
          else
            x = 1.0
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int k)
            {
                switch (k)
                {
                    case 2:
                    default:
                        x = 1;
                        break;
                    case > 0 when x > 2:
                        return x;
                }
                return x;
            }
            """));

    [Fact]
    public void The_value_is_evaluated_once() => Assert.Equal(
        """
        int #1 = k
        bool #2 = #1 == 1
        bool #3
        if 1 (#2)
          int #4 = k
          k = #4 + 1
          #3 = #4 > 0
        else
          #3 = false
        if 2 (#3)
          return x
        else
          bool #5 = #1 == 2
          if 3 (#5)
            double #6 = 2.0 * x
            return #6
        double #7 = (double)k
        return #7
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int k)
            {
                switch (k)
                {
                    case 1 when k++ > 0:
                        return x;
                    case 2:
                        return 2 * x;
                }
                return k;
            }
            """));

    [Fact]
    public void A_switch_expression_without_a_match_throws() => Assert.Equal(
        """
        double #1
        bool #2 = k == 0
        if 1 (#2)
          #1 = x
        else
          bool #3 = k == 1
          bool #4 = k == 2
          bool #5 = #3 | #4
          if 2 (#5)
            #1 = 2.0 * x
          else
            throw external pure global::System.Runtime.CompilerServices.SwitchExpressionException `new global::System.Runtime.CompilerServices.SwitchExpressionException({0})`(k)
        return #1
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int k) => k switch
            {
                0 => x,
                1 or 2 => 2 * x,
            };
            """));

    [Fact]
    public void A_discard_arm_is_the_else() => Assert.Equal(
        """
        double #1
        bool #2 = k > 3
        bool #3 = k < 9
        bool #4 = #2 & #3
        bool #5
        if 1 (#4)
          #5 = x > 1.0
        else
          #5 = false
        if 2 (#5)
          #1 = x
        else
          #1 = 0.0
        return #1
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int k) => k switch
            {
                > 3 and < 9 when x > 1 => x,
                _ => 0,
            };
            """));

    [Fact]
    public void An_exhaustive_switch_expression_needs_no_last_test() => Assert.Equal(
        """
        double #1
        bool #2 = b == true
        if 1 (#2)
          #1 = x
        else
          #1 = -x
        return #1
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, bool b) => b switch { true => x, false => -x };
            """));

    [Fact]
    public void A_var_section_takes_the_rest() => Assert.Equal(
        """
        int j
        int q
        bool #1 = k == 1
        bool #2
        if 1 (#1)
          #2 = true
        else
          j = k
          bool #3 = j > 3
          #2 = #3
        if 2 (#2)
          x = 2.0
        else
          q = k
          x = (double)q
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int k)
            {
                switch (k)
                {
                    case 1:
                    case int j when j > 3:
                        x = 2;
                        break;
                    case var q:
                        x = q;
                        break;
                }
                return x;
            }
            """));
}
