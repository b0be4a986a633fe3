namespace Backprop.Generator.Tests.Frontend;

/// <summary>New arrays and spans.</summary>
public sealed class AllocationsTests
{
    [Fact]
    public void A_local_array_may_be_taken_back() => Assert.Equal(
        """
        double[] t = new local double[](n)
        t[0] = x
        int #1 = t.Length
        int #2 = 0
        loop 1 while (#3) index #2
        condition
          bool #3 = #2 < #1
        body
          double e = t[#2]
          x = x + e
        step
          #2 = #2 + 1
        int #4 = t.Length
        double #5 = (double)#4
        double #6 = #5 * x
        return #6
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int n)
            {
                double[] t = new double[n];
                t[0] = x;
                foreach (double e in t)
                    x += e;
                return t.Length * x;
            }
            """));

    [Fact]
    public void An_array_that_is_returned_escapes() => Assert.Equal(
        """
        double[] t = new escapes double[](n)
        t[0] = x
        return t
        """,
        Source.BodyText("""
            [Differentiable] static double[] F(double x, int n)
            {
                double[] t = new double[n];
                t[0] = x;
                return t;
            }
            """));

    [Fact]
    public void An_array_that_has_another_name_stays() => Assert.Equal(
        """
        double[] t = new double[](n)
        t[0] = x
        double #1 = t[0]
        return #1
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int n)
            {
                double[] t = new double[n];
                double[] u = t;
                u[0] = x;
                return t[0];
            }
            """));

    [Fact]
    public void Initialisers_store_in_order() => Assert.Equal(
        """
        double[] t = new local double[](3)
        t[0] = x
        t[1] = 2.0
        double #1 = x * x
        t[2] = #1
        double[] u = new local double[](2)
        u[0] = x
        u[1] = 1.0
        double[] w = new local double[](2)
        w[0] = x
        w[1] = 3.0
        double #2 = t[0]
        double #3 = u[1]
        double #4 = #2 * #3
        double #5 = w[0]
        double #6 = #4 * #5
        return #6
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x)
            {
                double[] t = { x, 2, x * x };
                var u = new[] { x, 1 };
                double[] w = [x, 3];
                return t[0] * u[1] * w[0];
            }
            """));

    [Fact]
    public void Stack_storage_is_an_allocation() => Assert.Equal(
        """
        Span<double> s = new local Span<double>(n)
        Span<double> t = new local Span<double>(2)
        t[0] = x
        t[1] = 2.0
        Span<double> u#1 = new local Span<double>(2)
        u#1[0] = x
        u#1[1] = 1.0
        int #2 = u#1.Length
        ReadOnlySpan<double> u#3 = slice ReadOnlySpan<double> of u#1 from 0 count #2
        double #4 = t[0]
        double #5 = u#3[1]
        double #6 = #4 + #5
        s[0] = #6
        double #7 = s[0]
        return #7
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int n)
            {
                Span<double> s = stackalloc double[n];
                Span<double> t = stackalloc[] { x, 2 };
                ReadOnlySpan<double> u = [x, 1];
                s[0] = t[0] + u[1];
                return s[0];
            }
            """));

    [Fact]
    public void A_span_over_a_new_array() => Assert.Equal(
        """
        double[] #1 = new local double[](3)
        int #2 = #1.Length
        Span<double> s = slice Span<double> of #1 from 0 count #2
        s[0] = x
        double #3 = s[0]
        return #3
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x)
            {
                Span<double> s = new double[3];
                s[0] = x;
                return s[0];
            }
            """));

    [Fact]
    public void Inactive_arrays_have_any_shape() => Assert.Equal(
        """
        int[,] g = new local int[,](2, n)
        int[,] h = new local int[,](2, 2)
        h[0, 0] = 1
        h[0, 1] = 2
        h[1, 0] = 3
        h[1, 1] = 4
        int[][] j = new escapes int[][](n)
        int[] #1 = new escapes int[](2)
        j[0] = #1
        j = new escapes int[][](1)
        int #2 = g[1, 0]
        double #3 = (double)#2
        double #4 = x * #3
        int #5 = h[0, 1]
        double #6 = (double)#5
        double #7 = #4 * #6
        return #7
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int n)
            {
                int[,] g = new int[2, n];
                int[,] h = { { 1, 2 }, { 3, 4 } };
                int[][] j = new int[n][];
                j[0] = new int[2];
                j = new int[1][];
                return x * g[1, 0] * h[0, 1];
            }
            """));
}
