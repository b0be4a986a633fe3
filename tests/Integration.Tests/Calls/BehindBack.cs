using System.Numerics.Tensors;

namespace Backprop.Integration.Calls;

/// <summary>Callees that run code of the user's which is not differentiated, and which writes the caller's array by another name.</summary>
public static partial class BehindBack
{
    [ThreadStatic]
    private static double[]? shared;

    [Fact]
    public static void What_a_callee_of_a_callee_overwrites_is_kept()
    {
        double[] a = [2, 1], da = new double[2];
        double dx = 0;
        shared = a;
        double value = OuterBackward(a, 3, da, ref dx);
        Assert.Equal((2 * 3) + 3 + (100 * 3), value);
        Assert.Equal((2 + 1 + 100, 3), (dx, da[0]));
    }

    [Fact]
    public static void In_a_loop()
    {
        double[] a = [2, 1], da = new double[2];
        double dx = 0;
        shared = a;
        double primal = Rounds(a, 3), slope = 0;
        foreach (double item in (double[])[2, 100, 100])
        {
            slope += item + 1;
        }

        shared = a = [2, 1];
        Assert.Equal(primal, RoundsBackward(a, 3, da, ref dx));
        Assert.Equal(slope, dx);
    }

    [Fact]
    public static void Another_assembly_is_told()
    {
        Assert.True(OuterResiduals.RunsForeignCode);
        Assert.True(MiddleResiduals.RunsForeignCode);
        Assert.Null(typeof(QuietResiduals).GetField("RunsForeignCode"));
    }

    private static readonly double[] table = [1, 2];
    private static readonly double[,] grid = { { 3, 4 } };

    private static double Overwrite()
    {
        table.AsSpan().Fill(50);
        grid[0, 1] = 60;
        return 1;
    }

    /// <summary>Between a method and its pullback the caller may run anything.</summary>
    [Fact]
    public static void A_static_that_a_callee_has_read()
    {
        double dx = 0;
        (table[0], table[1], grid[0, 1]) = (1, 2, 4);
        Assert.Equal((3 * 2) + (3 * 1) + (3 * 1) + (3 * 2 * 4), OverwritingBackward(3, ref dx));
        Assert.Equal(2 + 1 + 1 + (2 * 4), dx);
    }

    [Differentiable]
    internal static double Overwriting(double x)
    {
        double y = Looked(x) + Given(x, table) + Passed(x) + Scaled(x);
        return y * Gradient.Stop(Overwrite());
    }

    [Differentiable]
    internal static double Looked(double x)
    {
        foreach (double item in table)
        {
            x *= item;
        }

        return x;
    }

    [Differentiable]
    internal static double Given(double x, ReadOnlySpan<double> by) => x * by[0];

    [Differentiable]
    internal static double Passed(double x) => Given(x, table);

    [Differentiable]
    internal static double Scaled(double x) => x * table[1] * grid[0, 1];

    private static ReadOnlySpan<double> Nodes => [1, 2];

    /// <summary>No residual can hold a span: a copy is kept. In Debug the platform allocates when it gives the span.</summary>
    [Fact]
    public static void A_span_of_the_platform_that_a_callee_reads()
        => Check.Gradient(x => Spanned(x[0]), (x, d, s) => SpannedBackward(x[0], ref d[0], s), 1e-6, Check.Heap.UsedByTest, [0.7], [-0.4]);

    [Differentiable]
    internal static double Spanned(double x) => Summed(x) * Rounded(x) + Halved(x) + Through(x) + Poured(x) + Scattered(x) + Chosen(x);

    [Differentiable]
    internal static double Summed(double x)
    {
        double sum = 0;
        foreach (double node in Nodes)
        {
            sum += x * node;
        }

        return sum;
    }

    [Differentiable]
    internal static double Rounded(double x)
    {
        double y = 0;
        for (int k = 0; k < 2; k++)
        {
            ReadOnlySpan<double> nodes = Nodes;
            for (int i = 0; i < nodes.Length; i++)
            {
                y = Math.Sin((y * nodes[i]) + x);
            }

            y *= nodes.Length * x;
        }

        return y;
    }

    [Differentiable]
    internal static double Halved(double x)
    {
        if (x > 0)
        {
            ReadOnlySpan<double> rest = Nodes[1..];
            for (int i = 0; i < rest.Length; i++)
            {
                x *= x * rest[i];
            }
        }

        return x;
    }

    /// <summary>Only one of two branches has the span. (Found by GradFuzz.)</summary>
    [Differentiable]
    internal static double Scattered(double x)
    {
        double[] a = new double[2];
        if (x > 0)
        {
            TensorPrimitives.Multiply(Nodes, x, a);
        }

        return a[0] * a[1] * x;
    }

    private static ReadOnlySpan<int> Places => [1, 1, 0];

    [Differentiable]
    internal static double Chosen(double x)
    {
        ReadOnlySpan<double> a = [x, x * x, 1];
        int[] own = [0, 2];
        ReadOnlySpan<int> places = x > 0 ? Places : own;
        double before = Gathered(places, a);
        own[0] = 1;
        return before * Gathered(places, a) * x;
    }

    [Differentiable]
    internal static double Gathered(ReadOnlySpan<int> places, ReadOnlySpan<double> a)
    {
        double product = 1;
        foreach (int place in places)
        {
            product *= a[place];
        }

        return product;
    }

    [Differentiable]
    internal static double Poured(double x)
    {
        double[] a = [x, x * x, x];
        for (int k = 0; k < 2; k++)
        {
            a[2] *= a[1];
            Nodes.CopyTo(a);
            if (x > 0)
            {
                a[0] += x;
                Nodes[1..].CopyTo(a.AsSpan(1));
            }
        }

        return a[0] * a[1] * a[2];
    }

    [Differentiable]
    internal static double Through(double x) => Given(x, Nodes) + Given(x, Nodes[1..]);

    [Differentiable]
    internal static double Outer(double[] a, double x)
    {
        double before = a[0];
        double middle = Middle(x);
        double after = Gradient.Stop(a[0]);
        return before * x + middle + after * x;
    }

    [Differentiable]
    internal static double Rounds(double[] a, double x)
    {
        double sum = 0;
        for (int i = 0; i < 3; i++)
        {
            sum += a[0] * x;
            sum += Middle(x);
        }

        return sum;
    }

    [Differentiable]
    internal static double Middle(double x) => Inner(x);

    [Differentiable]
    internal static double Inner(double x)
    {
        int one = Touch();
        return one * x;
    }

    [Differentiable]
    internal static double Quiet(double x) => x * x;

    private static int Touch()
    {
        shared![0] = 100;
        return 1;
    }
}
