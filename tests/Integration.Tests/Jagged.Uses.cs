namespace Backprop.Integration;

/// <summary>What is done with the rows: spans of them, calls, structs, ways out, errors.</summary>
public static partial class Jagged
{
    [Fact]
    public static void Rows_are_spans() => Check.Gradient(x => Spans(x), (x, d, s) => SpansBackward(x, d, s), [0.4, -1.2], [2, 0.5, 1]);

    [Differentiable]
    internal static double Spans(ReadOnlySpan<double> x)
    {
        double[][] d = new double[3][];
        for (int i = 0; i < 3; i++)
        {
            d[i] = new double[x.Length];
        }

        x.CopyTo(d[0]);
        Array.Copy(d[0], d[1], x.Length);
        d[1].AsSpan(1).Fill(x[0]);
        Span<double> now = d[1], then = d[2];
        for (int t = 0; t < 3; t++)
        {
            Advance(now, then);
            Span<double> last = now;
            now = then;
            then = last;
        }

        double[] copy = d[1][..2];
        Array.Clear(d[0], 0, 1);
        return now[0] * then[1] + copy[0] * copy[1] + d[0][0] + Sum(d[0]) + Sum(d[2].AsSpan(1));
    }

    [Differentiable]
    internal static void Advance(ReadOnlySpan<double> from, Span<double> to)
    {
        for (int i = 0; i < from.Length; i++)
        {
            to[i] += Math.Sin(from[i]) * from[0];
        }
    }

