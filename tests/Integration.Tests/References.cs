namespace Backprop.Integration;

/// <summary>Elements under another name, and memory that carries no derivative.</summary>
public static partial class References
{
    [Fact]
    public static void Ref_locals()
        => Check.InPlace(a => Named(a), (a, d, s) => NamedBackward(a, d, s), [1, 2, 3], [0.5, -1, 0.2]);

    [Differentiable]
    internal static double Named(double[] a)
    {
        int i = 0;
        ref double first = ref a[i];
        i = 2;
        ref double last = ref a[i];
        first *= last;
        last += first * a[1];
        double y = 0;
        for (int k = 0; k < a.Length; k++)
        {
            ref double at = ref a[k];
            at = Math.Sin(at) * first;
            y += at;
        }

        return y * first;
    }

    [Fact]
    public static void Arrays_that_carry_no_derivative()
    {
        int[] order = [2, 0, 1];
        Check.Gradient(x => Permuted(x, order), (x, d, s) => PermutedBackward(x, order, d, s), [1, 2, 3], [0.5, -1, 0.2]);
        Assert.Equal([2, 0, 1], order);
    }

    [Differentiable]
    internal static double Permuted(ReadOnlySpan<double> x, int[] order)
    {
        int[] inverse = new int[order.Length];
        bool[] seen = new bool[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            inverse[order[i]] = i;
        }

        double y = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (!seen[inverse[i]])
            {
                seen[inverse[i]] = true;
                seen[(inverse[i] + 1) % x.Length] |= i == 0;
                y = y * 0.5 + x[inverse[i]] * x[i];
            }

            inverse[i] = 0;
        }

        return y;
    }

    [Fact]
    public static void Constants_in_memory_of_the_type()
        => Check.Gradient(x => Interpolated(x[0]), (x, d, s) => InterpolatedBackward(x[0], ref d[0], s), [0.3], [1.7], [2.2]);

    private static readonly double[] table = [1, 3, 2, 5];

    [Differentiable]
    internal static double Interpolated(double x)
    {
        int i = (int)x;
        return table[i] + (x - i) * (table[i + 1] - table[i]);
    }
}
