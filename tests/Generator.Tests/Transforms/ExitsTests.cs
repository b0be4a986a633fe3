namespace Backprop.Generator.Tests.Transforms;

/// <summary>Every way out of a block ends up where nothing follows.</summary>
public sealed class ExitsTests
{
    [Fact]
    public void What_follows_an_early_return_moves_into_the_other_branch() => Pass.Exits.Turns(
        "[Differentiable] static double F(double x) { if (x > 0) return x; x *= 2; return x * x; }",
        """
        double value
        bool #1 = x > 0.0
        if 1 (#1)
          value = x
        else
          x = x * 2.0
          double #2 = x * x
          value = #2
        return value
        """);

    [Fact]
    public void A_guard_that_throws_stays_as_it_is() => Pass.Exits.Turns(
        "[Differentiable] static double F(double x) { if (x < 0) throw new Exception(); return x * x; }",
        """
        bool #1 = x < 0.0
        if 1 (#1)
          throw external pure global::System.Exception `new global::System.Exception()`()
        double #2 = x * x
        return #2
        """);

    [Fact]
    public void What_follows_a_continue_moves_into_the_other_branch() => Pass.Exits.Turns(
        "[Differentiable] static double F(double x, int n) { for (int i = 0; i < n; i++) { if (x > 1) continue; x *= 2; } return x; }",
        """
        int i = 0
        loop 1 while (#1)
        condition
          bool #1 = i < n
        body
          bool #2 = x > 1.0
          if 2 (#2)
          else
            x = x * 2.0
          i = i + 1
        return x
        """);

    [Fact]
    public void A_break_is_the_last_statement_of_its_path() => Pass.Exits.Turns(
        "[Differentiable] static double F(double x) { while (true) { x *= 2; if (x > 1) break; x += 1; } return x; }",
        """
        loop 1 while (true)
        body
          x = x * 2.0
          bool #1 = x > 1.0
          if 2 (#1)
            break 1
          else
            x = x + 1.0
        return x
        """);

    [Fact]
    public void A_return_inside_a_loop_is_a_flag_and_a_break() => Pass.Exits.Turns(
        "[Differentiable] static double F(double x) { while (x < 9) { x *= 2; if (x > 1) return 3 * x; } return x; }",
        """
        double value
        bool returned = false
        loop 1 while (#1)
        condition
          bool #1 = x < 9.0
        body
          x = x * 2.0
          bool #2 = x > 1.0
          if 2 (#2)
            double #3 = 3.0 * x
            value = #3
            returned = true
            break 1
        if 3 (returned)
        else
          value = x
        return value
        """);

    [Fact]
    public void A_return_from_two_loops_goes_from_one_to_the_next()
    {
        string text = Pass.Exits.Text("[Differentiable] static double F(double x) { while (x < 9) { while (x < 5) { x *= 2; if (x > 4) return x; } x += 1; } return 2 * x; }");
        Assert.Equal(2, Count(text, "break "));
        Assert.Equal(2, Count(text, "bool returned"));
        Assert.Equal(1, Count(text, "return "));
        Assert.DoesNotContain("leave", text);
    }

    [Fact]
    public void A_branch_that_may_leave_is_remembered_by_a_flag() => Pass.Exits.Turns(
        "[Differentiable] static double F(double x, bool b) { while (x < 9) { if (b) { x += 1; if (x > 3) continue; } x *= 2; } return x; }",
        """
        loop 1 while (#1)
        condition
          bool #1 = x < 9.0
        body
          bool skipped = false
          if 2 (b)
            x = x + 1.0
            bool #2 = x > 3.0
            if 3 (#2)
              skipped = true
          if 4 (skipped)
          else
            x = x * 2.0
        return x
        """);

    [Fact]
    public void A_break_of_a_switch_leaves_the_switch_only()
    {
        string text = Pass.Exits.Text("[Differentiable] static double F(double x, int k) { switch (k) { case 0: if (x > 1) break; x *= 2; break; case 1: return x; } return x * x; }");
        Assert.DoesNotContain("break", text);
        Assert.DoesNotContain("leave", text);
        Assert.Equal(1, Count(text, "return "));
    }

    [Fact]
    public void A_condition_with_an_effect_moves_into_the_body() => Pass.Exits.Turns(
        "[Differentiable] static double F(double x, int n) { while (n-- > 0) { x *= x; } return x; }",
        """
        loop 1 while (true)
        body
          int #1 = n
          n = #1 - 1
          bool #2 = #1 > 0
          if 1 (#2)
            x = x * x
          else
            break 1
        return x
        """);

    [Fact]
    public void The_step_of_a_loop_also_runs_after_a_continue()
    {
        string text = Pass.Exits.Text("[Differentiable] static double F(double x) { for (double t = 0; t < x; t += 0.5) { if (x > 1) continue; x *= 2; } return x; }");
        Assert.DoesNotContain("step", text);
        Assert.Equal(1, Count(text, "+ 0.5"));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
