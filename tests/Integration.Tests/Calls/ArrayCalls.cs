namespace Backprop.Integration.Calls;

/// <summary>Arrays and spans as arguments.</summary>
public static partial class ArrayCalls
{
    [Differentiable]
    internal static double Norm(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += Math.Exp(x[i]) * x[i];
        }

        return Math.Sqrt(sum);
    }

    [Differentiable]
    internal static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>Loop-carried, so that something must be recorded.</summary>
    [Differentiable]
    internal static double Iterate(ReadOnlySpan<double> x, double start)
    {
        double y = start;
        for (int i = 0; i < x.Length; i++)
        {
            y = Math.Sin(y * x[i]) + y;
        }

        return y;
    }

    [Fact]
    public static void An_array_and_parts_of_it() => Check.Gradient(x => Parts(x), (x, d, s) => PartsBackward(x, d, s), [1, 2, 3, 0.5]);

    [Differentiable]
    internal static double Parts(ReadOnlySpan<double> x) => Norm(x) * Norm(x[1..]) + Norm(x.Slice(0, 2));

    [Fact]
    public static void The_same_array_twice() => Check.Gradient(x => Twice(x), (x, d, s) => TwiceBackward(x, d, s), [1, 2, 3, 0.5]);

    [Differentiable]
    internal static double Twice(double[] x) => Dot(x, x) * x[0];

    [Fact]
    public static void Records_of_every_iteration()
        => Check.Gradient(x => Outer(x, 4), (x, d, s) => OuterBackward(x, 4, d, s), [1, 0.2, 0.3, 0.5], [-1, 0.5, 0.1, 2]);

    [Differentiable]
    internal static double Outer(ReadOnlySpan<double> x, int n)
    {
        double y = x[0];
        for (int i = 0; i < n; i++)
        {
            y = Iterate(x[1..], y) * 0.5;
        }

        return y * y;
    }

    [Fact]
    public static void Records_in_a_sum() => Check.Gradient(x => OuterSum(x), (x, d, s) => OuterSumBackward(x, d, s), [1, 0.2, 0.3, 0.5], [-1, 0.5, 0.1, 2]);

    [Differentiable]
    internal static double OuterSum(ReadOnlySpan<double> x)
    {
        double y = 0;
        for (int i = 0; i < x.Length; i++)
        {
            y += Iterate(x, x[i]);
        }

        return y * y;
    }

    [Differentiable]
    internal static void Relax(Span<double> a, double by)
    {
        for (int i = 1; i < a.Length; i++)
        {
            a[i] = a[i] * a[i - 1] + by;
        }
    }

    [Fact]
    public static void A_method_that_writes_its_argument() => Check.InPlace(a => Writes(a), (a, d, s) => WritesBackward(a, d, s), [1, 2, 3], [0.5, -1, 0.25]);

    [Differentiable]
    internal static double Writes(double[] a)
    {
        double before = a[1] * a[1];
        Relax(a, a[0]);
        Relax(a.AsSpan(1), before);
        return a[2] * before;
    }

    [Fact]
    public static void A_method_that_writes_its_argument_in_a_loop()
        => Check.InPlace(a => WritesOften(a, 3), (a, d, s) => WritesOftenBackward(a, 3, d, s), [1, 0.2, 0.3], [0.5, -1, 0.25]);

    [Differentiable]
    internal static double WritesOften(double[] a, int n)
    {
        double y = 1;
        for (int i = 0; i < n; i++)
        {
            Relax(a, y * 0.1);
            y = Norm(a) + y * a[1];
            a[0] = y * 0.3;
        }

        return y;
    }

    [Fact]
    public static void An_argument_that_is_written_after_the_call() => Check.InPlace(a => Later(a), (a, d, s) => LaterBackward(a, d, s), [1, 2, 3], [0.5, -1, 0.25]);

    [Differentiable]
    internal static double Later(double[] a)
    {
        double y = Norm(a) * Dot(a, a);
        a[1] = y;
        a[2] *= a[0];
        return y + Norm(a);
    }

    [Fact]
    public static void A_local_array() => Check.Gradient(x => Local(x[0], x[1], 3), (x, d, s) => LocalBackward(x[0], x[1], 3, ref d[0], ref d[1], s), [0.5, 0.25]);

    [Differentiable]
    internal static double Local(double a, double b, int n)
    {
        Span<double> t = stackalloc double[4];
        double y = b;
        for (int i = 0; i < n; i++)
        {
            t[i] = a * y;
            Relax(t, y);
            y = Norm(t) * 0.2;
        }

        return y + t[3];
    }

    [Fact]
    public static void A_new_array_for_every_call() => Check.Gradient(
        x => Fresh(x[0], x[1]), (x, d, s) => FreshBackward(x[0], x[1], ref d[0], ref d[1], s), 1e-6, Check.Heap.UsedByTest, [0.5, 0.25]);

    [Differentiable]
    internal static double Fresh(double a, double b)
    {
        double y = 0;
        for (int i = 0; i < 3; i++)
        {
            double[] row = [a, b * i, a * b];
            y += Dot(row, row) * Many(a, b, i);
        }

        return y;
    }

    [Differentiable]
    internal static double Many(params double[] x) => x[0] * x[1] + x[^1];

    [Fact]
    public static void An_array_as_result() => Check.Gradient(
        x => UsesResult(x), (x, d, s) => UsesResultBackward(x, d, s), 1e-6, Check.Heap.UsedByTest, [0.5, 0.25, 2], [1, 2, 3]);

    [Differentiable]
    internal static double UsesResult(double[] x)
    {
        double[] y = Scaled(x, x[0]);
        double[] z = Scaled(y, y[1]);
        y[0] = z[2];
        return Dot(y, z) + y[1] * x[2];
    }

    [Differentiable]
    internal static double[] Scaled(ReadOnlySpan<double> x, double factor)
    {
        double[] y = new double[x.Length];
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = x[i] * factor;
        }

        return y;
    }

    [Fact]
    public static void Constant_arrays()
    {
        double[] table = [1, 2, 3];
        Check.Gradient(x => Constant(x[0], table), (x, d, s) => ConstantBackward(x[0], table, ref d[0], s), [0.5]);
    }

    [Differentiable]
    internal static double Constant(double x, [NoGradient] double[] table) => Iterate(table, x) * Interpolated(table, x) * Norm(table);

    [Differentiable]
    internal static double Interpolated([NoGradient] double[] table, double x) => table[0] * (1 - x) + table[1] * x;

    [Fact]
    public static void Rows_and_tables()
    {
        Check.Gradient(
            x => Rows([[x[0], x[1]], [x[2], x[3]]]),
            (x, d, s) =>
            {
                double[][] rows = [[0, 0], [0, 0]];
                double value = RowsBackward([[x[0], x[1]], [x[2], x[3]]], rows, s);
                (d[0], d[1], d[2], d[3]) = (d[0] + rows[0][0], d[1] + rows[0][1], d[2] + rows[1][0], d[3] + rows[1][1]);
                return value;
            },
            1e-6,
            Check.Heap.UsedByTest,
            [1, 2, 3, 0.5]);
        Check.Gradient(
            x => Table(new[,] { { x[0], x[1] }, { x[2], x[3] } }),
            (x, d, s) =>
            {
                double[,] rows = new double[2, 2];
                double value = TableBackward(new[,] { { x[0], x[1] }, { x[2], x[3] } }, rows, s);
                (d[0], d[1], d[2], d[3]) = (d[0] + rows[0, 0], d[1] + rows[0, 1], d[2] + rows[1, 0], d[3] + rows[1, 1]);
                return value;
            },
            1e-6,
            Check.Heap.UsedByTest,
            [1, 2, 3, 0.5]);
    }

    [Differentiable]
    internal static double Rows(double[][] rows)
    {
        double y = 1;
        for (int i = 0; i < rows.Length; i++)
        {
            y = y * Norm(rows[i]) + Corner(rows);
        }

        return y;
    }

    [Differentiable]
    internal static double Corner(double[][] rows) => rows[0][0] * rows[1][1];

    [Differentiable]
    internal static double Table(double[,] table) => Trace(table) * Trace(table) + table[0, 1];

    [Differentiable]
    internal static double Trace(double[,] table) => Math.Exp(table[0, 0]) * table[1, 1];
}
