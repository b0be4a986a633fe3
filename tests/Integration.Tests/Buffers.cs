namespace Backprop.Integration;

/// <summary>Array and span variables that stand for different memory at different times.</summary>
public static partial class Buffers
{
    private static readonly double[] point = [0.7, 1.3, 0.45, 1.9, 0.85, 1.15], other = [-0.6, 0.8, 1.4, -1.2, 0.5, -0.9];

    private static readonly double[] weights = [0.3, -0.2, 0.5];

    [Fact]
    public static void Two_arrays_change_places() => Check.Gradient(x => Diffusion(x, 4), (x, d, s) => DiffusionBackward(x, 4, d, s), point, other);

    [Differentiable]
    internal static double Diffusion(ReadOnlySpan<double> x, int steps)
    {
        double[] now = new double[x.Length], next = new double[x.Length];
        x.CopyTo(now);
        for (int t = 0; t < steps; t++)
        {
            for (int i = 1; i < x.Length - 1; i++)
            {
                next[i] = 0.5 * now[i] + 0.25 * Math.Sin(now[i - 1]) * now[i + 1];
            }

            next[0] = now[0] * now[1];
            next[^1] = now[^1];
            (now, next) = (next, now);
        }

        double sum = 0;
        foreach (double v in now)
        {
            sum += v * v;
        }

        return sum;
    }

    [Fact]
    public static void A_negative_length_is_the_primals_exception()
    {
        double[] d = new double[6];
        Assert.Throws<OverflowException>(() => Sized(point, -1));
        Assert.Throws<OverflowException>(() => SizedBackward(point, -1, d));
        Assert.Equal(new double[6], d);
        Check.Gradient(x => Sized(x, 3), (x, d, s) => SizedBackward(x, 3, d, s), point, other);
    }

    [Differentiable]
    internal static double Sized(double[] x, int n)
    {
        double sum = 0;
        for (int t = 0; t < 2; t++)
        {
            double[] b = new double[n];
            for (int i = 0; i < n; i++)
            {
                b[i] = x[i] * x[t + i];
            }

            foreach (double v in b)
            {
                sum += v * v;
            }
        }

        return sum;
    }

    [Fact]
    public static void Two_spans_change_places_by_a_third() => Check.Gradient(x => BySpan(x), (x, d, s) => BySpanBackward(x, d, s), point, other);

    [Differentiable]
    internal static double BySpan(ReadOnlySpan<double> x)
    {
        Span<double> now = stackalloc double[3], next = stackalloc double[3];
        x[..3].CopyTo(now);
        for (int t = 0; t < 3; t++)
        {
            next[0] = now[1] * now[2];
            next[1] = now[0] + x[3];
            next[2] = Math.Sin(now[0]);
            Span<double> last = now;
            now = next;
            next = last;
        }

        return now[0] + (2 * now[1]) + next[2];
    }

    [Fact]
    public static void Three_buffers_rotate() => Check.Gradient(x => Leapfrog(x), (x, d, s) => LeapfrogBackward(x, d, s), point, other);

    [Differentiable]
    internal static double Leapfrog(ReadOnlySpan<double> x)
    {
        var before = new double[3];
        var now = new double[3];
        var next = new double[3];
        for (int i = 0; i < 3; i++)
        {
            before[i] = x[i];
            now[i] = x[i + 3];
        }

        for (int t = 0; t < 5; t++)
        {
            for (int i = 0; i < 3; i++)
            {
                next[i] = 2 * now[i] - before[i] + 0.1 * Math.Sin(now[(i + 1) % 3]);
            }

            (before, now, next) = (now, next, before);
        }

        return now[0] * now[1] + before[2] * next[0];
    }

    [Fact]
    public static void Tables_change_places() => Check.Gradient(x => Grids(x), (x, d, s) => GridsBackward(x, d, s), point, other);

    [Differentiable]
    internal static double Grids(ReadOnlySpan<double> x)
    {
        double[,] u = new double[2, 3], v = new double[2, 3];
        for (int i = 0; i < 6; i++)
        {
            u[i / 3, i % 3] = x[i];
        }

        for (int t = 0; t < 3; t++)
        {
            for (int i = 0; i < 2; i++)
            {
                for (int j = 0; j < 3; j++)
                {
                    v[i, j] = u[i, j] * u[1 - i, (j + 1) % 3] * 0.5 + u[0, 0];
                }
            }

            (u, v) = (v, u);
        }

        return u[0, 0] * v[1, 1] + u[1, 2];
    }

    [Fact]
    public static void A_loop_that_ends_early() => Check.Gradient(x => Settle(x), (x, d, s) => SettleBackward(x, d, s), point, other, [0.1, 0.2, 0.1, 0.3, 0.1, 0.2]);

