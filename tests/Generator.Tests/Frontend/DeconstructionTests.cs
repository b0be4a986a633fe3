namespace Backprop.Generator.Tests.Frontend;

/// <summary>Tuples that never become values.</summary>
public sealed class DeconstructionTests
{
    [Fact]
    public void A_swap_reads_both_before_it_writes() => Assert.Equal(
        """
        double #1 = y
        double #2 = x
        x = #1
        y = #2
        double #3 = x - y
        return #3
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, double y)
            {
                (x, y) = (y, x);
                return x - y;
            }
            """));

    [Fact]
    public void Elements_are_swapped() => Assert.Equal(
        """
        double #1 = a[j]
        double #2 = a[i]
        a[i] = #1
        a[j] = #2
        double #3 = a[0]
        return #3
        """,
        Source.BodyText("""
            [Differentiable] static double F(Span<double> a, int i, int j)
            {
                (a[i], a[j]) = (a[j], a[i]);
                return a[0];
            }
            """));

    [Fact]
    public void Variables_are_declared_and_converted() => Assert.Equal(
        """
        double p
        double q
        double #1 = (double)n
        p = #1
        q = x
        double #2 = q + 1.0
        q = #2
        double r
        double s
        int t
        double #3 = p
        double #4 = q
        r = #3
        s = #4
        t = 2
        double #5 = p + q
        double #6 = #5 + r
        double #7 = #6 + s
        double #8 = (double)t
        double #9 = #7 + #8
        return #9
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int n)
            {
                (double p, var q) = (n, x);
                (_, q) = (3, q + 1);
                var (r, (s, t)) = (p, (q, 2));
                return p + q + r + s + t;
            }
            """));
}
