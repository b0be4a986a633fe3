namespace Backprop.Integration;

/// <summary>Callees that stand further down, in another type and in another assembly, and calls whose result nobody wants.</summary>
public static partial class Elsewhere
{
    [Fact]
    public static void Further_down_and_in_another_type() => Check.Gradient(
        x => Below(x[0], x[1]), (x, d, s) => BelowBackward(x[0], x[1], ref d[0], ref d[1], s), [0.5, 2], [-1, 0.25]);

    [Differentiable]
    internal static double Below(double a, double b) => Further(a * b) + Others.Cube(Further(b)) - Others.Nested.Half(a);

    [Differentiable]
    internal static double Further(double x) => Math.Sin(x) * x;

    [Fact]
    public static void In_another_assembly() => Check.Gradient(
        x => Outside(x.AsSpan(0, 3), x[3]), (x, d, s) => OutsideBackward(x.AsSpan(0, 3), x[3], d.AsSpan(0, 3), ref d[3], s), [0.5, 2, -1, 0.7], [1, 0, 0.25, -2]);

    /// <summary>The value of the library's loss is used twice.</summary>
    [Differentiable]
    internal static double Outside(ReadOnlySpan<double> logits, double scale)
    {
        double[] scaled = new double[logits.Length];
        for (int i = 0; i < logits.Length; i++)
        {
            scaled[i] = scale * logits[i];
        }

        double loss = Losses.SquaredError(scaled, logits, Reduction.Mean);
        return loss * loss + scale;
    }

    [Fact]
    public static void As_a_statement() => Check.InPlace(
        a => Dropped(a), (a, d, s) => DroppedBackward(a, d, s), [0.5, 2], [-1, 0.25]);

    /// <summary>The first call is for nothing, the second for what it writes.</summary>
    [Differentiable]
    internal static double Dropped(double[] a)
    {
        Further(a[0]);
        Swell(a);
        return a[1] * a[0];
    }

    [Differentiable]
    internal static double Swell(double[] a)
    {
        a[0] *= a[1];
        return a[0];
    }

    [Fact]
    public static void What_gives_back_its_argument() => Check.Gradient(
        x => Same(x[0], x[1]), (x, d, s) => SameBackward(x[0], x[1], ref d[0], ref d[1], s), [0.5, 2], [-1, 0.25]);

    [Differentiable]
    internal static double Same(double a, double b) => Identity(a) * Identity(Identity(b)) + Second(a, b) * Second(b, a);

    [Differentiable]
    internal static double Identity(double x) => x;

    [Differentiable]
    internal static double Second(double ignored, double x) => x;
}

internal static partial class Others
{
    [Differentiable]
    internal static double Cube(double x) => x * x * x;

    internal static partial class Nested
    {
        [Differentiable]
        internal static double Half(double x) => 0.5 * x;
    }
}
