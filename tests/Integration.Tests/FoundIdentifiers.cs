using System.Numerics;

namespace Backprop.Integration;

/// <summary>Names of the user's that C# or emitted code has a meaning for; found by random programs.</summary>
public static partial class FoundIdentifiers
{
    [Fact]
    public static void Keywords_that_are_overwritten() => Check.Gradient(p => Keywords(p[0], p[1]), (p, d, s) => KeywordsBackward(p[0], p[1], ref d[0], ref d[1], s), [0.7, 1.2], [-0.4, 2.5]);

    [Differentiable]
    internal static double Keywords(double @ref, double var)
    {
        double @class = @ref * 2;
        for (int @in = 0; @in < 3; @in++)
        {
            @class *= @ref;
            var += @class;
            @ref = var * 0.5;
        }

        if (@class > 0.3)
        {
            double @event = @class * 2;
            @class = @event * @event;
        }

        return (@class * @ref) + var;
    }

    [Fact]
    public static void A_keyword_of_which_the_old_value_is_kept() => Check.Gradient(p => Stopped(p[0], p[1]), (p, d, s) => StoppedBackward(p[0], p[1], ref d[0], ref d[1], s), 1e-6, Check.Heap.UsedByTest, [0.0, 1.2]);

    [Differentiable]
    internal static double Stopped(double @class, double x)
    {
        @class = @class * Gradient.Stop(@class) * x;
        return @class + x;
    }

    /// <summary>Reading an element that nothing needs must not overwrite it.</summary>
    [Fact]
    public static void A_parameter_called_as_a_discard() => Check.Gradient(
        p => Discard(p[0], p.AsSpan(1, 2)),
        (p, d, s) => DiscardBackward(p[0], p.AsSpan(1, 2), ref d[0], d.AsSpan(1, 2), s),
        [3.0, 5, 7],
        [-0.4, 2.5, 1]);

    [Differentiable]
    internal static double Discard(double _, ReadOnlySpan<double> a)
    {
        double unread = a[1];
        ReadOnlySpan<double> part = a[1..];
        return _ * _ * a[0];
    }

    private static partial class Beneath
    {
        internal static double _ = 3;

        [Differentiable]
        internal static double Discard(double x, ReadOnlySpan<double> a)
        {
            double unread = a[1];
            return _ * x * a[0];
        }
    }

    [Fact]
    public static void A_field_called_as_a_discard() => Check.Gradient(
        p => Beneath.Discard(p[0], p.AsSpan(1, 2)),
        (p, d, s) => Beneath.DiscardBackward(p[0], p.AsSpan(1, 2), ref d[0], d.AsSpan(1, 2), s),
        [3.0, 5, 7],
        [-0.4, 2.5, 1]);

    /// <summary>With such a parameter emitted code cannot ask for the name of another.</summary>
    [Fact]
    public static void A_parameter_called_nameof()
    {
        Check.Gradient(p => Nameof(p[..2], p[2], p[3]), (p, d, s) => NameofBackward(p[..2], p[2], p[3], d.AsSpan(0, 2), ref d[2], ref d[3], s), 1e-6, Check.Heap.UsedByTest, [0.7, 1.2, -0.5, 0.3]);
        double slope = 0;
        Assert.Equal("dIn", Assert.Throws<ArgumentException>(() => NameofBackward([1, 2], 3, 4, new double[1], ref slope, ref slope)).ParamName);
    }

    [Differentiable]
    internal static double Nameof(double[] @in, double nameof, double _)
    {
        nameof = Math.Sin(@in[1] * _) + nameof;
        _ *= nameof;
        return @in[0] * nameof * _;
    }

    [Fact]
    public static void A_local_called_as_its_residuals() => Check.Gradient(p => Twice(p[0]), (p, d, s) => TwiceBackward(p[0], ref d[0], s), [0.7], [-0.4]);

    [Differentiable]
    internal static double Twice(double x) => Kept(Kept(x));

    [Differentiable]
    internal static double Kept(double x)
    {
        double KeptResiduals = Math.Exp(x);
        x = KeptResiduals;
        return x * x;
    }

    [Fact]
    public static void A_parameter_called_as_the_backward_pass()
    {
        Assert.Equal((9.0, 6.0), SquareGradient(3));
        Assert.Equal((9.0, 6.0), GenericGradient(3.0));
        Scale scale = new() { Factor = 2 };
        Assert.Equal((6.0, (new Scale { Factor = 3 }, 2.0)), scale.TimesGradient(3));
    }

    [Differentiable]
    internal static double Square(double SquareBackward) => SquareBackward * SquareBackward;

    [Differentiable]
    internal static T Generic<T>(T GenericBackward) where T : struct, IFloatingPointIeee754<T> => GenericBackward * GenericBackward;

    internal partial record struct Scale
    {
        public double Factor;

        [Differentiable]
        public readonly double Times(double TimesBackward) => Factor * TimesBackward;
    }
}
