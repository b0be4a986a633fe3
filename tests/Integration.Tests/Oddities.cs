using System.Diagnostics;
using static System.Math;

namespace Backprop.Integration;

/// <summary>C# that is easily overlooked.</summary>
public static partial class Oddities
{
    internal enum Phase { Rise, Hold, Fall }

    [Fact]
    public static void Indices_with_side_effects() => Check.InPlace(a => Cursor(a), (a, d, s) => CursorBackward(a, d, s), [1, 2, -3, 4], [0.5, 0.2, 0.1, 0.7, 3]);

    [Differentiable]
    internal static double Cursor(Span<double> a)
    {
        int i = 0, j = a.Length;
        a[i++] *= a[i];
        a[--j] += a[i++] * a[j - 1];
        a[i] = i = 1;
        double y = a[i] + (a[i] = a[0] * 3) * a[i];
        a[i] += (a[i] = y) * a[i++];
        return y * a[--i] + i * y;
    }

    [Fact]
    public static void A_condition_that_writes_storage() => Check.InPlace(a => Halving(a), (a, d, s) => HalvingBackward(a, d, s), [5, 2], [0.5, 0.2], [33, 1]);

    [Differentiable]
    internal static double Halving(Span<double> a)
    {
        double y = 0;
        while ((a[0] *= 0.5) > 1 && a[1] != 0)
        {
            y += a[0] * a[1];
            a[1] = Sin(a[1]);
        }

        return y;
    }

