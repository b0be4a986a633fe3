namespace Backprop.Integration;

/// <summary>A view of one of two memories of different kinds; found by random programs.</summary>
public static partial class FoundViews
{
    private static readonly double[][] points = [[0.7, 1.2, -0.5, 0.8], [-0.4, 0.3, 2, -1.1]];

    [Fact]
    public static void Of_an_array_and_one_that_the_method_makes()
        => Check.Gradient(p => Made(p[1..], p[0]), (p, d, s) => MadeBackward(p[1..], p[0], d.AsSpan(1), ref d[0], s), 1e-6, Check.Heap.UsedByTest, points);

    [Differentiable]
    internal static double Made(double[] a, double x)
    {
        double[] t = new double[3];
        t[2] = x * x;
        double y = (x >= 0.1 ? a.AsSpan(0, 1) : t.AsSpan(2, 1))[0];
        return y * x * (x < 0.2 ? a.AsSpan(1, 2) : t.AsSpan(1, 2))[1];
    }

    [Fact]
    public static void Of_memory_and_a_span()
        => Check.Gradient(p => Mixed(p[1..2], p.AsSpan(2).ToArray(), p[0]), (p, d, s) => MixedBackward(p[1..2], p[2..], p[0], d.AsSpan(1, 1), d.AsSpan(2), ref d[0], s), 1e-6, Check.Heap.UsedByTest, points);

    [Differentiable]
    internal static double Mixed(Memory<double> a, Span<double> b, double x)
    {
        Span<double> part = x > 0.2 ? a.Span[..1] : b;
        return part[0] * x * b[1];
    }

    [Fact]
    public static void Of_two_memories()
        => Check.Gradient(p => Memories(p[1..2], p[2..], p[0]), (p, d, s) => MemoriesBackward(p[1..2], p[2..], p[0], d.AsSpan(1, 1), d.AsSpan(2), ref d[0], s), 1e-6, Check.Heap.UsedByTest, points);

    [Differentiable]
    internal static double Memories(Memory<double> a, Memory<double> b, double x)
    {
        Span<double> whole = x > 0.2 ? a.Span : b.Span;
        return whole[0] * x * whole[0];
    }

    [Fact]
    public static void Of_which_one_is_only_read()
        => Check.Gradient(p => OnlyRead(p[1..], p[0]), (p, d, s) => OnlyReadBackward(p[1..], p[0], d.AsSpan(1), ref d[0], s), 1e-6, Check.Heap.UsedByTest, [.. points, [0.1, 1.4, 0.6, -0.3], [0.1, 0.8, -1.2, 0.5]]);

    [Differentiable]
    internal static double OnlyRead(ReadOnlySpan<double> a, double x)
    {
        Span<double> made = [x * x, x];
        ReadOnlySpan<double> view = x < 0.2 ? a.Slice(1, 1) : made.Slice(0, 1);
        return (a[0] > 1 ? made.Slice(1, 1) : view.Slice(0, 1))[0] * (x > 0.5 ? made : view)[0];
    }
}
