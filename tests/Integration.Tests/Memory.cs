namespace Backprop.Integration;

/// <summary>Memory of every shape: views, slices, ranges, jagged and rectangular arrays, and what the framework does with memory.</summary>
public static partial class Memory
{
    [Fact]
    public static void Slices_and_ranges()
        => Check.Gradient(x => Slices(x), (x, d, s) => SlicesBackward(x, d, s), [1, 2, 3, 4, 5, 6], [0.5, -1, 2, 0.1, 3]);

    [Differentiable]
    internal static double Slices(ReadOnlySpan<double> x)
    {
        ReadOnlySpan<double> head = x[..2], tail = x[^3..], middle = x.Slice(1, 3), rest = x.Slice(2);
        double sum = head[0] * tail[0] + middle[1] * rest[^1] * middle[^1];
        foreach (double v in x[1..^1])
        {
            sum = sum * 0.5 + v * v;
        }

        var inner = middle[1..][..1];
        return sum * inner[0];
    }

    [Fact]
    public static void Writes_through_slices_that_overlap()
        => Check.InPlace(a => Windows(a), (a, d) => WindowsBackward(a, d), [1, 2, 3, 4, 5], [0.5, -1, 2, 0.1]);

    [Differentiable]
    internal static void Windows(Span<double> a)
    {
        Span<double> left = a[..3], right = a[1..];
        left[1] *= right[1];
        right[0] = left[1] * left[0];
        for (int i = 0; i < right.Length; i++)
        {
            a.Slice(i, 2)[1] += left[0] * right[i];
        }
    }

    [Fact]
    public static void A_slice_in_every_iteration()
        => Check.Gradient(x => Rows(x, 2), (x, d, s) => RowsBackward(x, 2, d, s), [1, 2, 3, 4, 5, 6], [0.5, -1]);

    [Differentiable]
    internal static double Rows(ReadOnlySpan<double> x, int columns)
    {
        double product = 1;
        for (int r = 0; r < x.Length / columns; r++)
        {
            ReadOnlySpan<double> row = x.Slice(r * columns, columns);
            double norm = 0;
            foreach (double v in row)
            {
                norm += v * v;
            }

            product *= Math.Sqrt(norm);
        }

        return product;
    }

    [Fact]
    public static void A_range_of_an_array_is_a_copy()
        => Check.InPlace(a => Ranged(a), (a, d, s) => RangedBackward(a, d, s), [1, 2, 3, 4], [0.5, -1, 2, 0.1, 3]);

    [Differentiable]
    internal static double Ranged(double[] a)
    {
        double[] copy = a[1..^1];
        a[1] = a[0] * a[0];
        copy[0] *= a[1];
        return copy[0] * copy[^1] + a[1];
    }

    [Fact]
    public static void Jagged_arrays()
    {
        double[][] Rows(double[] x) => [x[..1], x[1..3], x[3..]];
        Check.Gradient(x => Jagged(Rows(x)), (x, d, s) =>
        {
            double[][] gradient = Rows(new double[x.Length]);
            double value = JaggedBackward(Rows(x), gradient, s);
            int i = 0;
            foreach (double g in gradient.SelectMany(row => row))
            {
                d[i++] += g;
            }

            return value;
        }, 1e-6, Check.Heap.UsedByTest, [1, 2, 3, 4, 5, 6], [0.5, 1, -1, 2]);
        double[][] fresh = JaggedGradient([[1.5], [2, 3]]).Gradient;
        Assert.Equal([1, 2], fresh.Select(row => row.Length));
    }

    [Differentiable]
    internal static double Jagged(double[][] rows)
    {
        double sum = 1;
        for (int i = 0; i < rows.Length; i++)
        {
            double[] row = rows[i];
            for (int j = 0; j < row.Length; j++)
            {
                sum += row[j] * rows[0][0] * sum * 0.25;
            }

            sum *= Math.Sin(rows[i][^1]);
        }

        return sum;
    }

    [Fact]
    public static void Rectangular_arrays()
    {
        static double[,] Square(double[] x) => new[,] { { x[0], x[1] }, { x[2], x[3] } };
        Check.Gradient(x => Determinant(Square(x)), (x, d, s) =>
        {
            double[,] gradient = new double[2, 2];
            double value = DeterminantBackward(Square(x), gradient, s);
            for (int i = 0; i < 4; i++)
            {
                d[i] += gradient[i / 2, i % 2];
            }

            return value;
        }, 1e-6, Check.Heap.UsedByTest, [1, 2, 3, 4], [0.5, 1, -1, 2]);
        Assert.Equal(2, DeterminantGradient(new double[2, 2]).Gradient.GetLength(1));
    }

    [Differentiable]
    internal static double Determinant(double[,] a)
    {
        double trace = 0;
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
            {
                trace += i == j ? a[i, j] : a[i, j] * a[j, i];
            }
        }