    [Differentiable]
    internal static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value * value;
        }

        return sum;
    }

    [Fact]
    public static void A_row_and_its_cells_are_the_same_memory() => Check.Gradient(x => Shared(x[0], x[1], 2), (x, d, s) => SharedBackward(x[0], x[1], 2, ref d[0], ref d[1], s), [0.5, 2], [-1, 0.3]);

    [Differentiable]
    internal static double Shared(double x, double y, int n)
    {
        double[][] even = new double[n][], uneven = new double[n][];
        for (int i = 0; i < n; i++)
        {
            even[i] = new double[3];
            uneven[i] = new double[3 + i];
        }

        double[] row = even[0], other = uneven[1];
        even[0][1] = x;
        uneven[1][3] = y;
        double before = row[1] * other[3];
        row[1] = before * x;
        other[3] *= before;
        Span<double> chosen = even[x > 0 ? 0 : 1];
        Span<double> part = uneven[1].AsSpan(1);
        if (x < 0)
        {
            part = uneven[0];
            part[2] = x * y;
        }

        chosen[2] = part[2] * x;
        even[1][2] += even[0][1];
        return even[0][1] * uneven[1][3] + before + even[0][2] * even[1][2] + uneven[0][2];
    }

    [Fact]
    public static void Shapes_that_depend_on_data_in_loops_left_early() => Check.Gradient(x => Growing(x), (x, d, s) => GrowingBackward(x, d, s), [0.4, -1.2, 0.3], [2, 0.5, 1]);

    [Differentiable]
    internal static double Growing(ReadOnlySpan<double> x)
    {
        double level = 0.5;
        int k = 1;
        while (level < 40)
        {
            int width = k + (int)Math.Abs(level) % 3;
            double[][] t = new double[k][];
            for (int i = 0; i < t.Length; i++)
            {
                t[i] = new double[width + i];
                t[i][i] = x[i % x.Length] * level;
            }

            double[] last = t[^1];
            last[^1] += Math.Exp(0.1 * t[0][0]);
            foreach (double[] row in t)
            {
                foreach (double value in row)
                {
                    level += value * value + 0.3;
                }

                if (level > 35)
                {
                    return level * last[^1];
                }
            }

            k++;
            if (k > 6)
            {
                break;
            }
        }

        return level;
    }

    [Fact]
    public static void In_a_method_that_is_called() => Check.Gradient(x => Twice(x), (x, d, s) => TwiceBackward(x, d, s), [0.4, -1.2], [2, 0.5, 1]);

    [Differentiable]
    internal static double Twice(ReadOnlySpan<double> x)
    {
        double sum = 1;
        for (int k = 2; k < 4; k++)
        {
            sum *= SoftAlignment(x, x[1..]) + Pascal(x, k + 1) + Rounds(x, k);
        }

        return sum;
    }

    [Fact]
    public static void Single_precision() => Check.Single(
        x => Half((float)x[0], 3),
        (x, d, s) =>
        {
            float dx = (float)d[0];
            float value = HalfBackward((float)x[0], 3, ref dx, (float)s);
            d[0] = dx;
            return value;
        },
        [0.5], [1.25]);

    [Differentiable]
    internal static float Half(float x, int n)
    {
        float[][] d = new float[n][];
        for (int i = 0; i < d.Length; i += 1)
        {
            d[i] = new float[n - i];
            d[i][0] = x * x;
        }

        d[0][1] = d[2][0] * d[1][0];
        return d[0][1];
    }

    internal readonly record struct Point(double X, double Y);

    [Fact]
    public static void Rows_of_structs() => Check.Gradient(x => Points(x[0], x[1], 3), (x, d, s) => PointsBackward(x[0], x[1], 3, ref d[0], ref d[1], s), [0.5, 2], [1.25, -1]);

    [Differentiable]
    internal static double Points(double x, double y, int n)
    {
        Point[][] p = new Point[n][];
        for (int i = 0; i < n; i++)
        {
            p[i] = new Point[i + 1];
        }

        p[2][1] = new Point(x, x * y);
        p[1][0] = p[2][1] with { Y = y };
        return p[1][0].X * p[2][1].Y * p[1][0].Y + p[0][0].X;
    }

    [Fact]
    public static void Beside_an_array_of_arrays_of_whole_numbers() => Check.Gradient(x => Viterbi(x, 3), (x, d, s) => ViterbiBackward(x, 3, d, s), [0.4, -1.2], [2, 0.5, 1]);

    /// <summary>The best way through a chain, walked back by the pointers that were left.</summary>
    [Differentiable]
    internal static double Viterbi(ReadOnlySpan<double> x, int states)
    {
        double[][] score = new double[x.Length][];
        int[][] from = new int[x.Length][];
        for (int t = 0; t < x.Length; t++)
        {
            score[t] = new double[states];
            from[t] = new int[states];
        }

        for (int t = 0; t < x.Length; t++)
        {
            for (int s = 0; s < states; s++)
            {
                double best = double.NegativeInfinity;
                for (int k = 0; t > 0 && k < states; k++)
                {
                    double way = score[t - 1][k] - 0.1 * (s - k) * (s - k) * x[t];
                    if (way > best)
                    {
                        best = way;
                        from[t][s] = k;
                    }
                }

                score[t][s] = (t > 0 ? best : 0) + Math.Sin(x[t] * (s + 1));
            }
        }

        int at = 1;
        double sum = 0;
        for (int t = x.Length - 1; t >= 0; t--)
        {
            sum += score[t][at] * t;
            at = from[t][at];
        }

        return sum;
    }

    [Fact]
    public static void In_generic_arithmetic() => Check.Gradient(x => Squares(x[0], 3), (x, d, s) => SquaresBackward(x[0], 3, ref d[0], s), [0.4], [2]);

    [Differentiable]
    internal static T Squares<T>(T x, int n)
        where T : System.Numerics.IFloatingPointIeee754<T>
    {
        switch (n)
        {
            case 3:
                T[][] d = new T[n][];
                for (int i = 0; i < n; i++)
                {
                    d[i] = new T[i];
                }

                d[2][1] = x * x;
                return d[2][1] * d[2][1] + d[1][0];
            default:
                return x;
        }
    }

    [Fact]
    public static void In_a_local_function() => Check.Gradient(x => Captured(x[0]), (x, d, s) => CapturedBackward(x[0], ref d[0], s), [0.5], [1.25]);

    [Differentiable]
    internal static double Captured(double x)
    {
        double[][] d = new double[2][];
        for (int i = 0; i < d.Length; i++)
        {
            d[i] = new double[2];
        }

        void Put(int i, double v) => d[i][1 - i] += v * x;
        Put(0, 2);
        Put(1, x);
        Put(1, d[0][1]);
        return d[0][1] * d[1][0];
    }

    [Theory]
    [InlineData(2, 3, 1, 2)]
    [InlineData(2, 3, 0, 3)]
    [InlineData(2, 3, 2, 0)]
    [InlineData(2, 3, -1, 4)]
    [InlineData(2, 3, 1, -1)]
    [InlineData(2, 0, 1, 0)]
    [InlineData(0, 3, 0, 0)]
    [InlineData(-1, 3, 0, 0)]
    [InlineData(0, -3, 0, 0)]
    [InlineData(2, -3, 0, 0)]
    [InlineData(2, 3, int.MaxValue, 0)]
    [InlineData(2, 3, int.MinValue, 0)]
    public static void Indices_and_lengths_fail_as_the_primals_do(int rows, int columns, int i, int j)
    {
        foreach ((Func<double> primal, Func<double> backward) in new (Func<double>, Func<double>)[]
        {
            (() => Corner(2, rows, columns, i, j), () => { double d = 0; CornerBackward(2, rows, columns, i, j, ref d); return d / 2; }),
            (() => Slope(2, rows, columns, i, j), () => { double d = 0; SlopeBackward(2, rows, columns, i, j, ref d); return d / 2; }),
            (() => Measured(2, rows, columns, i), () => { double d = 0; MeasuredBackward(2, rows, columns, i, ref d); return d / 2; }),
            (() => Long(2, rows, columns, i + (1L << 32), j), () => { double d = 0; LongBackward(2, rows, columns, i + (1L << 32), j, ref d); return d / 2; }),
        })
        {
            Exception? expected = Record.Exception(() => primal()), thrown = Record.Exception(() => backward());
            Assert.Equal(expected?.GetType(), thrown?.GetType());
            if (expected is null)
            {
                Assert.Equal(primal(), 2 * backward());
            }
        }
    }

    [Differentiable]
    internal static double Corner(double x, int rows, int columns, int i, int j)
    {
        double[][] t = new double[rows][];
        for (int k = 0; k < rows; k++)
        {
            t[k] = new double[columns];
        }

        t[i][j] = x;
        return t[i][j] * t[i][j];
    }

    [Differentiable]
    internal static double Slope(double x, int rows, int columns, int i, int j)
    {
        double[][] t = new double[rows][];
        for (int k = 0; k < rows; k++)
        {
            t[k] = new double[columns - k];
        }

        t[i][j] = x;
        return t[i][j] * t[i][j];
    }

    [Differentiable]
    internal static double Measured(double x, int rows, int columns, int i)
    {
        double[][] t = new double[rows][];
        for (int k = 0; k < rows; k++)
        {
            t[k] = new double[columns];
        }

        return x * x * t[i].Length;
    }

    [Differentiable]
    internal static double Long(double x, int rows, int columns, long i, int j)
    {
        double[][] t = new double[rows][];
        for (int k = 0; k < rows; k++)
        {
            t[k] = new double[columns];
        }

        t[i][j] = x;
        return t[i][j] * t[i][j];
    }

    [Fact]
    public static void A_row_is_looked_up_before_what_is_stored_in_it_is_computed()
    {
        double d = 0;
        Assert.Throws<IndexOutOfRangeException>(() => Late(1, 2));
        Assert.Throws<IndexOutOfRangeException>(() => LateBackward(1, 2, ref d));
        Assert.Throws<InvalidOperationException>(() => Late(1, 1));
        Assert.Throws<InvalidOperationException>(() => LateBackward(1, 1, ref d));
    }

    [Differentiable]
    internal static double Late(double x, int i)
    {
        double[][] t = [new double[2], new double[2]];
        t[i][2] = x > 0 ? throw new InvalidOperationException() : x;
        return t[0][0];
    }
}
