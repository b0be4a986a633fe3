namespace Backprop.Integration;

/// <summary>Numbers of several types, and values that carry no derivative.</summary>
public static partial class Mixed
{
    [Flags]
    internal enum Mode : byte { None, Negative = 1, Double = 2 }

    [Fact]
    public static void Single_precision()
        => Check.Single(x => Single((float)x[0], (float)x[1]), (x, d, s) =>
        {
            float da = (float)d[0], db = (float)d[1];
            float value = SingleBackward((float)x[0], (float)x[1], ref da, ref db, (float)s);
            (d[0], d[1]) = (da, db);
            return value;
        }, [1.5, 2], [-0.5, 0.25]);

    [Differentiable]
    internal static float Single(float a, float b)
    {
        float y = a * b + MathF.Sin(a) / (1 + b * b);
        y -= MathF.Exp(-y * y) * float.Hypot(a, b);
        return MathF.Sqrt(1 + y * y) * 2 + float.Pi * a;
    }

    [Fact]
    public static void Float_and_double_in_one_expression()
        => Check.Single(x => Both((float)x[0], x[1]), (x, d, s) =>
        {
            float da = (float)d[0];
            double value = BothBackward((float)x[0], x[1], ref da, ref d[1], s);
            d[0] = da;
            return value;
        }, [1.5, 2], [-0.5, 0.25]);

    [Differentiable]
    internal static double Both(float a, double b)
    {
        double wide = a * b + a;
        float narrow = (float)(wide * b);
        narrow *= a;
        narrow += (float)b;
        wide += narrow * narrow;
        wide = Math.Sqrt(1 + wide * wide) + MathF.Tanh(narrow) + (float)wide;
        return wide * 0.5f;
    }

    [Fact]
    public static void A_compound_assignment_narrows_as_the_primal_does()
    {
        float a = 0.1f, da = 0, db = 0;
        Assert.Equal(Narrowing(a, 3), NarrowingBackward(a, 3, ref da, ref db));
        Assert.Equal(3.3, da, 1e-5);
    }

    [Differentiable]
    internal static float Narrowing(float a, float b)
    {
        float y = a;
        y *= (float)1.1;
        double d = y;
        y = (float)(d * b);
        return y;
    }

    [Fact]
    public static void Arrays_of_float()
        => Check.Single(x => Floats([.. x.Select(v => (float)v)]), (x, d, s) =>
        {
            Span<float> a = stackalloc float[8], da = stackalloc float[8];
            for (int i = 0; i < x.Length; i++)
            {
                (a[i], da[i]) = ((float)x[i], (float)d[i]);
            }

            double value = FloatsBackward(a[..x.Length], da[..x.Length], s);
            for (int i = 0; i < x.Length; i++)
            {
                d[i] = da[i];
            }

            return value;
        }, [1, 2, 3], [0.5, -1]);

    [Differentiable]
    internal static double Floats(ReadOnlySpan<float> a)
    {
        double sum = 0;
        float last = 0;
        foreach (float v in a)
        {
            sum += v * (double)v + last;
            last = v * last + 1;
        }

        foreach (double v in a)
        {
            sum *= 1 + v * 0.125;
        }

        return sum;
    }

    [Fact]
    public static void Integers_follow_their_own_rules()
    {
        foreach (int n in new[] { -7, -1, 0, 1, 5, 1000 })
        {
            Check.Gradient(x => Integers(x[0], n, 3), (x, d, s) => IntegersBackward(x[0], n, 3, ref d[0], s), [1.5], [-2]);
        }
    }

    [Differentiable]
    internal static double Integers(double a, int n, long m)
    {
        int quotient = n / 3, rest = n % 3;
        int shifted = n << 5 >> 2 >>> 1;
        byte small = (byte)n;
        sbyte signed = (sbyte)(n * 77);
        ushort word = (ushort)(n ^ 0xFFF);
        ulong big = (ulong)(m << 40) | 7UL;
        int wrapped = unchecked(n * 1_000_003 * 1_000_003);
        bool even = (n & 1) == 0;
        char c = (char)('a' + (rest + 3));
        double y = a * quotient + rest * a * a + shifted % 100 * a;
        y += small * a - signed * a + word / (double)7 * a + big % 13 * a + wrapped % 10 * a + ~n % 5 * a;
        y += even ? a : -a;
        return y * (c - 'a') * (n > m ? 2 : 1) + (-n - +n) * a;
    }

