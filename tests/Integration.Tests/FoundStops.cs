namespace Backprop.Integration;

/// <summary>Found by GradFuzz.</summary>
public static partial class FoundStops
{
    [Fact]
    public static void A_stopped_value_that_takes_the_place_of_the_variable()
        => Check.Slope(x => Stopped(x[0], x[1]), (x, d, s) => StoppedBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 2], 2, 1.5);

    // Compiles only if no statement assigns a variable to itself.
    [Differentiable]
    internal static double Stopped(double x, double y)
    {
        double v = y * y;
        if (x > y)
        {
            v = x;
        }

        v = Gradient.Stop(v);
        return v * x - x + x * y - v * x + x;
    }

    [Differentiable]
    internal sealed partial class Layer
    {
        public double Bias;
        public Layer? Next;
    }

    [Fact]
    public static void A_stopped_member_that_takes_its_own_place()
    {
        var layer = new Layer { Bias = 3, Next = new Layer { Bias = 5 } };
        Layer slopes = layer.ZerosLike();
        slopes.Bias = 7;
        slopes.Next!.Bias = 11;
        double dx = 0;
        Assert.Equal(4 * 3 + 5, FrozenBackward(layer, 4, slopes, ref dx));
        Assert.Equal((0, 0, 3), (slopes.Bias, slopes.Next.Bias, dx));
        Assert.Equal((3, 5), (layer.Bias, layer.Next.Bias));
    }

    // Compiles only if no statement assigns a member to itself.
    [Differentiable]
    internal static double Frozen(Layer layer, double x)
    {
        layer.Bias = Gradient.Stop(layer.Bias);
        layer.Next!.Bias = Gradient.Stop(Gradient.Stop(layer.Next.Bias));
        return layer.Bias * x + Gradient.Stop(layer.Next.Bias);
    }

    [Fact]
    public static void The_object_whose_member_takes_its_own_place_must_be_there()
    {
        var layer = new Layer();
        double dx = 0;
        Assert.Throws<NullReferenceException>(() => Frozen(layer, 4));
        Assert.Throws<NullReferenceException>(() => FrozenBackward(layer, 4, layer.ZerosLike(), ref dx));
    }

    [Fact]
    public static void What_was_added_to_a_member_is_read_after_it()
    {
        var layer = new Layer { Bias = 0.7 };
        Layer slopes = layer.ZerosLike();
        slopes.Bias = 2;
        _ = BentBackward(layer, slopes, 3);
        Assert.Equal(-5 * Math.Sin(0.7), slopes.Bias, 1e-15);
    }

    [Differentiable]
    internal static double Bent(Layer layer)
    {
        layer.Bias = Math.Cos(layer.Bias);
        return One(2) + layer.Bias;
    }

    [Differentiable]
    internal static double One(double x) => 1;
}
