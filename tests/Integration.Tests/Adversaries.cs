namespace Backprop.Integration;

/// <summary>Programs that mix what is hard: overwritten values, exits, recorded loops, storage.</summary>
public static partial class Adversaries
{
    [Fact]
    public static void A_decomposition_in_place() => Check.Gradient(x => Cholesky(x, x.Length == 4 ? 2 : 3), (x, d, s) => CholeskyBackward(x, x.Length == 4 ? 2 : 3, d, s),
        [4, 1, 1, 3], [4, 1, 0.5, 1, 5, 2, 0.5, 2, 6]);

    [Differentiable]
    internal static double Cholesky(ReadOnlySpan<double> a, int n)
    {
        Span<double> l = stackalloc double[n * n];
        double logDeterminant = 0;
        for (int j = 0; j < n; j++)
        {
            double sum = a[j * n + j];
            for (int k = 0; k < j; k++)
            {
                sum -= l[j * n + k] * l[j * n + k];
            }

            if (sum <= 0)
            {
                return double.NegativeInfinity;
            }

            double diagonal = Math.Sqrt(sum);
            l[j * n + j] = diagonal;
            logDeterminant += 2 * Math.Log(diagonal);
            for (int i = j + 1; i < n; i++)
            {
                double t = a[i * n + j];
                for (int k = 0; k < j; k++)
                {
                    t -= l[i * n + k] * l[j * n + k];
                }

                l[i * n + j] = t / diagonal;
            }
        }

        return logDeterminant + l[n * n - 2];
    }

    [Fact]
    public static void An_elimination_with_pivots() => Check.InPlace(a => Solve(a, 3), (a, d, s) => SolveBackward(a, 3, d, s),
        [0.1, 2, 1, 3, 1, -1, 2, 5, 1.5, 1, 2, 3], [5, 2, 1, 3, 8, -1, 2, 5, 15, 1, 2, 3]);

    [Differentiable]
    internal static double Solve(Span<double> a, int n)
    {
        Span<double> b = a[(n * n)..];
        double sign = 1;
        for (int c = 0; c < n; c++)
        {
            int pivot = c;
            for (int r = c + 1; r < n; r++)
            {
                if (Math.Abs(a[r * n + c]) > Math.Abs(a[pivot * n + c]))
                {
                    pivot = r;
                }
            }

            if (pivot != c)
            {
                sign = -sign;
                for (int k = 0; k < n; k++)
                {
                    (a[c * n + k], a[pivot * n + k]) = (a[pivot * n + k], a[c * n + k]);
                }

                (b[c], b[pivot]) = (b[pivot], b[c]);
            }

            for (int r = c + 1; r < n; r++)
            {
                double factor = a[r * n + c] / a[c * n + c];
                a[r * n + c] = 0;
                for (int k = c + 1; k < n; k++)
                {
                    a[r * n + k] -= factor * a[c * n + k];
                }

                b[r] -= factor * b[c];
            }
        }

        for (int r = n - 1; r >= 0; r--)
        {
            for (int k = r + 1; k < n; k++)
            {
                b[r] -= a[r * n + k] * b[k];
            }

            b[r] /= a[r * n + r];
            sign *= a[r * n + r];
        }

        return sign;
    }

    [Fact]
    public static void Shortest_ways_through_a_table() => Check.Gradient(x => Warp(x.AsSpan(0, 3), x.AsSpan(3)), (x, d, s) => WarpBackward(x.AsSpan(0, 3), x.AsSpan(3), d.AsSpan(0, 3), d.AsSpan(3), s),
        [1, 2, 3, 0.5, 2.2, 1.7, 3.1], [0.1, -1, 2.5, 0.7]);

