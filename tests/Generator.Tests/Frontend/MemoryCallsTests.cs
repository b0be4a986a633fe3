namespace Backprop.Generator.Tests.Frontend;

/// <summary>The framework's methods on memory.</summary>
public sealed class MemoryCallsTests
{
    [Fact]
    public void Lengths() => Assert.Equal(
        """
        int #1 = g.GetLength(1)
        int #2 = g.Length
        int #3 = #1 * #2
        int #4 = a.Length
        int #5 = #3 * #4
        int #6 = a.Length
        int #7 = #5 * #6
        long #8 = (long)#7
        int #9 = a.Length
        long #10 = (long)#9
        long #11 = #8 * #10
        double #12 = (double)#11
        double #13 = a[0]
        double #14 = #12 * #13
        int #15 = s.Length
        bool #16 = #15 == 0
        int #17
        if 1 (#16)
          #17 = 1
        else
          #17 = 2
        double #18 = (double)#17
        double #19 = #14 * #18
        return #19
        """,
        Source.BodyText("""
            [Differentiable] static double F(double[,] g, double[] a, Span<double> s) => g.GetLength(1) * g.Length * a.Length * a.GetLength(0) * a.LongLength * a[0] * (s.IsEmpty ? 1 : g.Rank);
            """));

    [Fact]
    public void Views_and_slices() => Assert.Equal(
        """
        int #1 = a.Length
        Span<double> all = slice Span<double> of a from 0 count #1
        int #2 = a.Length
        int #3 = #2 - k
        Span<double> tail = slice Span<double> of a from k count #3
        Span<double> part = slice Span<double> of a from k count 2
        int #4 = s.Length
        int #5 = #4 - 1
        Span<double> rest = slice Span<double> of s from 1 count #5
        ReadOnlySpan<double> view = slice ReadOnlySpan<double> of a from 1 count 2
        double #6 = all[0]
        double #7 = tail[0]
        double #8 = #6 + #7
        double #9 = part[0]
        double #10 = #8 + #9
        double #11 = rest[0]
        double #12 = #10 + #11
        double #13 = view[0]
        double #14 = #12 + #13
        return #14
        """,
        Source.BodyText("""
            [Differentiable] static double F(double[] a, Span<double> s, int k)
            {
                var all = a.AsSpan();
                var tail = a.AsSpan(k);
                var part = a.AsSpan(k, 2);
                var rest = s.Slice(1);
                var view = new ReadOnlySpan<double>(a, 1, 2);
                return all[0] + tail[0] + part[0] + rest[0] + view[0];
            }
            """));

    [Fact]
    public void Clear_and_fill() => Assert.Equal(
        """
        int #1 = a.Length
        Span<double> #2 = slice Span<double> of a from 0 count #1
        fill #2 with default(double)
        Span<double> #3 = slice Span<double> of a from 1 count 2
        fill #3 with default(double)
        int #4 = a.Length
        Span<double> #5 = slice Span<double> of a from 0 count #4
        fill #5 with x
        fill s with default(double)
        double #6 = x * x
        fill s with #6
        double #7 = a[0]
        double #8 = s[0]
        double #9 = #7 + #8
        return #9
        """,
        Source.BodyText("""
            [Differentiable] static double F(double[] a, Span<double> s, double x)
            {
                Array.Clear(a);
                Array.Clear(a, 1, 2);
                Array.Fill(a, x);
                s.Clear();
                s.Fill(x * x);
                return a[0] + s[0];
            }
            """));

    [Fact]
    public void Copies() => Assert.Equal(
        """
        Span<double> #1 = slice Span<double> of a from 0 count 2
        Span<double> #2 = slice Span<double> of b from 0 count 2
        copy #1 to #2
        Span<double> #3 = slice Span<double> of a from 1 count 3
        Span<double> #4 = slice Span<double> of b from 2 count 3
        copy #3 to #4
        int #5 = a.Length
        Span<double> #6 = slice Span<double> of a from 0 count #5
        int #7 = a.Length
        Span<double> #8 = slice Span<double> of b from 1 count #7
        copy #6 to #8
        int #9 = b.Length
        Span<double> #10 = slice Span<double> of b from 0 count #9
        copy s to #10
        int #11 = a.Length
        Span<double> #12 = slice Span<double> of a from 0 count #11
        copy #12 to s
        int #13 = s.Length
        double[] c = new local double[](#13)
        int #14 = c.Length
        Span<double> #15 = slice Span<double> of c from 0 count #14
        copy s to #15
        double #16 = b[0]
        double #17 = c[0]
        double #18 = #16 + #17
        return #18
        """,
        Source.BodyText("""
            [Differentiable] static double F(double[] a, double[] b, Span<double> s)
            {
                Array.Copy(a, b, 2);
                Array.Copy(a, 1, b, 2, 3);
                a.CopyTo(b, 1);
                s.CopyTo(b);
                a.CopyTo(s);
                double[] c = s.ToArray();
                return b[0] + c[0];
            }
            """));
}