        return a[0, 0] * a[1, 1] - a[0, 1] * a[1, 0] + trace * a.Length;
    }

    [Fact]
    public static void A_rectangular_array_in_place()
    {
        static double[,] Square(double[] x) => new[,] { { x[0], x[1] }, { x[2], x[3] } };
        static void Back(double[,] from, double[] to)
        {
            for (int i = 0; i < 4; i++)
            {
                to[i] = from[i / 2, i % 2];
            }
        }

        foreach (double[] x in new double[][] { [1, 2, 3, 4], [0.5, 1, -1, 2] })
        {
            Check.Gradient(
                x =>
                {
                    double[,] a = Square(x);
                    Eliminate(a);
                    return a[0, 0] + 2 * a[0, 1] + 3 * a[1, 0] + 4 * a[1, 1];
                },
                (x, d, s) =>
                {
                    double[,] a = Square(x), da = Square([s, 2 * s, 3 * s, 4 * s]);
                    EliminateBackward(a, da);
                    double[] gradient = new double[4];
                    Back(da, gradient);
                    for (int i = 0; i < 4; i++)
                    {
                        d[i] += gradient[i];
                    }

                    return a[0, 0] + 2 * a[0, 1] + 3 * a[1, 0] + 4 * a[1, 1];
                },
                1e-6,
                Check.Heap.UsedByTest,
                x);
        }
    }

    [Differentiable]
    internal static void Eliminate(double[,] a)
    {
        double factor = a[1, 0] / a[0, 0];
        for (int j = 0; j < 2; j++)
        {
            a[1, j] -= factor * a[0, j];
        }

        a[1, 0] = factor;
        a[0, 1] *= a[1, 1];
    }

    [Fact]
    public static void New_arrays_and_stackalloc()
        => Check.Gradient(x => Temporary(x), (x, d, s) => TemporaryBackward(x, d, s), [1, 2, 3, 4], [0.5, -1, 2]);

    [Differentiable]
    internal static double Temporary(ReadOnlySpan<double> x)
    {
        double[] squares = new double[x.Length];
        Span<double> sums = stackalloc double[x.Length + 1];
        double[] listed = [x[0], 2, x[1] * x[0]], typed = new double[] { 1, x[1] }, short_ = { x[0], x[0] };
        Span<double> spread = [x[0], x[2]];
        ReadOnlySpan<double> constants = [0.5, 0.25];
        for (int i = 0; i < x.Length; i++)
        {
            squares[i] = x[i] * x[i];
            sums[i + 1] = sums[i] + squares[i] * constants[i % 2];
        }

        spread[0] *= listed[2];
        typed[0] += short_[1];
        return sums[^1] * squares[0] + listed[0] * listed[1] + typed[0] * typed[1] + spread[0] * spread[1];
    }

    [Fact]
    public static void A_new_array_in_every_iteration()
        => Check.Gradient(x => Fresh(x, 3), (x, d, s) => FreshBackward(x, 3, d, s), [1, 2, 3, 4], [0.5, -1]);

    [Differentiable]
    internal static double Fresh(ReadOnlySpan<double> x, int n)
    {
        double y = 0.5;
        for (int i = 0; i < x.Length; i++)
        {
            double[] t = new double[n];
            for (int j = 0; j < n; j++)
            {
                t[j] = Math.Sin(y + j) * x[i];
            }

            t[0] *= t[n - 1];
            for (int j = 1; j < n; j++)
            {
                t[j] += t[j - 1] * t[j];
            }

            y = t[n - 1] + y * 0.5;
        }

        return y;
    }

    [Fact]
    public static void A_new_array_on_one_side()
        => Check.Gradient(x => Sided(x), (x, d, s) => SidedBackward(x, d, s), [1, 2, 3, 4], [-0.5, -1]);

    [Differentiable]
    internal static double Sided(ReadOnlySpan<double> x)
    {
        double y = x[0];
        if (y > 0)
        {
            double[] t = new double[2];
            t[0] = y * x[1];
            t[1] = t[0] * t[0];
            t[0] = t[1] + y;
            y = t[0] * t[1];
        }

        return y * y;
    }

    [Fact]
    public static void Clear_and_fill()
        => Check.InPlace(a => Wipe(a), (a, d, s) => WipeBackward(a, d, s), [1, 2, 3, 4, 5, 6], [0.5, -1, 0.2, 3, 0.7]);

    [Differentiable]
    internal static double Wipe(double[] a)
    {
        double kept = a[0] * a[1] + a[^1];
        Array.Clear(a, 0, 2);
        double y = a[0] + a[2];
        Array.Fill(a, kept, 2, 2);
        y += a[2] * a[3];
        Span<double> tail = a.AsSpan(4);
        y *= tail[0];
        tail.Fill(y);
        y += tail[0] * a[4];
        tail[..1].Clear();
        Span<double> local = stackalloc double[3];
        local.Fill(a[3]);
        local[1] *= y;
        return y * local[0] + local[1] * local[2];
    }

    [Fact]
    public static void Clear_all_and_fill_all()
        => Check.InPlace(a => WipeAll(a), (a, d, s) => WipeAllBackward(a, d, s), [1, 2, 3], [0.5]);

    [Differentiable]
    internal static double WipeAll(double[] a)
    {
        double y = a[0] * a[^1];
        Array.Clear(a);
        y += a[0];
        Array.Fill(a, y);
        a[0] *= y;
        return a[0];
    }
}
