namespace Backprop.Integration;

/// <summary>Copies: between arrays, within one, of a whole.</summary>
public static partial class Memory
{
    [Fact]
    public static void Copies()
        => Check.InPlace(a => Copy(a), (a, d, s) => CopyBackward(a, d, s), [1, 2, 3, 4, 5, 6], [0.5, -1, 0.2, 3, 0.7, 2, 1]);

    [Differentiable]
    internal static double Copy(double[] a)
    {
        double[] b = new double[6];
        Array.Copy(a, b, 3);
        Array.Copy(a, 1, b, 3, 2);
        b[0] *= b[3];
        a.AsSpan(0, 2).CopyTo(b.AsSpan(4));
        b[4] *= b[1];
        a[1] = b[4] * a[2];
        b.AsSpan(3, 2).CopyTo(a.AsSpan(3));
        double[] c = a.AsSpan(1, 2).ToArray();
        c[0] *= c[1];
        double sum = c[0];
        foreach (double v in b)
        {
            sum += v * v;
        }

        return sum * a[3];
    }

    [Fact]
    public static void Copies_in_a_loop()
        => Check.InPlace(a => Clone(a, 2), (a, d, s) => CloneBackward(a, 2, d, s), [1, 2, 3], [0.5, -1, 0.2, 3]);

    [Differentiable]
    internal static double Clone(double[] a, int n)
    {
        double[] before = (double[])a.Clone();
        a[1] *= before[0];
        double[] after = a.ToArray(), counts = [1, 2, 3];
        for (int i = 0; i < n; i++)
        {
            double[] step = (double[])after.Clone(), same = Enumerable.ToArray(step);
            after[i] += step[(i + 1) % 3] * before[i] + same[2] * ((double[])counts.Clone())[i];
        }

        return after[0] * before[1] + after[1] * a[1] * after[2];
    }

    [Fact]
    public static void A_clone_as_the_result()
    {
        double[] a = [1, 2], d = [10, 20], value = CopiedBackward(a, d, [3, 4]);
        Assert.Equal(a, value);
        Assert.NotSame(a, value);
        Assert.Equal([13, 24], d);
    }

    [Differentiable]
    internal static double[] Copied(double[] a) => (double[])a.Clone();

    [Fact]
    public static void A_copy_within_one_array()
        => Check.InPlace(a => Move(a), (a, d) => MoveBackward(a, d), [1, 2, 3, 4, 5, 6], [0.5, -1, 0.2, 3, 0.7]);

    [Differentiable]
    internal static void Move(double[] a)
    {
        a[1] *= a[0];
        Array.Copy(a, 0, a, 2, 3);
        a[2] *= a[4];
        a.AsSpan(1, 3).CopyTo(a);
    }

    [Fact]
    public static void Clones() => Check.Gradient(x => Cloned(x, x[0]), (x, d, s) => ClonedBackward(x, x[0], d, ref d[0], s), [1, 2, 3], [0.5, -1, 0.2]);

    [Differentiable]
    internal static double Cloned(double[] a, double x)
    {
        var b = (double[])a.Clone();
        b[0] *= x;
        double[] c = (double[])b.Clone();
        c[1] += b[0];
        return b[0] * c[1] * a[0] + b[b.GetUpperBound(0)];
    }

    [Fact]
    public static void New_memory_that_only_a_loop_sees() => Check.Gradient(x => Looped(x, x[0]), (x, d, s) => LoopedBackward(x, x[0], d, ref d[0], s), [1, 2, 3], [0.5, -1, 0.2, 4]);

    [Differentiable]
    internal static double Looped(double[] a, double x)
    {
        double s = 0;
        foreach (double v in a[1..])
        {
            s += v * v;
        }

        foreach (double v in new[] { x, s, 0.5 })
        {
            s = s * 0.5 + v * x;
        }

        foreach (double v in a.AsSpan(1).ToArray())
        {
            s *= v;
        }

        return s + new[] { x, s }.Length;
    }
}
