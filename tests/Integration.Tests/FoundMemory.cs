namespace Backprop.Integration;

/// <summary>Found by GradFuzz.</summary>
public static partial class FoundMemory
{
    [Fact]
    public static void A_slice_of_another_name_for_memory()
        => Check.Gradient(x => Named(x.ToArray()), (x, d, s) => NamedBackward(x, d, s), 1e-6, Check.Heap.UsedByTest, [1.5, 2, 0.5]);

    [Differentiable]
    internal static double Named(Memory<double> a)
    {
        Memory<double> same = a;
        Memory<double> first = same.Slice(0, 1);
        return first.Span[0] * first.Span[0];
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public static void Memory_of_a_branch_that_a_callee_is_given(int n)
        => Check.Gradient(x => Twice(x, n), (x, d, s) => TwiceBackward(x, n, d, s), [1.5, 2, 0.5], [-0.5, 0.25, 1]);

    [Differentiable]
    internal static double Twice(ReadOnlySpan<double> x, int n) => Chosen(x[0], x, n) * Chosen(x[1], x, n);

    [Differentiable]
    internal static double Chosen(double x, ReadOnlySpan<double> b, int n)
    {
        if (n <= 0)
        {
            return x;
        }

        Span<double> c = stackalloc double[2];
        c[0] = x * b[0];
        c[1] = b[2];
        double first = Quadratic(x, c);
        c[0] *= first;
        return Quadratic(first, c) * Quadratic(x, b);
    }

    [Differentiable]
    internal static double Quadratic(double x, ReadOnlySpan<double> a) => (x * a[0] * a[0]) + a[1];

    [Fact]
    public static void An_array_that_is_filled_and_never_read()
        => Check.Gradient(x => Unread(x), (x, d, s) => UnreadBackward(x, d, s), 1e-6, Check.Heap.UsedByTest, [1.5, 2, 0.5]);

    [Differentiable]
    internal static double Unread(ReadOnlySpan<double> x)
    {
        double[] b = [x[0]];
        double y = Quadratic(x[1], [b[0], x[2]]);
        b = [1.0];
        return y * x[2];
    }
}
