namespace Backprop.Integration;

/// <summary>Arrays that are read, and arrays that are written in place.</summary>
public static partial class Arrays
{
    [Fact]
    public static void A_product_of_two_arrays() => Check.Gradient(
        x => Dot(x.AsSpan(0, x.Length / 2).ToArray(), x.AsSpan(x.Length / 2)),
        (x, d, s) => DotBackward(x.AsSpan(0, x.Length / 2).ToArray(), x.AsSpan(x.Length / 2), d.AsSpan(0, x.Length / 2), d.AsSpan(x.Length / 2), s),
        1e-6,
        Check.Heap.UsedByTest,
        [1, 2, 3, 4], [], [0.5, -2]);

    [Differentiable]
    internal static double Dot(double[] a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    [Fact]
    public static void The_same_array_twice()
    {
        double[] x = [1, 2, 3], da = new double[3], db = new double[3];
        Assert.Equal(14, DotBackward(x, x, da, db));
        Assert.Equal(x, da);
        Assert.Equal(x, db);
    }

    [Fact]
    public static void One_accumulator_for_an_array_that_is_passed_twice()
    {
        double[] x = [1, 2, 3], d = new double[3];
        DotBackward(x, x, d, d);
        Assert.Equal([2, 4, 6], d);
    }

    [Fact]
    public static void Read_modify_write() => Check.InPlace(a => Scale(a), (a, d) => ScaleBackward(a, d), [1, 2, -3], [], [0.5]);

    [Differentiable]
    internal static void Scale(Span<double> a)
    {
        for (int i = 0; i < a.Length; i++)
        {
            a[i] *= a[i] + i;
            a[i]++;
            a[i] = a[i] * a[i] - a[i];
        }
    }

    [Fact]
    public static void Write_after_read() => Check.InPlace(a => Shift(a), (a, d, s) => ShiftBackward(a, d, s), [1, 2, -3], [0.5, 1]);

    [Differentiable]
    internal static double Shift(Span<double> a)
    {
        double first = a[0], y = Math.Exp(-first * first);
        a[0] = a[1] * y;
        a[1] = first * first;
        y += a[0] * a[1];
        a[1] = 3;
        return y * a[1] * first + a[0];
    }

    [Fact]
    public static void Overwritten_in_a_loop() => Check.InPlace(a => Cell(a, 5), (a, d, s) => CellBackward(a, 5, d, s), [0.4, 2], [1, -1]);

    [Differentiable]
    internal static double Cell(Span<double> a, int n)
    {
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            sum += a[0] * a[1];
            a[0] = Math.Sin(a[0]) + a[1] * i;
            sum *= a[0];
            a[0] = a[0] * a[0];
        }

        return sum;
    }

    [Fact]
    public static void Prefix_sums_in_place() => Check.InPlace(a => Prefix(a), (a, d) => PrefixBackward(a, d), [1, 2, -3, 0.5], [2], []);

    [Differentiable]
    internal static void Prefix(double[] a)
    {
        for (int i = 1; i < a.Length; i++)
        {
            a[i] += a[i - 1];
        }
    }

    [Fact]
    public static void Prefix_products_in_place() => Check.InPlace(a => Products(a), (a, d) => ProductsBackward(a, d), [1, 2, -3, 0.5], [2], [0, 1, 2]);

    [Differentiable]
    internal static void Products(Span<double> a)
    {
        for (int i = 1; i < a.Length; i++)
        {
            a[i] = a[i] * a[i - 1] + Math.Sin(a[i - 1]);
        }

        for (int i = a.Length - 2; i >= 0; i--)
        {
            a[i] *= a[i + 1];
        }
    }

    [Fact]
    public static void A_scatter_with_indices_that_collide()
    {
        int[] at = [0, 2, 2, 0, 1, 2];
        Check.Gradient(x => Scatter(x, at, 3), (x, d, s) => ScatterBackward(x, at, 3, d, s), [1, 2, 3, 4, 5, 6], [-1, 0.5, 2, 0.1, 0.2, -3]);
    }

    [Differentiable]
    internal static double Scatter(ReadOnlySpan<double> x, int[] at, int n)
    {
        var bins = new double[n];
        for (int i = 0; i < x.Length; i++)
        {
            bins[at[i]] += x[i] * x[i];
            bins[at[i]] *= 1 + 0.25 * x[at[i]];
        }

        double y = 1;
        foreach (double bin in bins)
        {
            y = y * 0.5 + bin * bin + Math.Sin(y);
        }

        return y;
    }

    [Fact]
    public static void A_gather_with_computed_indices()
    {
        int[] at = [0, 2, 2, 0, 1, 5];
        Check.Gradient(x => Gather(x, at), (x, d, s) => GatherBackward(x, at, d, s), [1, 2, 3, 4, 5, 6], [-1, 0.5, 2, 0.1, 0.2, -3]);
    }

    [Differentiable]
    internal static double Gather(double[] x, ReadOnlySpan<int> at)
    {
        double sum = 0;
        for (int i = 0; i < at.Length; i++)
        {
            sum += x[at[i]] * x[at[at.Length - 1 - i] % x.Length] * x[^1] * x[^(i + 1)];
        }

        return sum;
    }

    [Fact]
    public static void An_index_computed_from_an_active_value()
        => Check.Gradient(x => Table(x, 3), (x, d, s) => TableBackward(x, 3, d, s), [0.3, 1.2, 2.7, 3.5], [2.4, 1, 0.5, 0.7]);