    [Fact]
    public static void Jagged_rows_in_place_and_by_foreach()
    {
        double[][] rows = [[1, 2], [3, 4, 5]], d = [[1, 0], [0, 1, 0]];
        double[][] left = [[1, 2], [3, 4, 5]];
        Assert.Equal(Rows(left), RowsBackward(rows, d, 2));
        Assert.Equal(left, rows);
        const double h = 1e-6;
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < rows[i].Length; j++)
            {
                double At(double offset)
                {
                    double[][] moved = [[1, 2], [3, 4, 5]];
                    moved[i][j] += offset;
                    double y = Rows(moved);
                    return 2 * y + moved[0][0] + moved[1][1];
                }

                Assert.Equal((At(h) - At(-h)) / (2 * h), d[i][j], 1e-6);
            }
        }
    }

    [Differentiable]
    internal static double Rows(double[][] rows)
    {
        double y = 1;
        foreach (double[] row in rows)
        {
            foreach (double v in row)
            {
                y = Sin(y + v);
            }

            row[0] = y * row[1];
            row[1] *= row[0];
        }

        for (int i = 1; i < rows.Length; i++)
        {
            rows[i][0] += rows[i - 1][1] * y;
        }

        return y * rows[1][0];
    }

    [Fact]
    public static void Another_name_for_the_same_memory() => Check.InPlace(a => Alias(a), (a, d, s) => AliasBackward(a, d, s), [5, 2], [0.5, 0.2, 1]);

    [Differentiable]
    internal static double Alias(double[] a)
    {
        double[] b = a;
        Span<double> c = b, e = c;
        b[0] *= a[1];
        e[1] += c[0] * b[0];
        return a[1] * c[0];
    }

    [Fact]
    public static void The_argument_as_result()
    {
        double[] a = [2, 3], d = [1, 10];
        Assert.Same(a, PassBackward(a, d, [100, 1000]));
        Assert.Equal([4, 3], a);
        Assert.Equal([404, 1010], d);
    }

    [Differentiable]
    internal static double[] Pass(double[] a)
    {
        a[0] *= a[0];
        return a;
    }

    [Fact]
    public static void A_machine_with_an_enum_and_a_character_for_state() => Check.Gradient(x => Phases(x[0], x[1], 14), (x, d, s) => PhasesBackward(x[0], x[1], 14, ref d[0], ref d[1], s), [0.7, 0.3], [1.5, -0.4]);

    [Differentiable]
    internal static double Phases(double a, double b, int n)
    {
        Phase phase = Phase.Rise;
        char c = 'a';
        double y = a;
        for (int i = 0; i < n; i++)
        {
            switch (phase)
            {
                case Phase.Rise:
                    y = y * 1.5 + b;
                    phase = y > 2 ? Phase.Fall : Phase.Hold;
                    break;
                case Phase.Hold:
                    y += Sin(a * y) * (int)phase;
                    phase = Phase.Rise;
                    c++;
                    break;
                default:
                    y *= 0.25 * (c - 'a') * (int)phase;
                    phase = (Phase)(i % 3);
                    break;
            }

            y += (int)phase * y * y * 0.0625;
        }

        return y;
    }

    [Fact]
    public static void Parameters_with_params_scoped_and_readonly_references()
    {
        double[] x = [1, 2, 3], d = new double[3];
        double da = 0;
        Assert.Equal(14, ListBackward(x, d));
        Assert.Equal([2, 4, 6], d);
        Assert.Equal(8, ScopedBackward(2, x, ref da, d));
        Assert.Equal(4, da);
    }

    [Differentiable]
    internal static double List(params double[] x)
    {
        double sum = 0;
        foreach (double v in x)
        {
            sum += v * v;
        }

        return sum;
    }

    [Differentiable]
    internal static double Scoped(in double a, scoped ReadOnlySpan<double> x) => a * x[1] * x[1];

    [Fact]
    public static void An_expression_body_without_result() => Check.InPlace(a => Square(a), (a, d) => SquareBackward(a, d), [5, 2], [0.5]);

    [Differentiable]
    internal static void Square(Span<double> a) => a[0] *= a[0];

    [Fact]
    public static void Assertions_and_checked_blocks() => Check.Gradient(x => Asserted(x[0], 3), (x, d, s) => AssertedBackward(x[0], 3, ref d[0], s), [1.5]);

    [Differentiable]
    internal static double Asserted(double a, int n)
    {
        Debug.Assert(a > 0);
        Debug.Assert(n > 0, "message");
        checked
        {
            n *= 2;
        }

        unchecked
        {
            n += int.MaxValue;
            n -= int.MaxValue;
        }

        return Exp(a) * n * E;
    }

    [Fact]
    public static void A_long_expression_and_a_long_ladder()
    {
        Check.Gradient(x => Wide(x[0]), (x, d, s) => WideBackward(x[0], ref d[0], s), [1.25]);
        foreach (double at in new[] { -1.0, 0.5, 3.5, 9.5, 12 })
        {
            Check.Gradient(x => Stairs(x[0]), (x, d, s) => StairsBackward(x[0], ref d[0], s), [at]);
        }
    }

    [Differentiable]
    internal static double Wide(double a)
        => a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a
         + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a
         + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a
         + a * a + a * a + a * a + a * a + a * a + a * a + a * a + a * a + a * a + a * a + a * a + a * a + a * a + a * a + a * a + a * a + a * a
         + a * a + a * a + a * a;

    [Differentiable]
    internal static double Stairs(double a)
    {
        if (a < 0) return a;
        else if (a < 1) return a * 2;
        else if (a < 2) return a * a;
        else if (a < 3) return a * 3;
        else if (a < 4) return a * a * a;
        else if (a < 5) return a * 5;
        else if (a < 6) return a * 6;
        else if (a < 7) return a * 7;
        else if (a < 8) return a * 8;
        else if (a < 9) return a * 9;
        else if (a < 10) return Sqrt(a);
        return Log(a);
    }

    [Fact]
    public static void Inactive_values_of_other_types()
    {
        int? shift = 3;
        Check.Gradient(x => Others(x[0], shift, 1.5m, "x"), (x, d, s) => OthersBackward(x[0], shift, 1.5m, "x", ref d[0], s), [1.5]);
        Check.Gradient(x => Others(x[0], null, 0, ""), (x, d, s) => OthersBackward(x[0], null, 0, "", ref d[0], s), [1.5]);
    }

    [Differentiable]
    internal static double Others(double a, int? shift, [NoGradient] decimal scale, string name)
    {
        double y = a * (double)scale;
        if (shift.HasValue)
        {
            y += a * a * shift.Value;
        }

        return y * (shift ?? 2) + name.Length * a;
    }

    /// <summary>C# computes constants when it compiles, and refuses what these would give.</summary>
    [Theory]
    [InlineData(8, typeof(OverflowException))]
    [InlineData(7, typeof(DivideByZeroException))]
    [InlineData(6, typeof(OverflowException))]
    [InlineData(5, typeof(OverflowException))]
    [InlineData(4, typeof(IndexOutOfRangeException))]
    [InlineData(3, typeof(IndexOutOfRangeException))]
    public static void Integers_that_would_be_constants(double x, Type exception)
    {
        Assert.Throws(exception, () => Constants(x, [1, 2, 3]));
        double dx = 0;
        Assert.Throws(exception, () => ConstantsBackward(x, [1, 2, 3], ref dx, new double[3]));
        Check.Gradient(p => Constants(p[0], p[1..]), (p, d, s) => ConstantsBackward(p[0], p[1..], ref d[0], d.AsSpan(1), s), 1e-6, Check.Heap.UsedByTest, [2, 1, 2, 3]);
    }

    [Differentiable]
    internal static double Constants(double x, double[] a)
    {
        uint three = 3;
        int zero = 0, least = int.MinValue, minus = -1;
        long most = long.MaxValue;
        double big = 1e20;
        if (x > 7)
        {
            x *= a[checked((int)(most + 2))];
        }

        if (x > 6)
        {
            x += a[1 / zero] + a[(int)three % zero];
        }

        if (x > 5)
        {
            x *= a[checked(-least)] + a[checked((byte)least)];
        }

        if (x > 4)
        {
            x *= a[least / minus];
        }

        if (x > 3)
        {
            x *= a[(int)(1u - three)];
        }

        if (x > 2.5)
        {
            x += a[-least] + a[(int)big] + a[minus];
        }

        return x * a[(int)three - 2] * a[(byte)least];
    }

    /// <summary>C# warns of what a constant or a conversion becomes in the place of a variable.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(-8)]
    public static void Constants_and_conversions_that_no_one_would_write(int n)
        => Check.Gradient(x => Useless(x[0], new(x[1], 2, n)), (x, d, s) =>
        {
            Tally shadow = default;
            double value = UselessBackward(x[0], new(x[1], 2, n), ref d[0], ref shadow, s);
            d[1] += shadow.Weight;
            return value;
        }, [0.5, 1.5]);

    internal record struct Tally(double Weight, byte Count, int Number)
    {
        public readonly long Wide => Number;

        public readonly ulong Mask => Count;
    }

    [Differentiable]
    internal static double Useless(double x, Tally tally)
    {
        int most = 300;
        bool isSmall = tally.Count < most;
        return isSmall && ((ulong)tally.Wide | tally.Mask) == 3 ? x * x * tally.Weight : Sin(x * tally.Weight);
    }
}
