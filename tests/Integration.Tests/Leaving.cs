namespace Backprop.Integration;

/// <summary>Loops that are left early, and iterations that are cut short.</summary>
public static partial class Leaving
{
    [Fact]
    public static void Break_in_the_first_a_middle_and_the_last_iteration()
    {
        for (int stop = -1; stop <= 6; stop++)
        {
            int at = stop;
            Check.Gradient(x => Stops(x[0], 5, at), (x, d, s) => StopsBackward(x[0], 5, at, ref d[0], s), [0.7], [-1.2]);
        }
    }

    [Differentiable]
    internal static double Stops(double a, int n, int stop)
    {
        double y = a;
        for (int i = 0; i < n; i++)
        {
            y = Math.Sin(y) + a * i;
            if (i == stop)
            {
                y *= 3;
                break;
            }

            y *= a;
        }

        return y * y;
    }

    [Fact]
    public static void Break_at_the_top_and_on_active_data()
        => Check.Gradient(x => Grows(x[0], 40), (x, d, s) => GrowsBackward(x[0], 40, ref d[0], s), [0.7], [1.2], [3], [20]);

    [Differentiable]
    internal static double Grows(double a, int n)
    {
        double y = a, last = 0;
        for (int i = 0; i < n; i++)
        {
            if (y > 10)
            {
                break;
            }

            last = y;
            y = y * a + Math.Exp(-y);
        }

        return y + last * a;
    }

    [Fact]
    public static void Break_in_nested_ifs_between_updates()
        => Check.Gradient(x => Deep(x[0], x[1]), (x, d, s) => DeepBackward(x[0], x[1], ref d[0], ref d[1], s), [0.7, 0.2], [1.2, 0.9], [0.1, 2.5], [-1, 0.4], [2, -2]);

    [Differentiable]
    internal static double Deep(double a, double b)
    {
        double y = a, z = b;
        int k = 0;
        for (int i = 0; i < 12; i++)
        {
            z += y * 0.25;
            if (z > 1)
            {
                y = y * b + Math.Sqrt(z);
                if (y > 2)
                {
                    z -= y;
                    if (y > 4)
                    {
                        z *= a;
                        break;
                    }

                    y *= 0.75;
                }
                else if (y < -5)
                {
                    break;
                }

                z *= 1.125;
                k++;
            }

            y += a * 0.5 + k;
        }

        return y * z + k;
    }

    [Fact]
    public static void Continue_followed_by_updates()
        => Check.Gradient(x => Skips(x), (x, d, s) => SkipsBackward(x, d, s), [0.7, -0.2, 1.5, 3], [-1, -2], [1, 2, 3, 4, 5], []);

    [Differentiable]
    internal static double Skips(ReadOnlySpan<double> x)
    {
        double y = 1, z = 0;
        for (int i = 0; i < x.Length; i++)
        {
            y *= 1.5;
            if (x[i] < 0)
            {
                z += x[i] * y;
                continue;
            }

            y = Math.Sin(y) * x[i];
            if (y > 0.5)
            {
                if (i % 2 == 0)
                    continue;
                z -= y;
            }

            z += y * y;
        }

        return z + y;
    }

    [Fact]
    public static void Continue_in_while_and_do()
        => Check.Gradient(x => Jumps(x[0]), (x, d, s) => JumpsBackward(x[0], ref d[0], s), [0.7], [-0.2], [3]);

    [Differentiable]
    internal static double Jumps(double a)
    {
        double y = a;
        int i = 0;
        while (i < 9)
        {
            i++;
            if (i % 3 == 0)
            {
                continue;
            }

            y = Math.Sin(y) + a / i;
        }

        do
        {
            i--;
            if (y > 1)
            {
                y *= 0.5;
                continue;
            }

            y += a * a * 0.25 + 0.125;
        }
        while (i > 0);
        return y;
    }

    [Fact]
    public static void Return_inside_a_loop()
        => Check.Gradient(x => Finds(x[0], 30), (x, d, s) => FindsBackward(x[0], 30, ref d[0], s), [0.7], [1.2], [3], [20], [-4]);

