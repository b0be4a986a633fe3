namespace Backprop.Integration;

/// <summary>Local arrays of arrays.</summary>
public static partial class Jagged
{
    [Fact]
    public static void Dynamic_programming() => Check.Gradient(
        x => SoftAlignment(x.AsSpan(0, 4), x.AsSpan(4)),
        (x, d, s) => SoftAlignmentBackward(x.AsSpan(0, 4), x.AsSpan(4), d.AsSpan(0, 4), d.AsSpan(4), s),
        [0.1, 0.9, -0.4, 0.3, 0.2, 0.5, -0.7], [1, 2, 3, 4, 0.5, 3]);

    /// <summary>Dynamic time warping with a smooth minimum.</summary>
    [Differentiable]
    internal static double SoftAlignment(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        int n = a.Length, m = b.Length;
        double[][] cost = new double[n + 1][];
        for (int i = 0; i <= n; i++)
        {
            cost[i] = new double[m + 1];
        }

        for (int i = 1; i <= n; i++)
        {
            cost[i][0] = 5;
        }

        Array.Fill(cost[0], 5, 1, m);
        for (int i = 1; i < cost.Length; i++)
        {
            for (int j = 1; j < cost[i].Length; j++)
            {
                double e = a[i - 1] - b[j - 1];
                double low = Math.Exp(-cost[i - 1][j]) + Math.Exp(-cost[i][j - 1]) + Math.Exp(-cost[i - 1][j - 1]);
                cost[i][j] = e * e - Math.Log(low);
            }
        }

        return cost[^1][^1] + cost.Length;
    }

    [Fact]
    public static void Edit_distance() => Check.Gradient(
        x => Edits(x[0], x[1], x[2], "kitten", "sitting"),
        (x, d, s) => EditsBackward(x[0], x[1], x[2], "kitten", "sitting", ref d[0], ref d[1], ref d[2], s),
        [1, 1.1, 1.4], [0.4, 0.7, 2]);

    /// <summary>Levenshtein's distance with prices; the loop that makes the rows does more.</summary>
    [Differentiable]
    internal static double Edits(double insert, double delete, double replace, string from, string to)
    {
        double[][] d = new double[from.Length + 1][];
        for (int i = 0; i <= from.Length; i++)
        {
            d[i] = new double[to.Length + 1];
            d[i][0] = i == 0 ? 0 : d[i - 1][0] + delete;
        }

        for (int j = 1; j <= to.Length; j++)
        {
            d[0][j] = j * insert;
        }

        for (int i = 1; i <= from.Length; i++)
        {
            for (int j = 1; j <= to.Length; j++)
            {
                double same = d[i - 1][j - 1] + (from[i - 1] == to[j - 1] ? 0 : replace);
                d[i][j] = Math.Min(same, Math.Min(d[i - 1][j] + delete, d[i][j - 1] + insert));
            }
        }

        return d[from.Length][to.Length];
    }

    [Fact]
    public static void Triangular_rows() => Check.Gradient(x => Pascal(x, 6), (x, d, s) => PascalBackward(x, 6, d, s), [0.4, -1.2], [2, 0.5, 1], [1]);

    [Differentiable]
    internal static double Pascal(ReadOnlySpan<double> x, int rows)
    {
        double[][] t = new double[rows][];
        for (int i = 0; i < rows; i++)
        {
            t[i] = new double[i + 1];
        }

        for (int i = 0; i < t.Length; i++)
        {
            t[i][0] = x[i % x.Length];
            t[i][^1] += 1;
            for (int j = 1; j < t[i].Length - 1; j++)
            {
                t[i][j] = t[i - 1][j - 1] * t[i - 1][j] + x[0];
            }
        }

        double sum = 0;
        foreach (double[] row in t)
        {
            foreach (double value in row)
            {
                sum += value * value * row.Length;
            }
        }

        return sum;
    }

    [Fact]
    public static void Layers_of_different_widths() => Check.Gradient(
        x => Network(x.AsSpan(0, 17), x.AsSpan(17), [3, 2, 3, 1]),
        (x, d, s) => NetworkBackward(x.AsSpan(0, 17), x.AsSpan(17), widths, d.AsSpan(0, 17), d.AsSpan(17), s),
        [.. Enumerable.Range(0, 20).Select(i => Math.Sin(3 * i) / 2)]);

    private static readonly int[] widths = [3, 2, 3, 1];

    [Differentiable]
    internal static double Network(ReadOnlySpan<double> weights, ReadOnlySpan<double> input, int[] widths)
    {
        double[][] layer = new double[widths.Length][];
        for (int l = 0; l < layer.Length; l++)
        {
            layer[l] = new double[widths[l]];
        }

        input.CopyTo(layer[0]);
        int w = 0;
        for (int l = 1; l < layer.Length; l++)
        {
            double[] below = layer[l - 1], here = layer[l];
            for (int j = 0; j < here.Length; j++)
            {
                double sum = 0.1;
                for (int k = 0; k < below.Length; k++)
                {
                    sum += below[k] * weights[w++];
                }

                here[j] = Math.Tanh(sum);
            }
        }

        double loss = 0;
        foreach (double y in layer[^1])
        {
            loss += y * y;
        }

        return loss;
    }

