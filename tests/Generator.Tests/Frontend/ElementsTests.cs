namespace Backprop.Generator.Tests.Frontend;

/// <summary>Elements, ranges, references.</summary>
public sealed class ElementsTests
{
    [Fact]
    public void Rectangular_and_jagged_arrays() => Assert.Equal(
        """
        double[] #1 = r[i]
        double #2 = #1[j]
        g[i, j] = #2
        double[] #3 = r[j]
        double #4 = #3[i]
        double #5 = #4 * 2.0
        #3[i] = #5
        double #6 = g[0, 0]
        return #6
        """,
        Source.BodyText("""
            [Differentiable] static double F(double[,] g, double[][] r, int i, int j)
            {
                g[i, j] = r[i][j];
                r[j][i] *= 2;
                return g[0, 0];
            }
            """));

    [Fact]
    public void An_index_from_the_end() => Assert.Equal(
        """
        int #1 = s.Length
        int #2 = #1 - 1
        int #3 = a.Length
        int #4 = #3 - k
        double #5 = a[#4]
        s[#2] = #5
        int #6 = s.Length
        int #7 = #6 - 2
        double #8 = s[#7]
        return #8
        """,
        Source.BodyText("""
            [Differentiable] static double F(double[] a, Span<double> s, int k)
            {
                s[^1] = a[^k];
                return s[^2];
            }
            """));

    [Fact]
    public void A_range_of_a_span_is_a_slice() => Assert.Equal(
        """
        int #1 = s.Length
        ReadOnlySpan<double> all = slice ReadOnlySpan<double> of s from 0 count #1
        int #2 = s.Length
        int #3 = #2 - k
        ReadOnlySpan<double> tail = slice ReadOnlySpan<double> of s from k count #3
        int #4 = s.Length
        int #5 = #4 - 1
        int #6 = #5 - 1
        ReadOnlySpan<double> #7 = slice ReadOnlySpan<double> of s from 1 count #6
        double #8 = #7[0]
        double #9 = all[0]
        double #10 = #8 + #9
        double #11 = tail[0]
        double #12 = #10 + #11
        return #12
        """,
        Source.BodyText("""
            [Differentiable] static double F(ReadOnlySpan<double> s, int k)
            {
                var all = s[..];
                var tail = s[k..];
                return s[1..^1][0] + all[0] + tail[0];
            }
            """));

    [Fact]
    public void A_range_of_an_array_is_a_copy() => Assert.Equal(
        """
        int #1 = a.Length
        int #2 = #1 - 1
        int #3 = #2 - 1
        Span<double> #4 = slice Span<double> of a from 1 count #3
        double[] inner = new local double[](#3)
        int #5 = inner.Length
        Span<double> #6 = slice Span<double> of inner from 0 count #5
        copy #4 to #6
        inner[0] = 2.0
        double #7 = inner[0]
        double #8 = a[1]
        double #9 = #7 * #8
        return #9
        """,
        Source.BodyText("""
            [Differentiable] static double F(double[] a)
            {
                var inner = a[1..^1];
                inner[0] = 2;
                return inner[0] * a[1];
            }
            """));

    [Fact]
    public void Another_name_for_memory_is_the_same_memory() => Assert.Equal(
        """
        a[0] = 2.0
        double #1 = a[0]
        return #1
        """,
        Source.BodyText("""
            [Differentiable] static double F(double[] a)
            {
                double[] b = a;
                b[0] = 2;
                return a[0];
            }
            """));

    [Fact]
    public void A_row_is_a_view() => Assert.Equal(
        """
        double[] row = r[1]
        row[0] = 2.0
        double #1 = row[1]
        return #1
        """,
        Source.BodyText("""
            [Differentiable] static double F(double[][] r)
            {
                var row = r[1];
                row[0] = 2;
                return row[1];
            }
            """));

    [Fact]
    public void A_reference_chooses_its_element_once() => Assert.Equal(
        """
        int #1 = i
        i = i + 1
        double #2 = a[#1]
        double #3 = 2.0 * #2
        a[#1] = #3
        double #4 = a[#1]
        double #5 = (double)i
        double #6 = #4 * #5
        return #6
        """,
        Source.BodyText("""
            [Differentiable] static double F(double[] a, int i)
            {
                ref double e = ref a[i];
                i++;
                e = 2 * e;
                return e * i;
            }
            """));

    [Fact]
    public void Memory_of_a_static_field_may_be_read() => Assert.Equal(
        """
        double[] w = external pure double[] `global::C.weights`()
        double #1 = w[0]
        double[] #2 = external pure double[] `global::C.weights`()
        double #3 = #2[1]
        double #4 = #1 * #3
        double #5 = #4 * x
        return #5
        """,
        Source.BodyText("""
            static readonly double[] weights = [1, 2];
            [Differentiable] static double F(double x)
            {
                var w = weights;
                return w[0] * weights[1] * x;
            }
            """));

    [Fact]
    public void Parts_of_text_are_text() => Assert.Equal(
        """
        global::System.Index #1 = external pure global::System.Index `^{0}`(1)
        char #2 = external reads char `{0}[{1}]`(s, #1)
        int #3 = (int)#2
        global::System.Index #4 = external pure global::System.Index `(global::System.Index){0}`(k)
        global::System.Range #5 = external pure global::System.Range `{0}..`(#4)
        string #6 = external reads string `{0}[{1}]`(s, #5)
        int #7 = external pure int `{0}.Length`(#6)
        int #8 = #3 * #7
        double #9 = (double)#8
        double #10 = #9 * x
        return #10
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, string s, int k) => s[^1] * s[k..].Length * x;
            """));
}
