namespace Backprop.Integration;

/// <summary>Local arrays of two dimensions.</summary>
public static partial class Tables
{
    [Fact]
    public static void Dynamic_programming() => Check.Gradient(
        x => SoftAlignment(x.AsSpan(0, 4), x.AsSpan(4)),
        (x, d, s) => SoftAlignmentBackward(x.AsSpan(0, 4), x.AsSpan(4), d.AsSpan(0, 4), d.AsSpan(4), s),
        [0.1, 0.9, -0.4, 0.3, 0.2, 0.5, -0.7], [1, 2, 3, 4, 0.5, 3]);

    /// <summary>Dynamic time warping with a smooth minimum.</summary>
    [Differentiable]
    internal static double SoftAlignment(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double[,] cost = new double[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                cost[i, j] = i == 0 && j == 0 ? 0 : 5;
            }
        }

        for (int i = 1; i < cost.GetLength(0); i++)
        {
            for (int j = 1; j < cost.GetLength(1); j++)
            {
                double e = a[i - 1] - b[j - 1];
                double low = Math.Exp(-cost[i - 1, j]) + Math.Exp(-cost[i, j - 1]) + Math.Exp(-cost[i - 1, j - 1]);
                cost[i, j] = e * e - Math.Log(low);
            }
        }

        return cost[a.Length, b.Length] + cost.Length;
    }

    [Fact]
    public static void A_table_in_a_loop_begins_with_zeros_each_time() => Check.Gradient(
        x => Rounds(x, 3), (x, d, s) => RoundsBackward(x, 3, d, s), [0.4, -1.2], [2, 0.5, 1], [1]);

    [Differentiable]
    internal static double Rounds(ReadOnlySpan<double> x, int rounds)
    {
        double total = 1;
        for (int r = 1; r <= rounds; r++)
        {
            double[,] t = new double[x.Length, r];
            for (int i = 0; i < x.Length; i++)
            {
                t[i, i % r] += x[i] * total;
                t[0, r - 1] *= 2;
            }

            double sum = 0;
            for (int i = 0; i < x.Length; i++)
            {
                for (int j = 0; j < r; j++)
                {
                    sum += t[i, j] * t[i, j] + t[i, r - 1 - j];
                }
            }

            total = Math.Sin(sum);
        }

        return total;
    }

    [Fact]
    public static void Initialisers_and_inactive_tables() => Check.Gradient(
        x => Determinant(x), (x, d, s) => DeterminantBackward(x, d, s), [1, 2, 3], [0.5, -1, 2]);

    [Differentiable]
    internal static double Determinant(ReadOnlySpan<double> x)
    {
        double[,] m = { { x[0], x[1], 1 }, { x[2], x[0] * x[1], 2 }, { 3, x[1], x[2] } };
        int[,] order = { { 0, 1, 2 }, { 1, 2, 0 }, { 2, 0, 1 } };
        double sum = 0;
        for (int k = 0; k < order.GetLength(0); k++)
        {
            sum += m[0, order[k, 0]] * m[1, order[k, 1]] * m[2, order[k, 2]] - m[0, order[k, 2]] * m[1, order[k, 1]] * m[2, order[k, 0]];
        }

        return sum;
    }

    [Theory]
    [InlineData(2, 3, 1, 2)]
    [InlineData(2, 3, 0, 3)]
    [InlineData(2, 3, 2, 0)]
    [InlineData(2, 3, -1, 4)]
    [InlineData(2, 3, 1, -1)]
    [InlineData(0, 3, 0, 0)]
    [InlineData(-1, 3, 0, 0)]
    [InlineData(-1, -3, 0, 0)]
    public static void Indices_and_extents_fail_as_the_primals_do(int rows, int columns, int i, int j)
    {
        double d = 0;
        Exception? expected = Record.Exception(() => Corner(2, rows, columns, i, j));
        Exception? thrown = Record.Exception(() => CornerBackward(2, rows, columns, i, j, ref d));
        Assert.Equal(expected?.GetType(), thrown?.GetType());
        Assert.Equal(expected is null ? 4 : 0, d);
    }

    [Differentiable]
    internal static double Corner(double x, int rows, int columns, int i, int j)
    {
        double[,] t = new double[rows, columns];
        t[i, j] = x;
        return t[i, j] * t[i, j];
    }

    [Fact]
    public static void A_value_is_computed_before_its_index_is_checked()
    {
        double d = 0;
        Assert.Throws<NullReferenceException>(() => Late(1, null!, 0));
        Assert.Throws<NullReferenceException>(() => LateBackward(1, null!, 0, ref d));
    }

    [Differentiable]
    internal static double Late(double x, int[] index, int zero)
    {
        double[,] t = new double[1, 1];
        t[5, 5] = x * index[zero];
        return t[0, 0] * x;
    }

    [Theory]
    [InlineData(1, 1u, 1UL)]
    [InlineData(2, 0u, 0UL)]
    [InlineData(-1, 0u, 0UL)]
    [InlineData(1L << 32, 0u, 0UL)]
    [InlineData(0, uint.MaxValue, 0UL)]
    [InlineData(0, 0u, (1UL << 32) + 1)]
    [InlineData(0, 0u, ulong.MaxValue)]
    public static void Indices_of_any_integer_type(long k, uint u, ulong w)
    {
        double[] x = [3, 4], d = new double[2];
        double expected = 0, actual = 0;
        Exception? inPrimal = Record.Exception(() => expected = Wide(x, k, u, w)), inBackward = Record.Exception(() => actual = WideBackward(x, k, u, w, d));
        Assert.Equal(inPrimal?.GetType(), inBackward?.GetType());
        Assert.Equal(expected, actual);
        Assert.Equal(inPrimal is not null ? [0, 0] : k == 0 ? [54, 0] : [0, 96], d);
    }

    [Differentiable]
    internal static double Wide(double[] x, long k, uint u, ulong w)
    {
        double[] row = new double[2];
        double[,] table = new double[2, 2];
        row[u] = x[k];
        table[k, w] = x[(nint)k];
        return row[k] * table[u, w] * x[u] * 2;
    }
}
