namespace Backprop.Generator.Tests.Frontend;

/// <summary>Assignments, compound assignments, increments.</summary>
public sealed class AssignmentsTests
{
    [Fact]
    public void Chained_assignment_goes_from_right_to_left() => Assert.Equal(
        """
        double a
        double b
        b = x * y
        a = b
        double #1 = a + b
        return #1
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, double y)
            {
                double a, b;
                a = b = x * y;
                return a + b;
            }
            """));

    [Fact]
    public void An_assignment_inside_a_condition_comes_before_the_branch() => Assert.Equal(
        """
        double y
        y = x * 2.0
        bool #1 = y > 1.0
        if 1 (#1)
          return y
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x)
            {
                double y;
                if ((y = x * 2) > 1)
                    return y;
                return x;
            }
            """));

    [Fact]
    public void Narrow_types_are_promoted_and_narrowed_again() => Assert.Equal(
        """
        int #1 = (int)b
        int #2 = #1 + 3
        b = (byte)#2
        int #3 = (int)b
        int #4 = #3 + 1
        b = (byte)#4
        int #5 = (int)b
        int #6 = #5 -checked 1
        b = (byte checked)#6
        double #7 = (double)b
        double #8 = x * #7
        return #8
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, byte b)
            {
                b += 3;
                b++;
                checked { b--; }
                return x * b;
            }
            """));

    [Fact]
    public void Compound_assignment_computes_in_the_wider_type() => Assert.Equal(
        """
        float #1 = (float)n
        y = y + #1
        double #2 = (double)y
        x = x * #2
        n = n << 2
        double #3 = (double)n
        double #4 = x * #3
        return #4
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, float y, int n)
            {
                y += n;
                x *= y;
                n <<= 2;
                return x * n;
            }
            """));

    [Fact]
    public void Compound_assignment_reads_its_target_before_the_right_side() => Assert.Equal(
        """
        double #1 = x
        x = 2.0
        x = #1 + x
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x)
            {
                x += x = 2;
                return x;
            }
            """));

    [Fact]
    public void An_index_is_evaluated_before_the_value_and_once() => Assert.Equal(
        """
        int #1 = i
        i = 2
        double #2 = (double)i
        a[#1] = #2
        int #3 = i
        i = #3 + 1
        double #4 = a[#3]
        double #5 = a[i]
        double #6 = #5 * 2.0
        double #7 = #4 + #6
        a[#3] = #7
        double #8 = a[0]
        return #8
        """,
        Source.BodyText("""
            [Differentiable] static double F(Span<double> a, int i)
            {
                a[i] = i = 2;
                a[i++] += a[i] * 2;
                return a[0];
            }
            """));

    [Fact]
    public void An_element_is_incremented_in_place() => Assert.Equal(
        """
        int #1 = counts[1]
        int #2 = #1 + 1
        counts[1] = #2
        int old = #1
        double #3 = (double)old
        double #4 = x * #3
        int #5 = counts[0]
        int #6 = #5 - 1
        counts[0] = #6
        double #7 = (double)#6
        double #8 = #4 * #7
        return #8
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int[] counts)
            {
                int old = counts[1]++;
                return x * old * --counts[0];
            }
            """));

    [Fact]
    public void A_parameter_is_assigned_like_a_variable() => Assert.Equal(
        """
        y = y * x
        z = y
        """,
        Source.BodyText("""
            [Differentiable] static void F(in double x, ref double y, out double z)
            {
                y *= x;
                z = y;
            }
            """));

    [Fact]
    public void Variables_of_different_scopes_are_different() => Assert.Equal(
        """
        double t#1 = x
        x = t#1 * 3.0
        double t#2 = 2.0
        x = x + t#2
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x)
            {
                {
                    double t = x;
                    x = t * 3;
                }
                {
                    double t = 2;
                    x += t;
                }
                return x;
            }
            """));

    [Fact]
    public void A_discard_evaluates() => Assert.Equal(
        """
        double #1 = a[0]
        evaluate external reads double `global::C.Other({0})`(2.0)
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double[] a, double x)
            {
                _ = a[0];
                _ = x;
                _ = Other(2);
                return x;
            }
            static double Other(double y) => y;
            """));

    [Fact]
    public void An_inactive_static_is_written_as_text() => Assert.Equal(
        """
        int #1 = external reads int `global::C.count`()
        int #2 = #1 + 1
        evaluate external writes int `global::C.count = {0}`(#2)
        evaluate external writes int `global::C.count = {0}`(k)
        return x
        """,
        Source.BodyText("""
            static int count;
            [Differentiable] static double F(double x, int k)
            {
                count++;
                C.count = k;
                return x;
            }
            """));

    [Fact]
    public void Null_coalescing_assignment_is_a_branch() => Assert.Equal(
        """
        bool #1 = external pure bool `{0} is null`(s)
        if 1 (#1)
          s = external pure string `"none"`()
        int #2 = external pure int `{0}.Length`(s)
        double #3 = (double)#2
        double #4 = x * #3
        return #4
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, string? s)
            {
                s ??= "none";
                return x * s.Length;
            }
            """));

    [Fact]
    public void Flags_are_combined_as_text() => Assert.Equal(
        """
        global::System.AttributeTargets #1 = t
        global::System.AttributeTargets #2 = external pure global::System.AttributeTargets `global::System.AttributeTargets.Class`()
        t = external pure global::System.AttributeTargets `{0} | {1}`(#1, #2)
        global::System.AttributeTargets #3 = external pure global::System.AttributeTargets `global::System.AttributeTargets.All`()
        bool #4 = t == #3
        double #5
        if 1 (#4)
          #5 = x
        else
          #5 = 0.0
        return #5
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, AttributeTargets t)
            {
                t |= AttributeTargets.Class;
                return t == AttributeTargets.All ? x : 0;
            }
            """));
}
