namespace Backprop.Integration;

/// <summary>Rows, structs, calls and spread elements.</summary>
public static partial class Buffers
{
    [Fact]
    public static void The_best_row() => Check.Gradient(x => Best(x), (x, d, s) => BestBackward(x, d, s), point, other);

    [Differentiable]
    internal static double Best(ReadOnlySpan<double> x)
    {
        ReadOnlySpan<double> best = x[..2];
        double top = double.NegativeInfinity;
        for (int i = 0; i + 2 <= x.Length; i += 2)
        {
            ReadOnlySpan<double> row = x.Slice(i, 2);
            if (row[0] * row[1] > top)
            {
                top = row[0] * row[1];
                best = row;
            }
        }

        return best[0] * best[0] * best[1] + top;
    }

    internal record struct State(double Place, double Speed);

    [Fact]
    public static void Arrays_of_structs_change_places() => Check.Gradient(x => Pendulums(x), (x, d, s) => PendulumsBackward(x, d, s), point, other);

    [Differentiable]
    internal static double Pendulums(ReadOnlySpan<double> x)
    {
        var now = new State[2];
        var next = new State[2];
        now[0] = new(x[0], x[1]);
        now[1] = new(x[2], x[3]);
        for (int t = 0; t < 3; t++)
        {
            for (int i = 0; i < 2; i++)
            {
                next[i] = new State(now[i].Place + 0.1 * now[i].Speed, now[i].Speed - 0.1 * Math.Sin(now[1 - i].Place));
            }

            (now, next) = (next, now);
        }

        return now[0].Place * now[1].Speed;
    }

    [Fact]
    public static void A_method_between_swaps_keeps_their_gradients() => Check.Gradient(x => ByCalls(x), (x, d, s) => ByCallsBackward(x, d, s), point, other);

    [Differentiable]
    internal static double ByCalls(ReadOnlySpan<double> x)
    {
        Span<double> a = stackalloc double[6], b = stackalloc double[6];
        x.CopyTo(a);
        for (int t = 0; t < 3; t++)
        {
            Advance(a, b);
            Span<double> c = a;
            a = b;
            b = c;
        }

        return a[0] * a[1];
    }

    [Differentiable]
    internal static void Advance(ReadOnlySpan<double> a, Span<double> b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            b[i] = a[i] * a[(i + 1) % a.Length] * 0.5;
        }
    }

    [Fact]
    public static void Spread_elements() => Check.Gradient(x => Spread(x), (x, d, s) => SpreadBackward(x, d, s), point, other);

    [Differentiable]
    internal static double Spread(ReadOnlySpan<double> x)
    {
        Span<double> head = [x[3], .. x[..2]];
        Span<double> all = [.. head, x[2] * x[3], .. x[4..]];
        all[0] *= all[3];
        double sum = 0;
        foreach (double v in all)
        {
            sum += v * v;
        }

        return sum * all[^1];
    }

    /// <summary>An array of which a view is spread is no rented storage.</summary>
    [Fact]
    public static void Spread_views() => Check.Gradient(x => Views(x), (x, d, s) => ViewsBackward(x, d, s), 1e-6, Check.Heap.UsedByTest, point, other);

    [Differentiable]
    internal static double Views(ReadOnlySpan<double> x)
    {
        double[] some = [.. x[..2], x[3]];
        double[] all = [.. some, x[0] * some[1], .. some.AsSpan(1)];
        all[5] *= all[0];
        return all[3] * all[4] + all[5] * some[2];
    }

    [Fact]
    public static void Ranges_of_integers() => Check.Gradient(x => Ranges(x), (x, d, s) => RangesBackward(x, d, s), point, other);

    [Differentiable]
    internal static double Ranges(ReadOnlySpan<double> x)
    {
        double sum = 1;
        foreach (int i in Enumerable.Range(1, 4))
        {
            if (i == 3)
            {
                continue;
            }

            foreach (int j in Enumerable.Range(0, i))
            {
                sum = sum * x[i] * 0.3 + x[j];
            }
        }

        return sum;
    }
}
