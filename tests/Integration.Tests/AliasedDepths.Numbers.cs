namespace Backprop.Integration;

/// <summary>Methods that read what an object holds, themselves and in a call, and write a parameter.</summary>
public static partial class AliasedDepths
{
    [Differentiable]
    internal static double Deep(Net net, int[] k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s *= x[net.Deep[0][0][0]];
            k[0] = 1;
        }

        return s;
    }

    [Differentiable]
    internal static double ByDeep(Net net, int[] k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s = DeepIn(net, s, x, i);
            k[0] = 1;
        }

        return s;
    }

    [Differentiable]
    private static double DeepIn(Net net, double s, double[] x, int i) => s * x[net.Deep[0][0][0]];

    [Differentiable]
    internal static double DeepNumbers(Net net, [NoGradient] double[] k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s *= x[i] * net.DeepNumbers[0][0][0];
            k[0] = 3;
        }

        return s;
    }

    [Differentiable]
    internal static double ByDeepNumbers(Net net, [NoGradient] double[] k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s = DeepNumbersIn(net, s, x, i);
            k[0] = 3;
        }

        return s;
    }

    [Differentiable]
    private static double DeepNumbersIn(Net net, double s, double[] x, int i) => s * x[i] * net.DeepNumbers[0][0][0];

    [Differentiable]
    internal static double Lists(Net net, [NoGradient] double[] k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s *= x[i] * net.Lists[0][0];
            k[0] = 3;
        }

        return s;
    }

    [Differentiable]
    internal static double ByLists(Net net, [NoGradient] double[] k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s = ListsIn(net, s, x, i);
            k[0] = 3;
        }

        return s;
    }

    [Differentiable]
    private static double ListsIn(Net net, double s, double[] x, int i) => s * x[i] * net.Lists[0][0];

    [Differentiable]
    internal static double Mixed(Net net, [NoGradient] Cell[] k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s *= x[net.Mixed[0].N] * net.Mixed[0].A;
            k[0].A = 3;
        }

        return s;
    }

    [Differentiable]
    internal static double ByMixed(Net net, [NoGradient] Cell[] k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s = MixedIn(net, s, x, i);
            k[0].A = 3;
        }

        return s;
    }

    [Differentiable]
    private static double MixedIn(Net net, double s, double[] x, int i) => s * x[net.Mixed[0].N] * net.Mixed[0].A;

    [Differentiable]
    internal static double Pairs(Net net, [NoGradient] (double A, int N)[] k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s *= x[net.Pairs[0].N] * net.Pairs[0].A;
            k[0].A = 3;
        }

        return s;
    }

    [Differentiable]
    internal static double ByPairs(Net net, [NoGradient] (double A, int N)[] k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s = PairsIn(net, s, x, i);
            k[0].A = 3;
        }

        return s;
    }

    [Differentiable]
    private static double PairsIn(Net net, double s, double[] x, int i) => s * x[net.Pairs[0].N] * net.Pairs[0].A;

    [Differentiable]
    internal static double View(Net net, [NoGradient] Memory<double> k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s *= x[i] * net.View.Span[0];
            k.Span[0] = 3;
        }

        return s;
    }

    [Differentiable]
    internal static double ByView(Net net, [NoGradient] Memory<double> k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s = ViewIn(net, s, x, i);
            k.Span[0] = 3;
        }

        return s;
    }

    [Differentiable]
    private static double ViewIn(Net net, double s, double[] x, int i) => s * x[i] * net.View.Span[0];

    [Differentiable]
    internal static double Indices(Net net, Memory<int> k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s *= x[net.Indices.Span[0]];
            k.Span[0] = 1;
        }

        return s;
    }

    [Differentiable]
    internal static double ByIndices(Net net, Memory<int> k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s = IndicesIn(net, s, x, i);
            k.Span[0] = 1;
        }

        return s;
    }

    [Differentiable]
    private static double IndicesIn(Net net, double s, double[] x, int i) => s * x[net.Indices.Span[0]];

    [Differentiable]
    internal static double Views(Net net, [NoGradient] Memory<double> k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s *= x[i] * net.Views[0].Span[0];
            k.Span[0] = 3;
        }

        return s;
    }

    [Differentiable]
    internal static double ByViews(Net net, [NoGradient] Memory<double> k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s = ViewsIn(net, s, x, i);
            k.Span[0] = 3;
        }

        return s;
    }

    [Differentiable]
    private static double ViewsIn(Net net, double s, double[] x, int i) => s * x[i] * net.Views[0].Span[0];

    [Differentiable]
    internal static double Halves(Net net, [NoGradient] Half[] k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s *= x[i] * (double)net.Halves[0];
            k[0] = (Half)3;
        }

        return s;
    }

    [Differentiable]
    internal static double ByHalves(Net net, [NoGradient] Half[] k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s = HalvesIn(net, s, x, i);
            k[0] = (Half)3;
        }

        return s;
    }

    [Differentiable]
    private static double HalvesIn(Net net, double s, double[] x, int i) => s * x[i] * (double)net.Halves[0];
}