    [Fact]
    public static void Checked_arithmetic_throws_as_the_primal_does()
    {
        double da = 0;
        Assert.Equal(12, OverflowingBackward(2, 3, ref da));
        Assert.Equal(6, da);
        Assert.Throws<OverflowException>(() => OverflowingBackward(2, int.MaxValue, ref da));
        Assert.Equal(6, da);
        Assert.Throws<OverflowException>(() => OverflowingBackward(1e300, 1, ref da));
        Assert.Throws<DivideByZeroException>(() => OverflowingBackward(2, 0, ref da));
    }

    [Differentiable]
    internal static double Overflowing(double a, int n)
    {
        int twice = checked(n * 2);
        int whole = checked((int)a);
        int part = 12 / n;
        return a * twice + (whole - whole) + (part - part);
    }

    [Fact]
    public static void Enums_and_flags()
    {
        foreach (Mode mode in new[] { Mode.None, Mode.Negative, Mode.Double, Mode.Negative | Mode.Double })
        {
            Check.Gradient(x => Modal(x[0], mode), (x, d, s) => ModalBackward(x[0], mode, ref d[0], s), [1.5]);
        }
    }

    [Differentiable]
    internal static double Modal(double a, Mode mode)
    {
        double y = (mode & Mode.Negative) != 0 ? -a : a * a;
        Mode rest = mode & ~Mode.Negative;
        if (rest == Mode.Double)
        {
            y *= 2 * a;
        }

        return y + (int)mode * a;
    }

    [Fact]
    public static void A_cast_to_an_integer_has_slope_zero()
        => Check.Gradient(x => Whole(x[0]), (x, d, s) => WholeBackward(x[0], ref d[0], s), [1.53], [-2.25]);

    [Differentiable]
    internal static double Whole(double a)
    {
        int n = (int)a;
        long m = (long)(a * 10);
        return a * n + m * a * a;
    }

    [Fact]
    public static void Stopped_gradients()
    {
        Check.Slope(x => Stopped(x[0], x[1]), (x, d, s) => StoppedBackward(x[0], x[1], ref d[0], ref d[1], s), [3, 2], 6 + 2, 3);
        Check.Slope(x => Residue(x[0]), (x, d, s) => ResidueBackward(x[0], ref d[0], s), [3], 1);
    }

    [Differentiable]
    internal static double Stopped(double a, double b)
    {
        double frozen = Gradient.Stop(a * b);
        return frozen * a + a * b;
    }

    [Differentiable]
    internal static double Residue(double a) => a + Gradient.Stop(Math.Round(a) - a + Gradient.Stop(a));

    [Fact]
    public static void Parameters_without_gradient()
            {
        double[] weights = [1, 2];
        Check.Gradient(x => Frozen(x[0], 2, weights), (x, d, s) => FrozenBackward(x[0], 2, weights, ref d[0], s), [1.5]);
    }

    [Differentiable]
    internal static double Frozen(double a, [NoGradient] double scale, [NoGradient] ReadOnlySpan<double> weights)
    {
        double y = a * scale;
        for (int i = 0; i < weights.Length; i++)
        {
            y = Math.Sin(y) * weights[i] + scale * y;
        }

        scale = y * a;
        return scale;
    }

    [Fact]
    public static void Methods_without_derivative_on_inactive_values()
        => Check.Gradient(x => Calls(x[0], 3, "abc"), (x, d, s) => CallsBackward(x[0], 3, "abc", ref d[0], s), [1.5]);

    [Differentiable]
    internal static double Calls(double a, int n, string text)
    {
        double factor = Lookup(n) + Math.BitIncrement(2.0);
        int length = text.Length + text.IndexOf('c', StringComparison.Ordinal);
        return a * a * factor + length * a;
    }

    private static double Lookup(int n) => n * 0.5;

    [Fact]
    public static void Several_names_of_half_precision_as_storage()
    {
        Half[] stored = [(Half)0.5, (Half)2];
        Check.Gradient(x => Stored(x[0], stored), (x, d, s) => StoredBackward(x[0], stored, ref d[0], s), [1.5]);
    }

    [Differentiable]
    internal static double Stored(double a, [NoGradient] Half[] weights) => a * (double)weights[0] + a * a * (float)weights[1];
}
