namespace Backprop.Integration;

public static partial class Leaving
{
    [Fact]
    public static void A_throw_at_the_end()
    {
        Check.Gradient(x => Within(x[0], x[1]), (x, d, s) => WithinBackward(x[0], x[1], ref d[0], ref d[1], s), [0.5, 3], [1.5, 3]);
        double d = 0;
        Assert.Throws<ArgumentOutOfRangeException>(() => WithinBackward(5, 1, ref d, ref d));
        Check.Gradient(x => Sought(x, 2), (x, d, s) => SoughtBackward(x, 2, d, s), [1.0, 3, 5], [2.5, 1]);
        Assert.Throws<InvalidOperationException>(() => SoughtBackward([1, 1.5], 2, new double[2]));
    }

    [Differentiable]
    internal static double Within(double x, double y)
    {
        if (x < 1)
        {
            return x * y;
        }

        if (x < 2)
        {
            y *= x;
            return y * y;
        }

        throw new ArgumentOutOfRangeException(nameof(x));
    }

    [Differentiable]
    internal static double Sought(ReadOnlySpan<double> x, [NoGradient] double least)
    {
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] > least)
            {
                return x[i] * x[0];
            }
        }

        throw new InvalidOperationException();
    }

    [Fact]
    public static void A_throw_inside_a_loop()
    {
        Check.Gradient(x => Checked(x), (x, d, s) => CheckedBackward(x, d, s), [2, 5, 0.3], []);
        double[] d = new double[2];
        Assert.Equal("1", Assert.Throws<InvalidOperationException>(() => CheckedBackward([1, -1], d)).Message);
        Check.Gradient(x => Checked(x), (x, d, s) => CheckedBackward(x, d, s), [2, 5, 0.3]);
    }

    [Differentiable]
    internal static double Checked(ReadOnlySpan<double> x)
    {
        double y = 1;
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] < 0)
            {
                throw new InvalidOperationException($"{i}");
            }

            y = Math.Sqrt(y * x[i]) + y;
        }

        return y;
    }

    /// <summary>Found by GradFuzz: what is computed from a property that surely throws is not there.</summary>
    [Fact]
    public static void A_property_that_surely_throws()
    {
        (double d, Barred db) = (0, default);
        Assert.Throws<InvalidOperationException>(() => OfBarredBackward(2, default, ref d, ref db));
        Assert.Throws<InvalidOperationException>(() => OfEitherBackward(2, default, ref d, ref db));
        Assert.Throws<InvalidOperationException>(() => OfEitherBackward(-2, default, ref d, ref db));
        Assert.Throws<InvalidOperationException>(() => OfStructBackward(2, default, ref d, ref db, default));
        Assert.Throws<InvalidOperationException>(() => OfLoopBackward(2, 1, default, ref d, ref db));
        Assert.Equal((2, new Barred()), (OfLoopBackward(2, 0, default, ref d, ref db), db));
        Assert.Equal(1, d);
    }

    internal partial struct Barred
    {
        public double X;

        public readonly double Never => throw new InvalidOperationException();

        public readonly double Guarded
        {
            get
            {
                throw new InvalidOperationException();
            }
        }
    }

    [Differentiable]
    internal static double OfBarred(double x, Barred p) => p.Guarded * x;

    [Differentiable]
    internal static double OfEither(double x, Barred p) => (x > 0 ? p.Guarded : p.Never) * x;

    [Differentiable]
    internal static Barred OfStruct(double x, Barred p) => new() { X = x * p.Never };

    [Differentiable]
    internal static double OfLoop(double x, int n, Barred p)
    {
        for (int i = 0; i < n; i++)
        {
            x *= p.Never;
        }

        return x;
    }
}