    [Fact]
    public static void Layers_made_and_run_in_one_loop() => Check.Gradient(x => Deep(x, 4), (x, d, s) => DeepBackward(x, 4, d, s), [0.4, -1.2], [2, 0.5, 1], [1]);

    [Differentiable]
    internal static double Deep(ReadOnlySpan<double> x, int depth)
    {
        double[][] h = new double[depth][];
        for (int l = 0; l < h.Length; ++l)
        {
            h[l] = new double[x.Length];
            for (int j = 0; j < x.Length; j++)
            {
                h[l][j] = l == 0 ? x[j] : Math.Sin(h[l - 1][j] * x[(j + 1) % x.Length]);
            }
        }

        double sum = 0;
        for (int j = 0; j < x.Length; j++)
        {
            sum += h[depth - 1][j] * h[depth - 2][j];
        }

        return sum;
    }

    [Fact]
    public static void Initialisers()
    {
        Check.Gradient(x => Listed(x[0], x[1]), (x, d, s) => ListedBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 2], [-0.5, 0.7]);
        Check.Gradient(x => Arrays(x[0], x[1]), (x, d, s) => ArraysBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 2], [-0.5, 0.7]);
        Check.Gradient(x => Uneven(x[0], x[1]), (x, d, s) => UnevenBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 2], [-0.5, 0.7]);
        Check.Gradient(x => InLoop(x[0], 3), (x, d, s) => InLoopBackward(x[0], 3, ref d[0], s), [1.5], [-0.5]);
    }

    [Differentiable]
    internal static double Listed(double x, double y)
    {
        double[][] d = [[x, 1], [2, y]];
        d[1][0] *= x;
        return d[0][0] * d[1][1] - d[0][1] * d[1][0];
    }

    [Differentiable]
    internal static double Arrays(double x, double y)
    {
        double k = x;
        double[][] d = new double[][] { new[] { k, 1 }, new double[] { k *= y, k } };
        double[][] e = { new double[2], new double[2] };
        (e[0][1], e[1][0]) = (d[1][0], d[0][0]);
        ref double corner = ref e[1][1];
        corner += y;
        corner *= corner;
        return d[0][0] * d[1][1] - d[0][1] * d[1][0] + e[1][1] * e[0][1] * e[1][0];
    }

    [Differentiable]
    internal static double Uneven(double x, double y)
    {
        double[][] d = [[x], new double[3], [2, y * x]];
        d[1][2] = d[2][1] * d[0][0];
        d[1][1]++;
        return d[1][2] * d[1][2] + d[1][1] * d[2][^1] + d[0].Length + d[1].Length;
    }

    [Differentiable]
    internal static double InLoop(double x, int n)
    {
        double[][] d = new double[n][];
        for (int i = 0; i < n; i++)
        {
            d[i] = [x, i, x * x];
        }

        double sum = 0;
        foreach (var row in d)
        {
            sum += row[0] * row[1] * row[2];
        }

        return sum;
    }

    [Fact]
    public static void Begins_with_zeros_each_time_in_a_loop() => Check.Gradient(x => Rounds(x, 3), (x, d, s) => RoundsBackward(x, 3, d, s), [0.4, -1.2], [2, 0.5, 1], [1]);

    [Differentiable]
    internal static double Rounds(ReadOnlySpan<double> x, int rounds)
    {
        double total = 1;
        for (int r = 1; r <= rounds; r++)
        {
            double[][] even = new double[x.Length][], uneven = new double[r][];
            for (int i = 0; i < x.Length; i++)
            {
                even[i] = new double[r];
            }

            for (int i = 0; i < uneven.Length; i++)
            {
                uneven[i] = new double[i + r];
            }

            for (int i = 0; i < x.Length; i++)
            {
                even[i][i % r] += x[i] * total;
                even[0][r - 1] *= 2;
                uneven[r - 1][i % r] += Math.Cos(even[i][i % r]) * x[0];
                uneven[0][0] *= uneven[r - 1][0];
            }

            double sum = 0;
            for (int i = 0; i < x.Length; i++)
            {
                for (int j = 0; j < r; j++)
                {
                    sum += even[i][j] * even[i][j] + even[i][r - 1 - j];
                }
            }

            for (int i = 0; i < uneven.Length; i++)
            {
                for (int j = 0; j < uneven[i].Length; j++)
                {
                    sum += uneven[i][j];
                }
            }

            total = Math.Sin(sum);
        }

        return total;
    }

    [Fact]
    public static void Two_arrays_in_one_loop_in_a_branch() => Check.Gradient(x => Branch(x), (x, d, s) => BranchBackward(x, d, s), [0.4, -1.2], [2, 0.5, 1], [-1]);

    [Differentiable]
    internal static double Branch(ReadOnlySpan<double> x)
    {
        double sum = x[0];
        if (x[0] > 0)
        {
            int n = x.Length;
            double[][] up = new double[n][], down = new double[n][];
            for (int i = 0; i < n; i++)
            {
                up[i] = new double[2];
                down[i] = new double[n - i];
                up[i][0] = down[i][0] = x[i];
            }

            for (int i = 0; i < n; i++)
            {
                sum += up[i][0] * down[n - 1 - i][0] + up[i][1];
            }
        }

        return sum;
    }
}
