namespace Backprop.Integration.Calls;

/// <summary>Found by GradFuzz: arrays of a method whose pullback knows them as spans, handed on to one whose pullback takes arrays.</summary>
public static partial class FoundArrays
{
    // The copies for the pullbacks are on the heap.
    [Fact]
    public static void Handed_on_to_a_method_that_is_run_again()
        => Check.Gradient(x => Outer(x), (x, d, s) => OuterBackward(x, d, s), 1e-6, Check.Heap.UsedByTest, [2, 3], [-0.5, 1.25]);

    [Differentiable]
    internal static double Outer(double[] a)
    {
        double sum = 0;
        for (int i = 0; i < 2; i++)
        {
            sum += Square(a) * a[i];
        }

        return sum;
    }

    [Differentiable]
    internal static double Square(double[] a)
    {
        double t = Again(1.5, a);
        return t * t;
    }

    [Differentiable]
    [Recompute]
    internal static double Again(double x, double[] a) => x * a[0] * a[0] * a[1];

    [Fact]
    public static void Handed_on_to_a_method_with_a_pullback_of_its_own()
        => Check.Gradient(x => Twice(x), (x, d, s) => TwiceBackward(x, d, s), 1e-6, Check.Heap.UsedByTest, [2, 3], [-0.5, 1.25]);

    [Differentiable]
    internal static double Twice(double[] a) => Product(a) * a[0];

    [Differentiable]
    internal static double Product(double[] a)
    {
        double t = Own(a);
        return t * t;
    }

    [Fact]
    public static void Written_after_it_was_given_to_a_method_with_a_pullback_of_its_own()
        => Check.Gradient(x => Later(x), (x, d, s) => LaterBackward(x, d, s), 1e-6, Check.Heap.UsedByTest, [2, 3], [-0.5, 1.25]);

    [Differentiable]
    internal static double Later(ReadOnlySpan<double> x)
    {
        double[] a = [x[0] * x[1], x[1]];
        double t = Own(a);
        a[0] = t * t;
        return Own(a);
    }

    [Pullback(nameof(OwnPullback))]
    internal static double Own(double[] a) => a[0] * a[1];

    private static void OwnPullback(double[] a, double value, Span<double> da, double seed)
    {
        da[0] += a[1] * seed;
        da[1] += a[0] * seed;
    }
}
