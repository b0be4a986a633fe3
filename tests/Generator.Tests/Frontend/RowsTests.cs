namespace Backprop.Generator.Tests.Frontend;

/// <summary>Local arrays of arrays.</summary>
public sealed class RowsTests
{
    [Fact]
    public void Rows_of_one_length_are_a_table() => Assert.Equal(
        """
        double[,] d = new local double[,](n, 3)
        int #1 = n - 1
        Span<double> #2 = d[#1]
        int #3 = #2.Length
        int #4 = #3 - 1
        #2[#4] = x
        Span<double> row = d[0]
        row[1] = x
        double #5 = d[0, 1]
        int #6 = d.GetLength(0)
        int #7 = #6 - 1
        Span<double> #8 = d[#7]
        int #9 = #8.Length
        double #10 = (double)#9
        double #11 = #5 * #10
        int #12 = d.GetLength(0)
        double #13 = (double)#12
        double #14 = #11 * #13
        return #14
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int n)
            {
                double[][] d = new double[n][];
                for (int i = 0; i < n; i++)
                    d[i] = new double[3];
                d[n - 1][^1] = x;
                double[] row = d[0];
                row[1] = x;
                return d[0][1] * d[^1].Length * d.Length;
            }
            """));

    [Fact]
    public void Rows_of_other_lengths_are_slices() => Assert.Equal(
        """
        int[] dStarts = new local int[](n)
        int[] dLengths = new local int[](n)
        int total = 0
        int i = 0
        loop 1 while (#1) index i
        condition
          bool #1 = i < n
        body
          int #2 = n - i
          dStarts[i] = total
          dLengths[i] = #2
          total = external pure int `global::Backprop.Grid.With({0}, {1})`(total, #2)
        step
          i = i + 1
        double[] d = new local double[](total)
        int #3 = dStarts[1]
        int #4 = dLengths[1]
        Span<double> #5 = slice Span<double> of d from #3 count #4
        #5[0] = x
        int #6 = dStarts[0]
        int #7 = dLengths[0]
        Span<double> #8 = slice Span<double> of d from #6 count #7
        double #9 = #8[1]
        int #10 = dLengths[n]
        double #11 = (double)#10
        double #12 = #9 * #11
        int #13 = dLengths.Length
        double #14 = (double)#13
        double #15 = #12 * #14
        return #15
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int n)
            {
                double[][] d = new double[n][];
                for (int i = 0; i < n; i++)
                    d[i] = new double[n - i];
                d[1][0] = x;
                return d[0][1] * d[n].Length * d.Length;
            }
            """));

    [Fact]
    public void A_loop_that_does_more_stays() => Assert.Equal(
        """
        int #1 = a.Length
        double[,] d = new local double[,](#1, 2)
        int i = 0
        loop 1 while (#2) index i
        condition
          int #3 = a.Length
          bool #2 = i < #3
        body
          double #4 = a[i]
          d[i, 0] = x
          d[i, 1] = #4
          double #5 = d[i, 1]
          x = x + #5
        step
          i = i + 1
        return x
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, ReadOnlySpan<double> a)
            {
                double[][] d = new double[a.Length][];
                for (int i = 0; i < a.Length; i++)
                {
                    d[i] = [x, a[i]];
                    x += d[i][1];
                }
                return x;
            }
            """));

    [Fact]
    public void Listed_rows_are_computed_before_they_are_stored() => Assert.Equal(
        """
        double #1 = x
        x = y
        double[,] d = new local double[,](2, 2)
        d[0, 0] = #1
        d[0, 1] = 1.0
        d[1, 0] = x
        d[1, 1] = x
        double #2 = d[1, 0]
        return #2
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, double y)
            {
                double[][] d = [[x, 1], [x = y, x]];
                return d[1][0];
            }
            """));

    [Fact]
    public void A_row_is_looked_up_first_where_that_can_be_told() => Assert.Equal(
        """
        double[,] d = new local double[,](2, 2)
        d[0, 0] = x
        d[0, 1] = 1.0
        d[1, 0] = 2.0
        d[1, 1] = 3.0
        Span<double> #1 = d[i]
        double #2 = external reads double `global::C.Other({0})`(i)
        #1[0] = #2
        double #3 = d[1, 0]
        return #3
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int i)
            {
                double[][] d = [[x, 1], [2, 3]];
                d[i][0] = Other(i);
                return d[1][0];
            }
            static double Other(int i) => i;
            """));

    [Fact]
    public void Rows_of_whole_numbers_lie_in_one_storage_where_they_can() => Assert.Equal(
        """
        int[,] k = new local int[,](2, 1)
        k[0, 0] = 1
        k[1, 0] = n
        int[][] other = new escapes int[][](2)
        int #1 = k[1, 0]
        bool #2 = #1 > 0
        int[] #3
        if 1 (#2)
          #3 = new escapes int[](2)
        else
          #3 = new escapes int[](3)
        other[0] = #3
        int[] #4 = other[0]
        int #5 = #4.Length
        double #6 = (double)#5
        double #7 = x * #6
        return #7
        """,
        Source.BodyText("""
            [Differentiable] static double F(double x, int n)
            {
                int[][] k = [[1], [n]];
                int[][] other = new int[2][];
                other[0] = k[1][0] > 0 ? new int[2] : new int[3];
                return x * other[0].Length;
            }
            """));
}
