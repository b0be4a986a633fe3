namespace Backprop.Generator.Tests.Transforms;

/// <summary>Every assignment gets a variable of its own.</summary>
public sealed class VersionsTests
{
    [Fact]
    public void A_reassigned_local_is_another_version() => Pass.Versions.Turns(
        "[Differentiable] static double F(double x) { double y = x * x; y = y * x; return y; }",
        """
        double y#1 = x * x
        double y#2 = y#1 * x
        return y#2
        """);

    [Fact]
    public void Copies_are_the_value_that_they_copy() => Pass.Versions.Turns(
        "[Differentiable] static double F(double x, double y) { (x, y) = (y, x); double z = x; return z - y; }",
        """
        double #1 = y - x
        return #1
        """);

    [Fact]
    public void A_branch_joins_what_it_assigns() => Pass.Versions.Turns(
        "[Differentiable] static double F(double x) { double y = 1; if (x > 0) y = x * x; return y; }",
        """
        bool #1 = x > 0.0
        if 1 (#1)
          double y#2 = x * x
        join double y#3 = y#2 : 1.0
        return y#3
        """);

    [Fact]
    public void A_loop_carries_what_its_body_assigns() => Pass.Versions.Turns(
        "[Differentiable] static double F(double x, int n) { double y = 1; for (int i = 0; i < n; i++) { double t = y * x; y = t + 1; } return y; }",
        """
        loop 1 for (i = 0; i < n; i += 1)
        carried double y#1 = 1.0 next y#2 result y#3
          double t = y#1 * x
          double y#2 = t + 1.0
        return y#3
        """);

    [Fact]
    public void After_a_throw_the_other_branch_alone_decides() => Pass.Versions.Turns(
        "[Differentiable] static double F(double x) { double y; if (x > 0) { y = x * 2; } else { throw new Exception(); } return y; }",
        """
        bool #1 = x > 0.0
        if 1 (#1)
        else
          throw external pure global::System.Exception `new global::System.Exception()`()
        double y = x * 2.0
        return y
        """);

    [Fact]
    public void A_written_parameter_is_written_back_once() => Pass.Versions.Turns(
        "[Differentiable] static void F(ref double x, out double y) { x = x * x; x = x + 1; y = x; }",
        """
        double x#1 = x#2 * x#2
        double x#3 = x#1 + 1.0
        writeback x#2 = x#3
        writeback y = x#3
        return
        """);

    [Fact]
    public void The_test_is_that_of_before_the_branch()
    {
        string text = Pass.Versions.Text("[Differentiable] static double F(double x) { bool b = x > 0; if (b) { b = false; x = x * 2; } return b ? x : -x; }");
        Assert.StartsWith("bool", text);
        Assert.Contains("join bool", text);
    }

    [Fact]
    public void A_nameless_value_bears_the_name_of_the_variable_that_it_was_computed_for() => Pass.Versions.Turns(
        "public struct V { public double X; public static V operator *(V a, V b) => new V { X = a.X * b.X }; }\n[Differentiable] static double F(V v) { V w = v * v; V z = w; return z.X; }",
        """
        double vX = v.X
        double wX = vX * vX
        return wX
        """);

    [Fact]
    public void A_value_from_outside_the_block_keeps_its_own_name() => Pass.Versions.Turns(
        "[Differentiable] static double F(double x, int n) { double y = x; if (n > 0) { double t = y; y = t * t; } return y; }",
        """
        bool #1 = n > 0
        if 1 (#1)
          double y#2 = x * x
        join double y#3 = y#2 : x
        return y#3
        """);
}
