namespace Backprop.Integration;

/// <summary>What a copy of an object must own, so that a callee's pullback reads what the callee read.</summary>
public static partial class ObjectConstants
{
    private static readonly Net known = new();

    [Differentiable]
    internal static double ViewReadByCallee(Net net, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s = Viewed(net, s, x, i);
            net.View.Span[1] = 7;
        }

        return s;
    }

    [Differentiable]
    private static double Viewed(Net net, double s, double[] x, int i) => s * x[i] * net.View.Span[i] * net.Views[0].Span[i];

    [Differentiable]
    internal static double ViewsReadByCallee(Net net, double[] x)
    {
        double s = Viewed(net, 1, x, 0) + Viewed(net, x[0], x, 1);
        net.Views[0].Span[0] = 7;
        net.Views[0].Span[1] = 7;
        return s * x[1];
    }

    [Differentiable]
    internal static double GridReadByCallee(Net net, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s = Gridded(net, s, x, i);
            net.Grid[0, 0][1] = 7;
            net.Halves[0][1] = (Half)7;
        }

        return s;
    }

    [Differentiable]
    private static double Gridded(Net net, double s, double[] x, int i) => s * x[i] * net.Grid[0, 0][i] * (double)net.Halves[0][i];

    /// <summary>Views of one array are views of one copy.</summary>
    [Fact]
    public static void A_copy_has_the_same_views()
    {
        Net net = new();
        (net.View, net.Views) = (net.Mean.AsMemory(1), [net.Mean.AsMemory(0, 1)]);
        Net copy = net.Clone();
        net.Mean[0] = net.Mean[1] = net.Grid[0, 0][0] = 9;
        Assert.Equal([1.5, 2.5, 2.5, 1.5, 1.5], [copy.Mean[0], copy.Mean[1], copy.View.Span[0], copy.Views[0].Span[0], copy.Grid[0, 0][0]]);
        copy.Mean[1] = 4;
        Assert.Equal(4, copy.View.Span[0]);
        Assert.Equal(0, new Net { View = default }.Clone().View.Length);
    }

    /// <summary>The object is nobody's argument, and what is marked in it is a parameter too.</summary>
    [Fact]
    public static void A_static_object_whose_array_is_given()
    {
        double[] x = [0.7, 1.3];
        Check.Gradient(x => OfStatic(Filled(), x), (x, dx, seed) => OfStaticBackward(Filled(), x, dx, seed), 1e-6, Check.Heap.UsedByTest, x);
        Check.Gradient(x => OfStaticInCall(Filled(), x), (x, dx, seed) => OfStaticInCallBackward(Filled(), x, dx, seed), 1e-6, Check.Heap.UsedByTest, x);
        double[] dx = new double[2];
        OfStaticForward(Filled(), x, out OfStaticResiduals residuals);
        known.Mean.AsSpan().Fill(9);
        OfStaticPullback(known.Mean, x, in residuals, dx, 1);
        Assert.Equal([1.3 * 1.5 * 7, 0.7 * 1.5 * 7], dx, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    private static double[] Filled()
    {
        (known.Mean[0], known.Mean[1]) = (1.5, 2.5);
        return known.Mean;
    }

    [Differentiable]
    internal static double OfStatic([NoGradient] double[] mean, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s *= x[i] * known.Mean[0];
            mean[0] = 7;
        }

        return s;
    }

    [Differentiable]
    internal static double OfStaticInCall([NoGradient] double[] mean, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s = Known(s, x[i]);
            mean[0] = 7;
        }

        return s;
    }

    [Differentiable]
    private static double Known(double s, double y) => s * y * known.Mean[0];
}