    [Differentiable]
    internal static double Warp(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        int width = b.Length + 1;
        double[] cost = new double[(a.Length + 1) * width];
        Array.Fill(cost, 1e6);
        cost[0] = 0;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                double distance = a[i - 1] - b[j - 1];
                double best = Math.Min(cost[(i - 1) * width + j - 1], Math.Min(cost[(i - 1) * width + j], cost[i * width + j - 1]));
                cost[i * width + j] = distance * distance + best;
            }
        }

        return cost[^1];
    }

    [Fact]
    public static void A_ring_of_the_last_values() => Check.Gradient(x => Ring(x[0], x[1], 11), (x, d, s) => RingBackward(x[0], x[1], 11, ref d[0], ref d[1], s), [0.7, 0.3], [-0.4, 1.1]);

    [Differentiable]
    internal static double Ring(double a, double b, int n)
    {
        Span<double> last = stackalloc double[3];
        last.Fill(a);
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            double next = Math.Sin(last[(i + 1) % 3] * b) + last[i % 3] * 0.5;
            sum += next * last[(i + 2) % 3];
            last[i % 3] = next;
            if (i % 4 == 3)
            {
                last.Clear();
                last[0] = sum * 0.25;
            }
        }

        return sum + last[1];
    }

    [Fact]
    public static void A_value_used_in_every_later_iteration_of_two_loops()
        => Check.Gradient(x => Reuse(x), (x, d, s) => ReuseBackward(x, d, s), [0.5, -1, 0.7, 2], [1]);

    [Differentiable]
    internal static double Reuse(ReadOnlySpan<double> x)
    {
        double scale = 1, total = 0, anchor = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double square = x[i] * x[i] * scale;
            if (i == 1)
            {
                anchor = square * total;
            }

            double inner = anchor;
            for (int j = i; j >= 0; j--)
            {
                inner = Math.Tanh(inner + x[j] * square);
                scale += inner * 0.1;
                if (inner > 0.95)
                {
                    scale = 1;
                    continue;
                }

                total += inner * scale;
            }

            total -= anchor * inner;
        }

        return total * scale;
    }

    [Fact]
    public static void Exits_out_of_a_loop_that_writes_storage() => Check.InPlace(a => Sweep(a), (a, d, s) => SweepBackward(a, d, s), [1, 2, -3, 4], [0.5, 0.2, 0.1, 0.7, 3], [-1], [1.5]);

    [Differentiable]
    internal static double Sweep(Span<double> a)
    {
        double carry = 0.5;
        for (int i = 0; i < a.Length; i++)
        {
            a[i] *= carry;
            if (a[i] < 0)
            {
                a[0] += carry;
                return a[i] * a[0];
            }

            if (a[i] > 2)
            {
                carry = a[i];
                break;
            }

            carry += a[i] * a[i];
            if (i % 2 == 1)
                continue;
            a[i] = Math.Exp(-carry);
        }

        a[^1] *= carry;
        return carry;
    }

    [Fact]
    public static void The_same_storage_as_input_of_a_sum_and_written_after_it() => Check.InPlace(a => Normalized(a), (a, d, s) => NormalizedBackward(a, d, s), [1, 2, -3, 4], [0.5, 0.2]);

    [Differentiable]
    internal static double Normalized(Span<double> a)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * a[i];
        }

        double norm = Math.Sqrt(sum), weighted = 0;
        for (int i = 0; i < a.Length; i++)
        {
            a[i] /= norm;
            weighted += a[i] * i;
        }

        for (int i = 0; i < a.Length; i++)
        {
            weighted += Math.Sin(a[i]) * norm;
            a[i] = weighted;
        }

        return weighted;
    }

    [Fact]
    public static void Branches_that_write_different_storage() => Check.Gradient(x => Split(x), (x, d, s) => SplitBackward(x, d, s), [1, -2, 3, -0.5], [-1], [2, 1]);

    [Differentiable]
    internal static double Split(ReadOnlySpan<double> x)
    {
        double[] low = new double[x.Length], high = new double[x.Length];
        int lows = 0, highs = 0;
        foreach (double v in x)
        {
            if (v < 0.75)
            {
                low[lows++] = v * v;
            }
            else
            {
                high[highs] = Math.Log(v) + (highs > 0 ? high[highs - 1] : 0);
                highs++;
            }
        }

        double y = lows - highs;
        for (int i = 0; i < lows; i++)
        {
            y += low[i] * (i < highs ? high[i] : 1);
        }

        while (highs-- > 0)
        {
            y = y * 0.5 + high[highs];
        }

        return y;
    }

    [Fact]
    public static void An_inner_array_that_outlives_nothing() => Check.Gradient(x => Layers(x, 2), (x, d, s) => LayersBackward(x, 2, d, s), [0.5, -1, 0.7, 2, 0.1, 0.3], [1, 0.2]);

    [Differentiable]
    internal static double Layers(ReadOnlySpan<double> x, int width)
    {
        Span<double> state = stackalloc double[width];
        state[0] = 1;
        double loss = 0;
        for (int t = 0; t + width <= x.Length; t += width)
        {
            double[] next = new double[width];
            for (int i = 0; i < width; i++)
            {
                double sum = x[t + i];
                for (int j = 0; j < width; j++)
                {
                    sum += state[j] * x[(t + i + j) % x.Length];
                }

                next[i] = Math.Tanh(sum);
            }

            for (int i = 0; i < width; i++)
            {
                double gate = 1 / (1 + Math.Exp(-next[i]));
                state[i] = gate * state[i] + (1 - gate) * next[(i + 1) % width];
                loss += state[i] * state[i];
            }
        }

        return loss;
    }

    [Fact]
    public static void A_branch_and_a_sum_that_need_the_same_cotangent_early()
        => Check.Gradient(x => Shared(x[0], x.AsSpan(1), 3), (x, d, s) => SharedBackward(x[0], x.AsSpan(1), 3, ref d[0], d.AsSpan(1), s), [0.5, 2, -1, 3], [0.1, 1, 2, 3]);

    [Differentiable]
    internal static double Shared(double a, ReadOnlySpan<double> x, int n)
    {
        double z = a * a;
        for (int i = 0; i < n; i++)
        {
            z = Math.Sin(z) + x[i];
        }

        if (a > 0.3)
        {
            a = Math.Sin(a);
            z += a;
        }

        for (int i = 0; i < n; i++)
        {
            z += x[0] * x[i];
        }

        return a + 0.5 * z;
    }

    [Fact]
    public static void Backward_passes_in_turn_give_the_store_back()
    {
        double[] d = new double[3], inner = new double[2];
        double value = RingBackward(0.7, 0.3, 7, ref d[0], ref d[1]);
        double again = 0;
        ReadOnlySpan<double> x = [0.5, 0.2, 0.4];
        for (int k = 0; k < 3; k++)
        {
            double outer = ReuseBackward(x, d.AsSpan());
            again = RingBackward(0.7, 0.3, 7, ref inner[0], ref inner[1]);
            Assert.Equal(Reuse(x), outer);
        }

        Assert.Equal(value, again);
    }
}
