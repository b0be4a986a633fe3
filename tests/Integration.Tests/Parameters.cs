namespace Backprop.Integration;

/// <summary>How arguments go in and results come out.</summary>
public static partial class Parameters
{
    [Fact]
    public static void Arrays_that_may_be_missing()
    {
        Check.Gradient(x => Callers(x[0], x.Length > 1 ? x[1..] : null), (x, d, s) => CallersBackward(x[0], x.Length > 1 ? x[1..] : null, ref d[0], d.AsSpan(1), s), 1e-6, Check.Heap.UsedByTest, [3], [3, 2, 0.5]);
        (double value, (double dx, double[] dBias)) = BiasedGradient(3, null);
        Assert.Equal((9, 6), (value, dx));
        Assert.Empty(dBias);
        Assert.Throws<ArgumentException>(() => BiasedBackward(3, null, ref dx, new double[1]));
    }

    [Differentiable]
    internal static double Biased(double x, double[]? bias) => bias is null ? x * x : x * bias[0];

    [Differentiable]
    internal static double Scaled(double x, double[]? factors)
    {
        double y = x;
        if (factors != null)
        {
            for (int i = 0; i < factors.Length; i++)
            {
                y *= factors[i] + y;
            }
        }

        return y;
    }

    [Differentiable]
    internal static double Callers(double x, double[]? a) => Biased(x, a) * Scaled(x, null) * Biased(x, null) + Scaled(x, a);

    [Fact]
    public static void A_ref_parameter_is_input_and_output() => Check.InPlace(
        a => Step(ref a[0], a[1]),
        (a, d, s) =>
        {
            double dv = 0;
            double value = StepBackward(ref a[0], a[1], ref d[0], ref dv, s);
            d[1] += dv;
            return value;
        },
        [1, 2], [-0.5, 0.3]);

    [Differentiable]
    internal static double Step(ref double x, double v)
    {
        x = x * x * v;
        double y = Math.Sin(x);
        x += y * v;
        return y * x;
    }

    [Fact]
    public static void A_ref_parameter_that_is_written_on_one_side() => Check.InPlace(a => Maybe(ref a[0], ref a[1]), (a, d) => MaybeBackward(ref a[0], ref a[1], ref d[0], ref d[1]), [1, 2], [2, 1], [-1, 0.5]);

    [Differentiable]
    internal static void Maybe(ref double a, ref double b)
    {
        if (a > b)
        {
            (a, b) = (b, a);
            return;
        }

        for (int i = 0; i < 3; i++)
        {
            a = a * b + i;
            if (a > 3)
            {
                b *= a;
                return;
            }
        }
    }

    [Fact]
    public static void Ref_parameters_that_are_the_same_variable_are_refused()
    {
        double a = 1, da = 0, db = 0;
        ArgumentException error = Assert.Throws<ArgumentException>(() => MaybeBackward(ref a, ref a, ref da, ref db));
        Assert.Contains("'a'", error.Message, StringComparison.Ordinal);
        double b = 2;
        Assert.Throws<ArgumentException>(() => MaybeBackward(ref a, ref b, ref da, ref da));
        Assert.Equal(1, a);
    }

    [Fact]
    public static void Out_parameters()
    {
        Check.Gradient(
            x =>
            {
                double y = Outs(x[0], out double p, out double q, out int n);
                return y + 3 * p - 2 * q + n;
            },
            (x, d, s) =>
            {
                double y = OutsBackward(x[0], out double p, out double q, out int n, ref d[0], 3 * s, -2 * s, s);
                return y + 3 * p - 2 * q + n;
            },
            [1.5], [-0.5]);
    }

    [Differentiable]
    internal static double Outs(double a, out double square, out double other, out int count)
    {
        square = a * a;
        count = 2;
        if (a > 0)
        {
            other = square * a;
            square += other;
        }
        else
        {
            other = 5;
        }

        return square * other;
    }