    [Differentiable]
    internal static double Finds(double a, int n)
    {
        double y = a;
        for (int i = 0; i < n; i++)
        {
            y += Math.Sqrt(1 + y * y) * a;
            if (y > 10)
            {
                return y * a * i;
            }

            if (y < -10)
                return Math.Exp(a) * y;
        }

        return y;
    }

    [Fact]
    public static void Return_inside_nested_loops()
        => Check.Gradient(x => Search(x[0], x[1]), (x, d, s) => SearchBackward(x[0], x[1], ref d[0], ref d[1], s), [0.7, 1.1], [1.2, 0.4], [0.1, 0.1], [3, 3], [-1, 5]);

    [Differentiable]
    internal static double Search(double a, double b)
    {
        double y = 0;
        for (int i = 0; i < 5; i++)
        {
            double inner = b;
            for (int j = 0; j <= i; j++)
            {
                int k = 0;
                while (true)
                {
                    if (k > j)
                    {
                        break;
                    }

                    inner = inner * 0.5 + Math.Sin(a * k);
                    if (inner * y > 6)
                    {
                        return inner * a;
                    }

                    k++;
                }

                if (inner > 2)
                {
                    continue;
                }

                y += inner * inner;
                if (y > 8)
                {
                    break;
                }
            }

            y += a;
        }

        return y * b;
    }

    [Fact]
    public static void Newton_with_an_early_exit()
        => Check.Gradient(x => Root(x[0]), (x, d, s) => RootBackward(x[0], ref d[0], s), [2], [50], [0.3], [1]);

    [Differentiable]
    internal static double Root(double a)
    {
        double x = a;
        for (int i = 0; i < 100; i++)
        {
            double step = (x * x - a) / (2 * x);
            x -= step;
            if (Math.Abs(step) < 1e-14)
            {
                break;
            }
        }

        return x;
    }

    [Fact]
    public static void Newton_in_two_loops()
        => Check.Gradient(x => Roots(x), (x, d, s) => RootsBackward(x, d, s), [2, 50, 0.3], [1.5, 9]);

    [Differentiable]
    internal static double Roots(ReadOnlySpan<double> a)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
        {
            double x = a[k];
            while (true)
            {
                double next = 0.5 * (x + a[k] / x);
                if (Math.Abs(next - x) <= 1e-14 * x)
                {
                    break;
                }

                x = next;
            }

            sum += x * Math.Log(x + k + 1);
        }

        return sum;
    }

    [Fact]
    public static void A_bisection()
        => Check.Gradient(x => Bisect(x[0], x[1]), (x, d, s) => BisectBackward(x[0], x[1], ref d[0], ref d[1], s), [0.3, 2.5], [0.1, 1.7]);

    [Differentiable]
    internal static double Bisect(double low, double high)
    {
        double a = low, b = high;
        for (int i = 0; i < 6; i++)
        {
            double middle = 0.5 * (a + b);
            if (middle * middle > 1.3)
            {
                b = middle;
            }
            else
            {
                a = middle;
            }
        }

        return a * 2 + b;
    }

    [Fact]
    public static void An_exit_out_of_two_loops_by_a_flag()
        => Check.Gradient(x => Flagged(x), (x, d, s) => FlaggedBackward(x, d, s), [2, 5, 0.3], [1, 0.2, -1, 4], [0.1, 0.1]);

    [Differentiable]
    internal static double Flagged(ReadOnlySpan<double> x)
    {
        double y = 0;
        bool done = false;
        for (int i = 0; i < x.Length && !done; i++)
        {
            foreach (double v in x)
            {
                y += v * x[i];
                if (done = y > 3)
                    break;
                y *= 1.25;
            }

            y += Math.Sin(y);
        }

        return y;
    }

    [Fact]
    public static void An_infinite_loop_with_several_exits()
        => Check.Gradient(x => Endless(x[0]), (x, d, s) => EndlessBackward(x[0], ref d[0], s), [0.4], [1.5], [3], [-2]);

    [Differentiable]
    internal static double Endless(double a)
    {
        double y = a;
        for (int i = 0; ; i++)
        {
            if (i > 20)
                return y;
            y = y * 1.5 + a;
            if (y > 30)
            {
                y = Math.Log(y);
                break;
            }

            if (y < -30)
            {
                return y * y;
            }
        }

        return y * a;
    }
}
