namespace Backprop.Integration;

/// <summary>Nested loops, and values that have to be recorded in them.</summary>
public static partial class Nests
{
    [Fact]
    public static void Six_loops_deep()
        => Check.Gradient(x => Six(x[0], x[1], 2), (x, d, s) => SixBackward(x[0], x[1], 2, ref d[0], ref d[1], s), [0.3, 0.8], [-1, 0.5]);

    [Differentiable]
    internal static double Six(double a, double b, int n)
    {
        double y = a;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                y += 0.1 * j;
                for (int k = 0; k < n; k++)
                {
                    double before = y;
                    for (int l = n; l > 0; l--)
                    {
                        for (int m = 0; m < 2; m++)
                        {
                            for (int o = m; o < 2; o++)
                            {
                                y = Math.Sin(y * b) + a * (o + l);
                            }
                        }
                    }

                    y = y * 0.5 + Math.Tanh(before);
                }
            }
        }

        return y;
    }

    [Fact]
    public static void Costly_functions_in_nested_loops()
    {
        foreach (int n in new[] { 0, 1, 2, 5 })
        {
            Check.Gradient(x => Costly(x[0], x[1], n), (x, d, s) => CostlyBackward(x[0], x[1], n, ref d[0], ref d[1], s), [0.3, 0.8], [1, 0.5]);
        }
    }

    [Differentiable]
    internal static double Costly(double a, double b, int n)
    {
        double y = a, sum = 0;
        for (int i = 0; i < n; i++)
        {
            double e = Math.Exp(-y);
            for (int j = 0; j < i; j++)
            {
                double r = Math.Sqrt(1 + y * y);
                y = Math.Tanh(r * b) / (1 + e);
                sum += r * e;
            }

            y += e * Math.Cbrt(sum + 1);
        }

        return y + sum;
    }

    [Fact]
    public static void Costly_functions_in_branches_in_loops()
        => Check.Gradient(x => Branching(x), (x, d, s) => BranchingBackward(x, d, s), [0.3, -0.8, 1.5, 0.1], [-1, -2], [2]);

    [Differentiable]
    internal static double Branching(ReadOnlySpan<double> x)
    {
        double y = 0.5;
        for (int i = 0; i < x.Length; i++)
        {
            double t;
            if (x[i] > 0)
            {
                double e = Math.Exp(x[i] * y);
                t = e / (1 + e);
                if (t > 0.6)
                {
                    double r = Math.Sqrt(t);
                    y = r * y + e;
                }
            }
            else
            {
                t = Math.Tanh(y);
                y *= t;
            }

            y += t * t;
        }

        return y;
    }

    [Fact]
    public static void Booleans_and_integers_that_must_be_recorded()
        => Check.Gradient(x => Chaotic(x[0], x[1]), (x, d, s) => ChaoticBackward(x[0], x[1], ref d[0], ref d[1], s), [0.3, 0.8], [0.7, -0.3]);

    [Differentiable]
    internal static double Chaotic(double a, double b)
    {
        uint state = 12345;
        double y = a;
        bool odd = false;
        byte small = 3;
        char c = 'a';
        long big = 1L << 40;
        for (int i = 0; i < 25; i++)
        {
            state = unchecked(state * 1664525u + 1013904223u);
            odd ^= (state >> 16 & 1) == 1;
            small = (byte)(small * 7 + 1);
            c = (char)('a' + (c + 5) % 26);
            big ^= big >> 3;
            int k = (int)(state >> 28);
            if (odd)
            {
                y = Math.Sin(y * b + k) * small / 64;
            }
            else
            {
                y = y * 0.5 + b * (c - 'a') + big % 5;
            }
        }

        return y;
    }

    [Fact]
    public static void A_sum_with_a_recording_loop_inside()
        => Check.Gradient(x => Terms(x, 4), (x, d, s) => TermsBackward(x, 4, d, s), [0.3, 0.8, -0.5], [1.5]);

    [Differentiable]
    internal static double Terms(ReadOnlySpan<double> x, int depth)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double h = x[i];
            for (int k = 0; k < depth; k++)
            {
                h = Math.Tanh(h * x[0] + x[i]);
            }

            sum += h * h;
        }

        return sum;
    }

    [Fact]
    public static void A_sum_with_a_recording_loop_that_leaves_early()
        => Check.Gradient(x => EarlyTerms(x), (x, d, s) => EarlyTermsBackward(x, d, s), [0.3, 0.8, -0.5], [1.5, 1.7]);

    [Differentiable]
    internal static double EarlyTerms(ReadOnlySpan<double> x)
    {
        double sum = 0, weight = 2;
        for (int i = 0; i < x.Length; i++)
        {
            double h = x[i], p = 1;
            for (int k = 0; k < 50; k++)
            {
                h = Math.Sin(h) * x[0] + 0.5;
                p *= h;
                if (p < 0.05)
                    break;
            }

            sum += p * weight;
            if (sum > 3)
            {
                break;
            }
        }

        return Math.Log(sum + 4);
    }

    [Fact]
    public static void Terms_with_branches_and_two_inner_sums()
        => Check.Gradient(x => Softmax(x, 1), (x, d, s) => SoftmaxBackward(x, 1, d, s), [0.3, 0.8, -0.5], [1.5, 1.7]);

    [Differentiable]
    internal static double Softmax(ReadOnlySpan<double> x, int label)
    {
        double max = x[0];
        for (int i = 1; i < x.Length; i++)
        {
            max = Math.Max(max, x[i]);
        }

        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += Math.Exp(x[i] - max);
        }

        double loss = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double p = Math.Exp(x[i] - max) / sum;
            double part = 0;
            for (int j = 0; j < x.Length; j++)
            {
                part += x[j] * p;
            }

            loss += i == label ? -Math.Log(p) : p > 0.2 ? p * p * part : p;
        }

        return loss;
    }

    [Fact]
    public static void An_inner_bound_that_changes_with_the_data()
        => Check.Gradient(x => Ragged(x), (x, d, s) => RaggedBackward(x, d, s), [1.3, 2.8, -0.5], [3.5, 0.2], [0.5]);

    [Differentiable]
    internal static double Ragged(ReadOnlySpan<double> x)
    {
        double y = 1;
        for (int i = 0; i < x.Length; i++)
        {
            int n = (int)Math.Floor(x[i]) + i;
            for (int j = 0; j < n; j++)
            {
                y = Math.Sqrt(y + j) * x[i];
                for (int k = j; k * k < n; k += 2)
                {
                    y += Math.Exp(-y) * k;
                }
            }

            y = y * y + 1;
        }

        return y;
    }

    [Fact]
    public static void Values_of_the_body_handed_from_iteration_to_iteration()
        => Check.Gradient(x => Handed(x), (x, d, s) => HandedBackward(x, d, s), [1.3, 2.8, -0.5, 0.4], [3.5, 0.2], [0.5]);

    [Differentiable]
    internal static double Handed(ReadOnlySpan<double> x)
    {
        double previous = 1, before = 2, sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double current = Math.Sin(previous * x[i]) + before;
            sum += current * previous * before;
            before = previous;
            previous = current;
        }

        return sum;
    }

    [Fact]
    public static void A_loop_in_a_branch_in_a_loop()
        => Check.Gradient(x => Mixed(x[0], x[1]), (x, d, s) => MixedBackward(x[0], x[1], ref d[0], ref d[1], s), [0.3, 0.8], [2, -0.3], [-1, 0.2]);

    [Differentiable]
    internal static double Mixed(double a, double b)
    {
        double y = a, z = 1;
        for (int i = 0; i < 6; i++)
        {
            if (y > 0.5)
            {
                double scale = Math.Exp(-y);
                for (int j = 0; j <= i; j++)
                {
                    z = Math.Sin(z + scale * b);
                    y -= 0.1 * z;
                }
            }
            else
            {
                int j = 0;
                do
                {
                    y = y * y + 0.3 + z * b;
                    j += 2;
                }
                while (j < i);
                z *= Math.Cos(y);
            }

            y += a * 0.5;
        }

        return y * z;
    }
}