    [Differentiable]
    internal static double Settle(ReadOnlySpan<double> x)
    {
        double[] a = x.ToArray(), b = new double[x.Length];
        int t = 0;
        while (true)
        {
            double norm = 0;
            for (int i = 0; i < a.Length; i++)
            {
                b[i] = 0.5 * (a[i] + a[(i + 1) % a.Length] * a[0]);
                norm += b[i] * b[i];
            }

            (a, b) = (b, a);
            if (norm < 2 || ++t > 5)
            {
                break;
            }
        }

        return a[0] * a[3] + b[2];
    }

    [Fact]
    public static void One_of_the_two_is_a_parameter() => Check.InPlace(a => Borrowed(a), (a, d, s) => BorrowedBackward(a, d, s), point, other);

    [Differentiable]
    internal static double Borrowed(double[] x)
    {
        double[] a = x, b = new double[x.Length];
        for (int t = 0; t < 3; t++)
        {
            for (int i = 0; i < a.Length; i++)
            {
                b[i] = a[i] * a[(i + 1) % a.Length] * 0.5;
            }

            (a, b) = (b, a);
        }

        return a[0] + b[1];
    }

    [Fact]
    public static void They_change_places_in_an_inner_loop_at_times() => Check.Gradient(x => Nested(x), (x, d, s) => NestedBackward(x, d, s), point, other);

    [Differentiable]
    internal static double Nested(ReadOnlySpan<double> x)
    {
        double[] a = [x[0], x[1]], b = [x[2], x[3]];
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                a[0] += b[1] * x[j];
                b[0] *= a[0] * 0.3;
                if ((i + j) % 2 == 0)
                {
                    (b, a) = (a, b);
                }
            }

            a[1] = a[1] * b[0];
        }

        return a[0] * a[1] + b[0] * b[1];
    }

    [Fact]
    public static void A_conditional_and_a_switch_choose() => Check.Gradient(x => Chosen(x), (x, d, s) => ChosenBackward(x, d, s), point, other);

    [Differentiable]
    internal static double Chosen(ReadOnlySpan<double> x)
    {
        double[] a = [x[0], x[1]], b = [x[2] * x[2], x[3]];
        double sum = 0;
        for (int i = 0; i < 3; i++)
        {
            double[] t = i switch { 0 => a, 1 => b, _ => a };
            ReadOnlySpan<double> half = x[i] > 0.5 ? x[..3] : x[3..];
            sum += t[0] * t[1] * (i + 1) + half[i];
            t[0] = sum;
        }

        return sum;
    }

    [Fact]
    public static void Constants_among_them_get_no_gradient() => Check.Gradient(x => Mixed(x, weights), (x, d, s) => MixedBackward(x, weights, d, s), point, other);

    [Differentiable]
    internal static double Mixed(ReadOnlySpan<double> x, [NoGradient] ReadOnlySpan<double> k)
    {
        double[] own = [x[0], x[1], x[2]];
        double sum = 1;
        for (int i = 0; i < 5; i++)
        {
            double[] row = i % 2 == 0 ? own : weights;
            ReadOnlySpan<double> more = i < 3 ? x : k;
            sum += row[i % 3] * more[i % 3] * x[i] * sum * 0.2;
        }

        return sum;
    }

    [Fact]
    public static void Memory_made_in_branches() => Check.Gradient(x => Made(x, 2), (x, d, s) => MadeBackward(x, 2, d, s), point, other);

    [Differentiable]
    internal static double Made(ReadOnlySpan<double> x, int n)
    {
        double[] a;
        if (x[0] > 0)
        {
            a = new double[n];
            a[0] = x[1];
        }
        else
        {
            a = new double[x.Length];
            a[0] = x[2] * x[2];
        }

        a[1] = x[3];
        return a[0] * a[1] * a.Length;
    }

    [Fact]
    public static void A_span_that_gets_shorter() => Check.Gradient(x => Walk(x), (x, d, s) => WalkBackward(x, d, s), point, other, []);

    [Differentiable]
    internal static double Walk(ReadOnlySpan<double> rest)
    {
        double sum = 1;
        while (rest.Length > 0)
        {
            sum = sum * 0.5 + rest[0] * sum;
            rest = rest[1..];
        }

        return sum;
    }

    [Fact]
    public static void A_window_that_is_written() => Check.InPlace(a => Shrink(a), (a, d, s) => ShrinkBackward(a, d, s), point, other);

    [Differentiable]
    internal static double Shrink(Span<double> x)
    {
        var w = x;
        while (w.Length > 1)
        {
            for (int i = 0; i + 1 < w.Length; i++)
            {
                w[i] = w[i] * w[i + 1] + 0.1 * w[i];
            }

            w = w[..^1];
        }

        return w[0];
    }
}
