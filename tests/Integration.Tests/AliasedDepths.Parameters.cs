namespace Backprop.Integration;

/// <summary>Parameters that lead to memory which another parameter is too.</summary>
public static partial class AliasedDepths
{
    /// <summary>What nobody can look through is kept as it was read.</summary>
    [Fact]
    public static void Indices_of_unknown_depth()
    {
        int[] index = [0, 1];
        double[] x = [0.7, 1.3];
        Check.Gradient(x => DeepRows(Deep(index), index, x), (x, dx, seed) => DeepRowsBackward(Deep(index), index, x, dx, seed), 1e-6, Check.Heap.UsedByTest, x);
        Check.Gradient(x => ByDeepRows(Deep(index), index, x), (x, dx, seed) => ByDeepRowsBackward(Deep(index), index, x, dx, seed), 1e-6, Check.Heap.UsedByTest, x);
        Check.Gradient(x => ViewRows(Rows(index), index, x), (x, dx, seed) => ViewRowsBackward(Rows(index), index, x, dx, seed), 1e-6, Check.Heap.UsedByTest, x);
        Check.Gradient(x => ByViewRows(Rows(index), index, x), (x, dx, seed) => ByViewRowsBackward(Rows(index), index, x, dx, seed), 1e-6, Check.Heap.UsedByTest, x);
    }

    [Fact]
    public static void Lists_are_looked_through()
    {
        double[] row = [1.5, 2.5], x = [0.7, 1.3], dx = new double[2];
        Part part = new();
        Assert.Contains("overlaps", Assert.Throws<ArgumentException>(() => ListRowsBackward([row], row, x, dx)).Message, StringComparison.Ordinal);
        Assert.Contains("overlaps", Assert.Throws<ArgumentException>(() => ListPartsBackward([part], part.W, x, dx)).Message, StringComparison.Ordinal);
        Assert.Equal([0, 0], dx);
        Check.Gradient(x => ListRows([[1.5]], [2], x), (x, dx, seed) => ListRowsBackward([[1.5]], [2], x, dx, seed), 1e-6, Check.Heap.UsedByTest, x);
        Check.Gradient(x => ListParts([new()], [2], x), (x, dx, seed) => ListPartsBackward([new()], [2], x, dx, seed), 1e-6, Check.Heap.UsedByTest, x);
    }

    private static int[][][] Deep(int[] index)
    {
        (index[0], index[1]) = (0, 1);
        return [[index]];
    }

    private static Memory<int>[] Rows(int[] index)
    {
        (index[0], index[1]) = (0, 1);
        return [index];
    }

    [Differentiable]
    internal static double DeepRows(int[][][] rows, int[] k, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s *= x[rows[0][0][0]];
            k[0] = 1;
        }

        return s;
    }

    [Differentiable]
    internal static double ByDeepRows(int[][][] rows, int[] k, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s = DeepRow(rows, s, x);
            k[0] = 1;
        }

        return s;
    }

    [Differentiable]
    private static double DeepRow(int[][][] rows, double s, double[] x) => s * x[rows[0][0][0]];

    [Differentiable]
    internal static double ViewRows(Memory<int>[] rows, int[] k, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s *= x[rows[0].Span[0]];
            k[0] = 1;
        }

        return s;
    }

    [Differentiable]
    internal static double ByViewRows(Memory<int>[] rows, int[] k, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s = ViewRow(rows, s, x);
            k[0] = 1;
        }

        return s;
    }

    [Differentiable]
    private static double ViewRow(Memory<int>[] rows, double s, double[] x) => s * x[rows[0].Span[0]];

    [Differentiable]
    internal static double ListRows([NoGradient] List<double[]> rows, [NoGradient] double[] k, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s *= x[i] * rows[0][0];
            k[0] = 3;
        }

        return s;
    }

    [Differentiable]
    internal static double ListParts([NoGradient] List<Part> parts, [NoGradient] double[] k, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s *= x[i] * parts[0].W[0];
            k[0] = 3;
        }

        return s;
    }
}
