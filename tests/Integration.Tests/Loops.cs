namespace Backprop.Integration;

/// <summary>Loops that run to their end.</summary>
public static partial class Loops
{
    [Fact]
    public static void No_trip_one_two_and_many()
    {
        foreach (int n in new[] { -3, 0, 1, 2, 3, 50 })
        {
            Check.Gradient(x => Count(x[0], x[1], n), (x, d, s) => CountBackward(x[0], x[1], n, ref d[0], ref d[1], s), [0.9, 0.4], [-1.1, 0.3]);
        }
    }

    [Differentiable]
    internal static double Count(double a, double b, int n)
    {
        double y = a;
        for (int i = 0; i < n; i++)
        {
            y = Math.Sin(y) * a + b * i;
        }

        return y * y;
    }

    [Fact]
    public static void A_bound_that_depends_on_data()
        => Check.Gradient(x => Bound(x[0], x[1]), (x, d, s) => BoundBackward(x[0], x[1], ref d[0], ref d[1], s), [0.5, 0.4], [3.5, 0.3], [-2.5, 1], [7.3, 0.2]);

    [Differentiable]
    internal static double Bound(double a, double b)
    {
        double y = b;
        for (int i = 0; i < (int)a; i++)
        {
            y += Math.Exp(-y) * a;
        }

        for (double t = 0; t < a; t += 1.25)
        {
            y *= 1 + 0.125 * b;
        }

        return y;
    }

    [Fact]
    public static void Steps_of_every_size_and_direction()
    {
        foreach (int n in new[] { 0, 1, 2, 3, 4, 5, 12, 13 })
        {
            Check.Gradient(x => Strides(x[0], n), (x, d, s) => StridesBackward(x[0], n, ref d[0], s), [0.9], [-0.4]);
        }
    }

    [Differentiable]
    internal static double Strides(double a, int n)
    {
        double y = a;
        for (int i = 0; i < n; i += 2)
        {
            y = Math.Sin(y + i) * a;
        }

        for (int i = n; i > 0; i -= 3)
        {
            y = y * a * 0.25 + i * 0.125;
        }

        for (int i = n - 1; i >= 0; i--)
        {
            y = Math.Cos(y + i);
        }

        for (int i = 1; i <= n; i += 3)
        {
            y = y / (i + a * a);
        }

        for (int i = -n; i != n; i++)
        {
            y += i * a * y * 0.0625;
        }

        for (int i = n; i >= -n; i -= 2)
        {
            y -= Math.Tanh(y * 0.5) * i;
        }

        return y;
    }

    [Fact]
    public static void A_step_and_a_bound_that_change_inside()
        => Check.Gradient(x => Growing(x[0], 20), (x, d, s) => GrowingBackward(x[0], 20, ref d[0], s), [0.9], [-0.4]);

    [Differentiable]
    internal static double Growing(double a, int n)
    {
        double y = a;
        int step = 1;
        for (int i = 0; i < n; i += step)
        {
            y = Math.Sin(y) + a * i * step;
            step++;
            if (y > 4)
            {
                n--;
                i++;
            }
        }

        return y * n;
    }

    [Fact]
    public static void Counters_of_every_type()
        => Check.Gradient(x => Counters(x[0], 5), (x, d, s) => CountersBackward(x[0], 5, ref d[0], s), [0.9], [-0.4]);

    [Differentiable]
    internal static double Counters(double a, byte n)
    {
        double y = a;
        for (byte i = 0; i < n; i++)
        {
            y = Math.Sin(y) * (i + 1);
        }

        for (long i = 3_000_000_000; i < 3_000_000_000 + n; i++)
        {
            y = Math.Cos(y) + i % 7 * a;
        }

        for (uint i = n; i > 0; i--)
        {
            y *= a + i;
        }

        for (char c = 'a'; c <= 'e'; c++)
        {
            y += Math.Sin(y) * (c - 'a');
        }

        for (float t = 0; t < 1; t += 0.25f)
        {
            y += Math.Sin(y) * t * a;
        }

        return y;
    }

    [Fact]
    public static void Two_counters_in_one_loop()
        => Check.Gradient(x => Pair(x, 5), (x, d, s) => PairBackward(x, 5, d, s), [0.9, 0.1, 0.4, -1, 2]);

    [Differentiable]
    internal static double Pair(ReadOnlySpan<double> a, int n)
    {
        double y = 0;
        for (int i = 0, j = n - 1; i < j; i++, j--)
        {
            y = y * a[i] + a[j] * a[i];
        }

        return y;
    }

    [Fact]
    public static void While_and_do()
        => Check.Gradient(x => Whiles(x[0], x[1]), (x, d, s) => WhilesBackward(x[0], x[1], ref d[0], ref d[1], s), [0.3, 5], [30, 0.2], [200, 3]);

    [Differentiable]
    internal static double Whiles(double a, double b)
    {
        double t = a, y = b;
        while (t > 1)
        {
            t = t * 0.5;
            y += Math.Sqrt(t) * b;
        }

        do
        {
            y = y * 0.75 + t * Math.Log(1 + y * y);
            t += 0.3;
        }
        while (t < 1.1);
        return y * t;
    }

