namespace Backprop.Integration.Calls;

/// <summary>Helpers that are not differentiated and, as their source shows, only look: what they see may change between two calls of theirs.</summary>
public static partial class QuietHelpers
{
    private static readonly double[][] points = [[1, 2, 3, 1.1], [0.3, -0.5, 2, 0.9], [4, 0.2, 1.5, 2.5]];

    [Fact]
    public static void An_index() => Check.Gradient(x => Indexed(x.AsSpan(0, 3), x[3]), (x, d, s) => IndexedBackward(x.AsSpan(0, 3), x[3], d.AsSpan(0, 3), ref d[3], s), points);

    [Fact]
    public static void A_search_in_what_is_overwritten_after_it()
        => Check.InPlace(x => Searched(x.AsSpan(0, 3), x[3]), (x, d, s) => SearchedBackward(x.AsSpan(0, 3), x[3], d.AsSpan(0, 3), ref d[3], s), points);

    [Fact]
    public static void A_search_in_every_round()
        => Check.InPlace(x => Rounds(x.AsSpan(0, 3), x[3]), (x, d, s) => RoundsBackward(x.AsSpan(0, 3), x[3], d.AsSpan(0, 3), ref d[3], s), points);

    [Fact]
    public static void A_helper_that_counts_in_a_struct_of_its_own()
        => Check.InPlace(x => Counted(x.AsSpan(0, 3), x[3]), (x, d, s) => CountedBackward(x.AsSpan(0, 3), x[3], d.AsSpan(0, 3), ref d[3], s), points);

    [Fact]
    public static void A_helper_that_throws()
    {
        double dx = 0;
        Assert.Throws<ArgumentOutOfRangeException>(() => Guarded(1.5, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => GuardedBackward(1.5, 4, ref dx));
        Assert.Equal((0, 2.25), (dx, GuardedBackward(1.5, 3, ref dx)));
    }

    [Differentiable]
    internal static double Indexed(ReadOnlySpan<double> w, double x)
    {
        double sum = 0;
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 2; j++)
            {
                sum += w[Cell(i, j)] * w[Cell(j, i)] * x;
            }
        }

        return sum;
    }

    [Differentiable]
    internal static double Searched(Span<double> a, double x)
    {
        int k = Find(a);
        double s = x;
        a[0] = -1;
        for (int i = 0; i < k; i++)
        {
            s = Math.Sin(s * x) * k;
        }

        a[1] *= s;
        return s * a[1];
    }

    [Differentiable]
    internal static double Rounds(Span<double> a, double x)
    {
        double s = x;
        for (int i = 0; i < 4; i++)
        {
            int k = Find(a);
            if (k > i)
            {
                s = Math.Sin(s * k) + s;
                a[k - 1] *= -s;
            }
            else
            {
                s = Math.Exp(s * 0.01);
            }
        }

        return s * a[1];
    }

    [Differentiable]
    internal static double Counted(Span<double> a, double x)
    {
        double s = x;
        for (int i = 0; i < 3; i++)
        {
            Extent extent = new(Above(a, x), i);
            a[i] = Math.Sin(a[i] * x) + extent.Sum;
            s *= a[i];
        }

        return s * Above(a, 1);
    }

    [Differentiable]
    internal static double Guarded(double x, int n)
    {
        int unused = Guard(n);
        return x * x;
    }

    private static int Cell(int i, int j) => Math.Min((i * 2) + j, 2);

    private static int Find(ReadOnlySpan<double> a)
    {
        int k = 0;
        while (k < a.Length && a[k] > 0)
        {
            k++;
        }

        return k;
    }

    private static int Above(ReadOnlySpan<double> a, double bound)
    {
        (int Below, int Above) counts = default;
        for (int i = 0; i < a.Length; i++)
        {
            if (new Extent(0, i) is { Sum: >= 0 } && a[i] > bound)
            {
                counts.Above++;
            }
            else
            {
                counts.Below++;
            }
        }

        return a.Length + 1 - counts.Below + counts.Above;
    }

    internal readonly record struct Extent(int First, int Count)
    {
        public int Sum => First + Count;
    }

    private static int Guard(int n) => n > 3 ? throw new ArgumentOutOfRangeException(nameof(n)) : n;
}
