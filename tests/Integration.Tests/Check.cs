namespace Backprop.Integration;

/// <summary>The invariants that hold for every differentiable method.</summary>
internal static class Check
{
    /// <summary>The user's method, its arguments laid out in one vector.</summary>
    internal delegate double Primal(double[] x);

    /// <summary>The emitted method on the same layout: adds to <paramref name="dx"/>, returns the value.</summary>
    internal delegate double Backward(double[] x, double[] dx, double seed);

    /// <summary>Whether the second call may allocate: only where the test itself copies arguments.</summary>
    internal enum Heap { Untouched, UsedByTest }

    /// <summary>
    /// Value equal bit for bit; gradient equal to central differences; accumulation; linearity in the seed; the same bits twice and from four threads at
    /// once; no allocation from the second call on.
    /// </summary>
    internal static void Gradient(Primal primal, Backward backward, params double[][] points)
        => Gradient(primal, backward, 1e-6, Heap.Untouched, points);

    internal static void Gradient(Primal primal, Backward backward, double tolerance, Heap heap, params double[][] points)
    {
        Assert.NotEmpty(points);
        foreach (double[] x in points)
        {
            double[] gradient = GradientAt(primal, backward, x);
            Differences(primal, x, gradient, tolerance);
            Accumulates(backward, x, gradient);
            IsLinearInSeed(backward, x, gradient);
            Repeats(backward, x, gradient);
            if (heap == Heap.Untouched)
            {
                Allocates(backward, x);
            }
        }
    }

    /// <summary>The same for methods that compute in <c>float</c>: no number of theirs is more exact than that.</summary>
    internal static void Single(Primal primal, Backward backward, params double[][] points)
    {
        foreach (double[] x in points)
        {
            double[] gradient = GradientAt(primal, backward, x);
            Differences(primal, x, gradient, 2e-3);
            Accumulates(backward, x, gradient, 1e-5);
            IsLinearInSeed(backward, x, gradient, 1e-5);
            Repeats(backward, x, gradient);
            Allocates(backward, x);
        }
    }

    /// <summary>A method that writes its argument: what it leaves is weighted into one number. The accumulator of the argument holds the
    /// weights on entry and the gradient on return.</summary>
    internal static void InPlace(Action<double[]> primal, Action<double[], double[]> backward, params double[][] points) => InPlace(
        a =>
        {
            primal(a);
            return 0;
        },
        (a, da, _) =>
        {
            backward(a, da);
            return 0;
        },
        points);

    /// <summary>The same for a method that also returns a number.</summary>
    internal static void InPlace(Primal primal, Backward backward, params double[][] points)
    {
        foreach (double[] x in points)
        {
            double[] expected = [.. x], left = [.. x];
            primal(expected);
            backward(left, new double[x.Length], 1);
            Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits), left.Select(BitConverter.DoubleToInt64Bits));
            Allocates(backward, x);
        }

        Gradient(
            x =>
            {
                double[] a = [.. x];
                double value = primal(a);
                return value + Weighted(a);
            },
            (x, dx, seed) =>
            {
                double[] a = [.. x];
                double[] da = [.. x.Select((_, i) => seed * Weight(i))];
                double value = backward(a, da, seed);
                for (int i = 0; i < dx.Length; i++)
                {
                    dx[i] += da[i];
                }

                return value + Weighted(a);
            },
            1e-6,
            Heap.UsedByTest,
            points);
    }

    /// <summary>The gradient is that of a formula which somebody else derived.</summary>
    internal static void Formula(Backward backward, double[] x, double[] expected)
    {
        double[] gradient = new double[x.Length];
        backward([.. x], gradient, 1);
        Assert.Equal(expected.Length, gradient.Length);
        Close(expected, gradient, "The gradient is not that of the formula", 1e-11);
    }

    private static double Weight(int i) => Math.Cos(1 + i);

    private static double Weighted(double[] a) => a.Select((value, i) => Weight(i) * value).Sum();

    /// <summary>All but the comparison with differences: for kinks, where the slope is a convention, it must be <paramref name="expected"/>.</summary>
    internal static void Slope(Primal primal, Backward backward, double[] x, params double[] expected)
    {
        double[] gradient = GradientAt(primal, backward, x);
        Assert.Equal(expected, gradient);
        Repeats(backward, x, gradient);
    }

    private static double[] GradientAt(Primal primal, Backward backward, double[] x)
    {
        double[] before = [.. x];
        double[] gradient = new double[x.Length];
        double value = backward(x, gradient, 1);
        Assert.Equal(BitConverter.DoubleToInt64Bits(primal(before)), BitConverter.DoubleToInt64Bits(value));
        return gradient;
    }

    private static void Differences(Primal primal, double[] x, double[] gradient, double tolerance)
    {
        double size = Math.Max(1, gradient.Select(Math.Abs).DefaultIfEmpty().Max());
        for (int i = 0; i < x.Length; i++)
        {
            double error = double.PositiveInfinity, closest = double.NaN;
            for (double step = 1e-2; step > 1e-7; step /= 4)
            {
                double difference = Difference(primal, x, i, step * Math.Max(1, Math.Abs(x[i])));
                if (Math.Abs(difference - gradient[i]) < error)
                {
                    (error, closest) = (Math.Abs(difference - gradient[i]), difference);
                }
            }

            Assert.True(error <= tolerance * size, $"Entry {i} at ({string.Join(", ", x)}): the gradient is {gradient[i]}, differences give {closest}.");
        }
    }

    private static double Difference(Primal primal, double[] x, int i, double h)
    {
        double[] moved = [.. x];
        double At(double offset)
        {
            moved = [.. x];
            moved[i] = x[i] + offset;
            return primal(moved);
        }

        return (8 * (At(h) - At(-h)) - (At(2 * h) - At(-2 * h))) / (12 * h);
    }

    private static void Accumulates(Backward backward, double[] x, double[] gradient, double precision = 1e-11)
    {
        double[] sum = [.. Enumerable.Range(0, x.Length).Select(i => 0.5 + i)];
        backward([.. x], sum, 1);
        Close([.. gradient.Select((g, i) => 0.5 + i + g)], sum, "Gradients do not accumulate", precision);
    }

    private static void IsLinearInSeed(Backward backward, double[] x, double[] gradient, double precision = 1e-11)
    {
        foreach (double seed in new[] { 0.0, 2.0, -3.5 })
        {
            double[] scaled = new double[x.Length];
            backward([.. x], scaled, seed);
            Close([.. gradient.Select(g => seed * g)], scaled, $"The gradient is not linear in the seed ({seed})", precision);
        }
    }

    private static void Repeats(Backward backward, double[] x, double[] gradient)
    {
        double[][] again = new double[4][];
        Parallel.For(0, again.Length, k =>
        {
            for (int repeat = 0; repeat < 5; repeat++)
            {
                again[k] = new double[x.Length];
                backward([.. x], again[k], 1);
            }
        });
        Assert.All(again, other => Assert.Equal(gradient.Select(BitConverter.DoubleToInt64Bits), other.Select(BitConverter.DoubleToInt64Bits)));
    }

    private static void Allocates(Backward backward, double[] x)
    {
        double[] copy = [.. x], gradient = new double[x.Length];
        backward(copy, gradient, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        backward(copy, gradient, 1);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Close(double[] expected, double[] actual, string what, double precision)
    {
        double size = Math.Max(1, expected.Select(Math.Abs).DefaultIfEmpty().Max());
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= precision * size || (double.IsNaN(expected[i]) && double.IsNaN(actual[i])), $"{what}: entry {i} is {actual[i]}, expected {expected[i]}.");
        }
    }
}