    [Fact]
    public static void A_condition_with_an_assignment()
        => Check.Gradient(x => Conditions(x[0]), (x, d, s) => ConditionsBackward(x[0], ref d[0], s), [0.3], [30], [200]);

    [Differentiable]
    internal static double Conditions(double a)
    {
        double y = 1, t = a;
        int k = 0;
        while ((t = t * 0.5) > 1 && k++ < 5)
        {
            y += Math.Sqrt(t) / y;
        }

        int n = 4;
        while (n-- > 0)
        {
            y = Math.Sin(y + a) + n;
        }

        return y * t;
    }

    [Fact]
    public static void A_product_from_one_and_a_sum_from_the_input()
        => Check.Gradient(x => Products(x), (x, d, s) => ProductsBackward(x, d, s), [0.5, -2, 3], [0, 2, 3], [0, 0, 3], []);

    [Differentiable]
    internal static double Products(ReadOnlySpan<double> x)
    {
        double product = 1, sum = x.Length > 0 ? x[0] : 5;
        foreach (double v in x)
        {
            product *= v;
            sum += v * product;
        }

        return product + sum;
    }

    [Fact]
    public static void Horner()
        => Check.Gradient(x => Polynomial(x.AsSpan(1), x[0]), (x, d, s) => PolynomialBackward(x.AsSpan(1), x[0], d.AsSpan(1), ref d[0], s), [0.5, -2, 3, 0.5, 1], [2]);

    [Differentiable]
    internal static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        double y = 0;
        for (int i = coefficients.Length - 1; i >= 0; --i)
        {
            y = y * x + coefficients[i];
        }

        return y;
    }

    [Fact]
    public static void Two_variables_that_feed_each_other()
        => Check.Gradient(x => Recurrence(x[0], x[1]), (x, d, s) => RecurrenceBackward(x[0], x[1], ref d[0], ref d[1], s), [0.5, 0.2], [-1, 0.7]);

    [Differentiable]
    internal static double Recurrence(double p, double q)
    {
        double x = 1, v = 0.5;
        for (int i = 0; i < 30; i++)
        {
            double a = -p * Math.Sin(x) - q * v * v;
            v += 0.1 * a;
            x += 0.1 * v;
        }

        return x * x + v;
    }

    [Fact]
    public static void Triangles()
        => Check.Gradient(x => Triangle(x), (x, d, s) => TriangleBackward(x, d, s), [0.5, -2, 3, 0.5, 1], [2], [], [1, 2]);

    [Differentiable]
    internal static double Triangle(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                sum += Math.Exp(-Math.Abs(x[i] - x[j])) * x[j];
            }

            for (int j = i; j < x.Length; j += 2)
            {
                sum = sum * 0.9 + x[i] * x[j];
            }
        }

        return sum;
    }

    [Fact]
    public static void A_running_maximum()
        => Check.Gradient(x => Largest(x), (x, d, s) => LargestBackward(x, d, s), [0.5, -2, 3, 0.5, 1], [2, 1], [1, 2, 3], [3]);

    [Differentiable]
    internal static double Largest(ReadOnlySpan<double> x)
    {
        double best = double.NegativeInfinity, sum = 0;
        int at = -1;
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] > best)
            {
                best = x[i];
                at = i;
            }

            sum += best * best;
        }

        return sum + Math.Sqrt(best + 5) * (at + 1);
    }

    [Fact]
    public static void A_variable_from_before_the_loop_used_after_it()
        => Check.Gradient(x => Around(x[0], x[1]), (x, d, s) => AroundBackward(x[0], x[1], ref d[0], ref d[1], s), [0.5, 0.2], [-1, 0.7]);

    [Differentiable]
    internal static double Around(double a, double b)
    {
        double before = Math.Exp(a), copy = b, sum = 0;
        for (int i = 0; i < 5; i++)
        {
            copy = Math.Sin(copy * before);
            sum += copy;
        }

        return sum * before + copy * b;
    }

    [Fact]
    public static void Empty_bodies_and_idle_loops()
        => Check.Gradient(x => Empty(x[0], 4), (x, d, s) => EmptyBackward(x[0], 4, ref d[0], s), [0.5], [-1]);

    [Differentiable]
    internal static double Empty(double a, int n)
    {
        int i;
        for (i = 0; i < n; i++)
        {
        }

        double idle = a;
        for (int j = 0; j < n; j++)
        {
            idle *= idle;
        }

        for (int j = 0; j < n; j++) ;
        return a * a * i;
    }

    [Fact]
    public static void Two_loops_that_share_a_variable()
        => Check.Gradient(x => Shared(x[0], x[1], 4), (x, d, s) => SharedBackward(x[0], x[1], 4, ref d[0], ref d[1], s), [0.5, 0.3], [-1, 2]);

    [Differentiable]
    internal static double Shared(double a, double b, int n)
    {
        double y = a;
        int i = 0;
        for (; i < n; i++)
        {
            y = Math.Sin(y) + b * y;
        }

        for (; i < 2 * n; i++)
        {
            y = y * Math.Cos(y) + a * i;
        }

        return y * b;
    }
}