    [Differentiable]
    internal static double Table(ReadOnlySpan<double> x, int n)
    {
        int i = (int)x[0];
        double t = x[0] - i;
        return x[i] * (1 - t) + x[Math.Min(i + 1, n)] * t;
    }

    [Fact]
    public static void A_relu_in_place() => Check.InPlace(a => Relu(a), (a, d) => ReluBackward(a, d), [1, -2, 3, -0.5], [-1]);

    [Differentiable]
    internal static void Relu(Span<double> a)
    {
        foreach (ref double v in a)
        {
            if (v < 0)
            {
                v = 0.01 * v * v;
            }
        }
    }

    [Fact]
    public static void A_stencil_into_another_span()
    {
        static void Blur(double[] a) => Stencil(a.AsSpan(0, a.Length / 2), a.AsSpan(a.Length / 2));
        static void BlurBackward(double[] a, double[] d) => StencilBackward(a.AsSpan(0, a.Length / 2), a.AsSpan(a.Length / 2), d.AsSpan(0, a.Length / 2), d.AsSpan(a.Length / 2));
        Check.InPlace(Blur, BlurBackward, [1, 2, 3, 4, 5, 6, 7, 8], [0.1, 2, -1, 0, 0, 0]);
    }

    [Differentiable]
    internal static void Stencil(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 1; i < x.Length - 1; i++)
        {
            y[i] = 0.25 * x[i - 1] + 0.5 * x[i] * x[i] + 0.25 * x[i + 1];
        }

        y[0] += x[0];
        y[^1] = x[^1] * y[^1];
    }

    [Fact]
    public static void Heat_flows_in_two_buffers()
        => Check.Gradient(x => Heat(x, 4), (x, d, s) => HeatBackward(x, 4, d, s), [1, 2, 3, 4, 5], [0.1, 2, -1]);

    [Differentiable]
    internal static double Heat(ReadOnlySpan<double> start, int steps)
    {
        int n = start.Length;
        double[] buffers = new double[2 * n];
        start.CopyTo(buffers);
        for (int t = 0; t < steps; t++)
        {
            int from = t % 2 * n, to = (t + 1) % 2 * n;
            for (int i = 0; i < n; i++)
            {
                double left = buffers[from + Math.Max(i - 1, 0)], right = buffers[from + (i + 1) % n];
                buffers[to + i] = buffers[from + i] + 0.1 * (left - 2 * buffers[from + i] + right) * buffers[from + i];
            }
        }

        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            sum += buffers[steps % 2 * n + i] * i;
        }

        return sum;
    }

    [Fact]
    public static void A_sort_in_place() => Check.InPlace(a => Sort(a), (a, d) => SortBackward(a, d), [3, 1, 2, -4, 0.5], [1, 2, 3], [2, 1]);

    [Differentiable]
    internal static void Sort(Span<double> a)
    {
        for (int i = 1; i < a.Length; i++)
        {
            double v = a[i];
            int j = i - 1;
            while (j >= 0 && a[j] > v)
            {
                a[j + 1] = a[j];
                j--;
            }

            a[j + 1] = v;
        }
    }

    [Fact]
    public static void A_sort_by_swaps() => Check.InPlace(a => Bubble(a), (a, d) => BubbleBackward(a, d), [3, 1, 2, -4, 0.5], [1, 2, 3], [2, 1]);

    [Differentiable]
    internal static void Bubble(double[] a)
    {
        bool swapped;
        do
        {
            swapped = false;
            for (int i = 1; i < a.Length; i++)
            {
                if (a[i - 1] > a[i])
                {
                    (a[i - 1], a[i]) = (a[i], a[i - 1]);
                    swapped = true;
                }
            }
        }
        while (swapped);
    }

    [Fact]
    public static void The_largest_by_its_index()
        => Check.Gradient(x => ArgMax(x), (x, d, s) => ArgMaxBackward(x, d, s), [3, 1, 2, -4, 5], [1, 0.5]);

    [Differentiable]
    internal static double ArgMax(ReadOnlySpan<double> x)
    {
        int best = 0;
        for (int i = 1; i < x.Length; i++)
        {
            if (x[i] > x[best])
            {
                best = i;
            }
        }

        return x[best] * x[best] * x[0];
    }

    [Fact]
    public static void An_index_out_of_range_throws_as_the_primal_does()
    {
        double[] x = [1, 2], d = new double[2];
        Assert.Throws<IndexOutOfRangeException>(() => Reach(x, 2));
        Assert.Throws<IndexOutOfRangeException>(() => ReachBackward(x, 2, d));
        Assert.Throws<IndexOutOfRangeException>(() => ReachBackward(x, -1, d));
        Assert.Equal([0, 0], d);
        Check.Gradient(x => Reach(x, 1), (x, d, s) => ReachBackward(x, 1, d, s), [1.5, 2]);
    }

    [Differentiable]
    internal static double Reach(ReadOnlySpan<double> x, int i)
    {
        double idle = x[i];
        return x[0] * x[0];
    }

    [Fact]
    public static void Null_throws_as_the_primal_does()
    {
        Assert.Throws<NullReferenceException>(() => First(null!));
        Assert.Throws<NullReferenceException>(() => FirstBackward(null!, []));
    }

    [Differentiable]
    internal static double First(double[] x) => x[0];
}