    [Fact]
    public static void In_parameters() => Check.Gradient(x => Ins(in x[0], x[1]), (x, d, s) => InsBackward(in x[0], x[1], ref d[0], ref d[1], s), [1.5, 2]);

    [Differentiable]
    internal static double Ins(in double a, in double b) => a * b * b;

    [Fact]
    public static void In_parameters_of_the_friendly_form() => Assert.Equal((6, (4, 6)), InsGradient(1.5, 2));

    [Fact]
    public static void A_method_without_result() => Check.InPlace(
        a => Into(a[0], a.AsSpan(1)),
        (a, d) =>
        {
            double da = 0;
            IntoBackward(a[0], a.AsSpan(1), ref da, d.AsSpan(1));
            d[0] += da;
        },
        [1.5, 2, 3], [0.5, 1]);

    [Differentiable]
    internal static void Into(double a, Span<double> results)
    {
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = a * a * i + results[i] * Math.Sin(a);
        }
    }

    [Fact]
    public static void A_result_that_is_overwritten_gives_its_argument_nothing()
    {
        double[] r = [7, 8], dr = [1, 1];
        double da = 0;
        SetBackward(2, r, ref da, dr);
        Assert.Equal([4, 6], r);
        Assert.Equal([0, 0], dr);
        Assert.Equal(4 + 3, da);
    }

    [Differentiable]
    internal static void Set(double a, Span<double> results)
    {
        results[0] = a * a;
        results[1] = a * 3;
    }

    [Fact]
    public static void Accumulators_of_written_and_of_read_arrays()
    {
        double[] x = [2, 3], y = [5, 7], dx = [100, 200], dy = [1, 10];
        AddBackward(x, y, dx, dy);
        Assert.Equal([9, 16], y);
        Assert.Equal([1, 10], dy);
        Assert.Equal([104, 260], dx);
    }

    [Differentiable]
    internal static void Add(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] += x[i] * x[i];
        }
    }

    [Fact]
    public static void An_array_as_result()
    {
        double[] x = [1.5, 2], dx = new double[2];
        double[] result = PowersBackward(x, 2, dx, [1, 10, 100, 1000]);
        Assert.Equal(Powers(x, 2), result);
        Assert.Equal([1 + 2 * 1.5 * 100, 10 + 2 * 2 * 1000], dx);
        Assert.Equal("seed", Assert.Throws<ArgumentException>(() => PowersBackward(x, 2, dx, [1])).ParamName);
    }

    [Differentiable]
    internal static double[] Powers(ReadOnlySpan<double> x, int n)
    {
        double[] result = new double[x.Length * n];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = i < x.Length ? x[i] : result[i - x.Length] * x[i - x.Length];
        }

        return result;
    }

    [Fact]
    public static void A_result_without_derivative()
    {
        double[] a = [3, 4], d = [1, 1];
        Assert.Equal(1, NormalizeBackward(a, d));
        Assert.Equal([0.6, 0.8], a);
        Assert.Equal(0.2 - 0.6 * 1.4 / 5, d[0], 1e-12);
    }

    [Differentiable]
    internal static int Normalize(Span<double> a)
    {
        double sum = 0;
        foreach (double v in a)
        {
            sum += v * v;
        }

        if (sum == 0)
        {
            return 0;
        }

        sum = Math.Sqrt(sum);
        foreach (ref double v in a)
        {
            v /= sum;
        }

        return 1;
    }

    [Fact]
    public static void Accumulators_of_the_wrong_length_are_refused_before_any_work()
    {
        double[] x = [1, 2], y = [3, 4];
        Assert.Equal("dx", Assert.Throws<ArgumentException>(() => AddBackward(x, y, new double[3], new double[2])).ParamName);
        Assert.Equal("dy", Assert.Throws<ArgumentException>(() => AddBackward(x, y, new double[2], [])).ParamName);
        Assert.Equal([3, 4], y);
        Assert.Equal("da", Assert.Throws<ArgumentException>(() => MatrixBackward(new double[2, 3], new double[3, 2])).ParamName);
        Assert.Equal("da", Assert.Throws<ArgumentNullException>(() => MatrixBackward(new double[2, 3], null!)).ParamName);
        Assert.Equal("dRows", Assert.Throws<ArgumentException>(() => RowsBackward([[1], [2, 3]], [[1], [2]])).ParamName);
        Assert.Equal("dRows", Assert.Throws<ArgumentException>(() => RowsBackward([[1], [2, 3]], [[1]])).ParamName);
    }

    [Differentiable]
    internal static double Matrix(double[,] a) => a[0, 0] * a[1, 1];

    [Differentiable]
    internal static double Rows(double[][] rows) => rows[0][0] * rows[1][1];

    [Fact]
    public static void Memory_in_two_roles_is_refused()
    {
        double[] shared = [1, 2, 3, 4, 5], other = [1, 2], dx = new double[2], dy = new double[2];
        Assert.Throws<ArgumentException>(() => AddBackward(shared.AsSpan(0, 2), shared.AsSpan(1, 2), dx, dy));
        Assert.Equal("dx", Assert.Throws<ArgumentException>(() => AddBackward(other, dy, other, dx)).ParamName);
        Assert.Throws<ArgumentException>(() => AddBackward(other, shared.AsSpan(0, 2), dx, dx));
        Assert.Equal([1, 2, 3, 4, 5], shared);
        double[][] rows = [[1], [2, 3]];
        Assert.Throws<ArgumentException>(() => RowsBackward(rows, rows));
        double[,] a = new double[2, 2];
        Assert.Throws<ArgumentException>(() => MatrixBackward(a, a));
        AddBackward(shared.AsSpan(0, 2), shared.AsSpan(2, 2), dx, dy);
        Assert.Equal(4, shared[2]);
    }

    [Fact]
    public static void The_friendly_form()
    {
        (double value, (double[] weights, double bias) gradient) = LossGradient([1, 2], 0.5, [3, 4], 10);
        Assert.Equal(Loss([1, 2], 0.5, [3, 4], 10), value);
        var again = LossGradient([1, 2], 0.5, [3, 4], 10);
        Assert.Equal(gradient.weights, again.Gradient.weights);
        Assert.NotSame(gradient.weights, again.Gradient.weights);
        Assert.Equal(gradient.bias, again.Gradient.bias);
        Assert.Equal([2 * 1.5 * 3, 2 * 1.5 * 4], gradient.weights);
        Assert.Equal(3, gradient.bias);
        Assert.Equal((9.0, 6.0), SquareGradient(3));
        Assert.Equal([2, 4], SumGradient([1, 2]).Gradient);
    }

    [Differentiable]
    public static double Loss(double[] weights, double bias, [NoGradient] ReadOnlySpan<double> x, int target)
    {
        double y = bias - target;
        for (int i = 0; i < weights.Length; i++)
        {
            y += weights[i] * x[i];
        }

        return y * y;
    }

    [Differentiable]
    public static double Square(double a) => a * a;

    [Differentiable]
    public static double Sum(ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (double v in x)
        {
            sum += v * v;
        }

        return sum;
    }

    [Fact]
    public static void The_seed_is_one_unless_given()
    {
        double da = 0;
        SquareBackward(3, ref da);
        Assert.Equal(6, da);
        SquareBackward(3, ref da, seed: 0.5);
        Assert.Equal(9, da);
    }

    [Fact]
    public static void A_call_from_inside_an_exception_handler_and_from_many_threads()
    {
        double[] results = new double[64];
        Parallel.For(0, results.Length, i =>
        {
            double[] d = new double[i];
            for (int k = 0; k < 20; k++)
            {
                Array.Clear(d);
                results[i] = SumBackward([.. Enumerable.Range(0, i).Select(v => (double)v)], d);
            }

            Assert.Equal(Enumerable.Range(0, i).Select(v => 2.0 * v), d);
        });
        Assert.Equal(Enumerable.Range(0, 64).Select(i => (double)Enumerable.Range(0, i).Sum(v => v * v)), results);
    }
}
