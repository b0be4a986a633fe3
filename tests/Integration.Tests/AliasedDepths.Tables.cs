namespace Backprop.Integration;

/// <summary>The same, with tables, text and parts.</summary>
public static partial class AliasedDepths
{
    [Differentiable]
    internal static double Names(Net net, string[] k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s *= x[i] * net.Names[0].Length;
            k[0] = "ccc";
        }

        return s;
    }

    [Differentiable]
    internal static double ByNames(Net net, string[] k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s = NamesIn(net, s, x, i);
            k[0] = "ccc";
        }

        return s;
    }

    [Differentiable]
    private static double NamesIn(Net net, double s, double[] x, int i) => s * x[i] * net.Names[0].Length;

    [Differentiable]
    internal static double Cube(Net net, [NoGradient] double[,,,] k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s *= x[i] * (1 + net.Cube[0, 0, 0, 0]);
            k[0, 0, 0, 0] = 3;
        }

        return s;
    }

    [Differentiable]
    internal static double ByCube(Net net, [NoGradient] double[,,,] k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s = CubeIn(net, s, x, i);
            k[0, 0, 0, 0] = 3;
        }

        return s;
    }

    [Differentiable]
    private static double CubeIn(Net net, double s, double[] x, int i) => s * x[i] * (1 + net.Cube[0, 0, 0, 0]);

    [Differentiable]
    internal static double Tables(Net net, [NoGradient] double[,] k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s *= x[i] * (1 + net.Tables[0][0, 0]);
            k[0, 0] = 3;
        }

        return s;
    }

    [Differentiable]
    internal static double ByTables(Net net, [NoGradient] double[,] k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s = TablesIn(net, s, x, i);
            k[0, 0] = 3;
        }

        return s;
    }

    [Differentiable]
    private static double TablesIn(Net net, double s, double[] x, int i) => s * x[i] * (1 + net.Tables[0][0, 0]);

    [Differentiable]
    internal static double Grid(Net net, [NoGradient] double[] k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s *= x[i] * net.Grid[0, 0][0];
            k[0] = 3;
        }

        return s;
    }

    [Differentiable]
    internal static double ByGrid(Net net, [NoGradient] double[] k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s = GridIn(net, s, x, i);
            k[0] = 3;
        }

        return s;
    }

    [Differentiable]
    private static double GridIn(Net net, double s, double[] x, int i) => s * x[i] * net.Grid[0, 0][0];

    [Differentiable]
    internal static double Parts(Net net, [NoGradient] double[] k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s *= x[i] * net.Parts[0][0].W[0];
            k[0] = 3;
        }

        return s;
    }

    [Differentiable]
    internal static double ByParts(Net net, [NoGradient] double[] k, double[] x)
    {
        double s = net.A;
        for (int i = 0; i < 2; i++)
        {
            s = PartsIn(net, s, x, i);
            k[0] = 3;
        }

        return s;
    }

    [Differentiable]
    private static double PartsIn(Net net, double s, double[] x, int i) => s * x[i] * net.Parts[0][0].W[0];
}
