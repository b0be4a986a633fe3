namespace Backprop.Integration.Contract;

/// <summary>Section 2 of docs/emitted-members.md: what every emitted method promises.</summary>
public static partial class PromisesTests
{
    [Differentiable]
    private static double Recording(ReadOnlySpan<double> x, double w)
    {
        double y = w;
        double[] kept = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] < 0)
            {
                throw new InvalidOperationException("negative");
            }

            y = Math.Sin(y) * x[i];
            kept[i] = y * y;
        }

        double sum = 0;
        foreach (double k in kept)
        {
            sum += k * y;
        }

        return sum;
    }

    [Fact]
    public static void The_value_is_the_primals_and_nothing_is_allocated() => Check.Gradient(
        x => Recording(x.AsSpan(0, 3), x[3]),
        (x, dx, seed) => RecordingBackward(x.AsSpan(0, 3), x[3], dx.AsSpan(0, 3), ref dx[3], seed),
        [0.5, 1.5, 2, 0.7],
        [0.2, 3, 0.1, -2]);

    [Fact]
    public static void The_friendly_form_starts_from_zero()
    {
        var (value, gradient) = RecordingGradient([0.5, 1.5], 0.7);
        var again = RecordingGradient([0.5, 1.5], 0.7);
        Assert.Equal(value, again.Value);
        Assert.Equal(gradient.x, again.Gradient.x);
        Assert.Equal(gradient.w, again.Gradient.w);
    }

    [Fact]
    public static void An_exception_of_the_primal_comes_out_unchanged_and_the_next_call_works()
    {
        double[] dx = new double[2];
        double dw = 0;
        var (value, expected) = RecordingGradient([0.5, 1.5], 0.7);
        for (int i = 0; i < 3; i++)
        {
            InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => RecordingBackward([0.5, -1], 0.7, dx, ref dw));
            Assert.Equal("negative", thrown.Message);
            Assert.Equal((0, 0, 0), (dx[0], dx[1], dw));
        }

        Assert.Equal(value, RecordingBackward([0.5, 1.5], 0.7, dx, ref dw));
        Assert.Equal(expected.x, dx);
        Assert.Equal(expected.w, dw);
    }

    /// <summary>A sum is run forward and backward in one go only where nothing that throws follows.</summary>
    [Theory]
    [InlineData(0.5, 4, 1)]
    [InlineData(0.5, 1, 5)]
    [InlineData(2.0, 1, 1)]
    public static void Where_the_method_throws_the_accumulators_stay_as_they_were(double first, double second, double scale)
    {
        double[] dx = [3, 4];
        double scaled = scale, dScale = 5;
        Assert.Throws<InvalidOperationException>(() => GuardedBackward([first, second], ref scaled, dx, ref dScale));
        Assert.Equal((3, 4, 5), (dx[0], dx[1], dScale));
    }

    [Fact]
    public static void Guards_between_sums_and_after_them() => Check.Gradient(
        x =>
        {
            double scale = x[2];
            return Guarded(x.AsSpan(0, 2), ref scale);
        },
        (x, dx, seed) =>
        {
            double scale = x[2], dScale = 0;
            double value = GuardedBackward(x.AsSpan(0, 2), ref scale, dx.AsSpan(0, 2), ref dScale, seed);
            dx[2] += dScale;
            return value;
        },
        [0.5, 1.5, 2],
        [0.2, 1, -1]);

    [Differentiable]
    private static double Guarded(ReadOnlySpan<double> x, ref double scale)
    {
        double sum = 0;
        foreach (double item in x)
        {
            if (item > 3)
            {
                throw new InvalidOperationException("large");
            }

            sum += item * item;
        }

        if (x[0] > 1)
        {
            throw new InvalidOperationException("large at first");
        }

        scale *= 2;
        if (scale > 8)
        {
            throw new InvalidOperationException("too much");
        }

        foreach (double item in x)
        {
            sum += item * scale;
        }

        return sum;
    }

    [Fact]
    public static void It_may_be_called_while_it_runs()
    {
        double value = NestedBackward(0.7, [0.5, 1.5], ref nested[0], new double[2]);
        Assert.Equal(Nested(0.7, [0.5, 1.5]), value);
        var (_, plain) = RecordingGradient([0.5, 1.5], 0.7);
        Assert.Equal(plain.w, nested[0], 1e-12);
    }

    private static readonly double[] nested = new double[1];

    [Differentiable]
    private static double Nested(double w, ReadOnlySpan<double> x)
    {
        double y = w;
        for (int i = 0; i < 2; i++)
        {
            y = ByHand(y, x) * 0.5 + y * 0.5 - ByHand(y, x) * 0.5 + y * 0.5;
        }

        return Recording(x, y);
    }

    [Pullback(nameof(ByHandPullback))]
    private static double ByHand(double y, ReadOnlySpan<double> x) => Recording(x, y);

    // A pullback that runs a whole backward pass of its own, in the middle of another.
    private static void ByHandPullback(double y, ReadOnlySpan<double> x, double value, ref double dy, Span<double> dx, double seed)
        => RecordingBackward(x, y, dx, ref dy, seed);

    [Differentiable]
    private static double Checked(double[] a, ReadOnlySpan<double> b, double[,] c, double[][] d, ref double e)
    {
        a[0] *= b[0];
        e *= c[0, 0];
        return a[0] * e * d[0][0];
    }

    [Theory]
    [InlineData("da", 1, 2, 2, 2)]
    [InlineData("db", 2, 3, 2, 2)]
    [InlineData("dc", 2, 2, 1, 2)]
    [InlineData("dd", 2, 2, 2, 1)]
    public static void An_accumulator_of_another_shape_is_named_before_any_work(string name, int da, int db, int dc, int dd)
    {
        double[] a = [2, 3];
        double e = 1, de = 0;
        ArgumentException thrown = Assert.Throws<ArgumentException>(()
            => CheckedBackward(a, [2, 3], new double[2, 2], [[1, 2]], ref e, new double[da], new double[db], new double[dc, 2], [new double[dd]], ref de));
        Assert.Equal(name, thrown.ParamName);
        Assert.Equal([2, 3], a);
    }

    [Fact]
    public static void An_accumulator_that_is_memory_of_another_role_is_named_before_any_work()
    {
        double[] a = [2, 3], b = [2, 3];
        double e = 1, de = 0;
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => CheckedBackward(a, b, new double[2, 2], [[1, 2]], ref e, a, new double[2], new double[2, 2], [new double[2]], ref de));
        Assert.Equal("da", thrown.ParamName);
        thrown = Assert.Throws<ArgumentException>(() => CheckedBackward(a, b, new double[2, 2], [[1, 2]], ref e, new double[2], a.AsSpan(), new double[2, 2], [new double[2]], ref de));
        Assert.Equal("db", thrown.ParamName);
        Assert.Throws<ArgumentException>(() => CheckedBackward(a, b, new double[2, 2], [[1, 2]], ref e, new double[2], new double[2], new double[2, 2], [new double[2]], ref e));
        Assert.Equal([2, 3], a);
        Assert.Equal(1, e);
    }

    [Differentiable]
    private static double Kinked(double x, double y) => Math.Abs(x) + 10 * Math.Max(x, y) + 100 * Math.Min(x, y) + 1000 * Math.Clamp(x, -1, 1);

    [Theory]
    [InlineData(0, 5, 0 + 100 + 1000, 10)]
    [InlineData(1, 1, 1 + 10 + 100 + 1000, 0)]
    [InlineData(-1, -2, -1 + 10 + 1000, 100)]
    [InlineData(1.5, 2, 1 + 100, 10)]
    public static void Kinks_follow_the_branch_that_ran(double x, double y, double expectedX, double expectedY)
    {
        var (_, gradient) = KinkedGradient(x, y);
        Assert.Equal((expectedX, expectedY), (gradient.x, gradient.y));
    }
}
