using System.Runtime.InteropServices;

namespace Backprop.Integration;

/// <summary>What an object holds that is not differentiated, at any depth, and parameters that are the same memory.</summary>
public static partial class AliasedDepths
{
    internal struct Cell
    {
        public double A;
        public int N;
    }

    [Differentiable]
    internal sealed partial class Part
    {
        public double V = 2;
        public double[] W = [1.5, 2.5];
    }

    [Differentiable]
    internal sealed partial class Net
    {
        public double A = 1.5;

        public int[][][] Deep = [[[0, 1]]];

        [NoGradient]
        public double[][][] DeepNumbers = [[[1, 2]]];

        [NoGradient]
        public List<double[]> Lists = [[1, 2]];

        [NoGradient]
        public Cell[] Mixed = [new() { A = 1, N = 1 }];

        [NoGradient]
        public (double A, int N)[] Pairs = [(1, 0)];

        [NoGradient]
        public Memory<double> View = new double[] { 1, 2 };

        public ReadOnlyMemory<int> Indices = new int[] { 0, 1 };

        [NoGradient]
        public Memory<double>[] Views = [new double[] { 1, 2 }];

        [NoGradient]
        public Half[] Halves = [(Half)1];

        public string[] Names = ["a"];

        [NoGradient]
        public double[,,,] Cube = new double[1, 1, 1, 1];

        [NoGradient]
        public double[][,] Tables = [new double[1, 1]];

        [NoGradient]
        public double[,][] Grid = { { new double[] { 1, 2 } } };

        [NoGradient]
        public Part[][] Parts = [[new()]];
    }

    public static TheoryData<string> Places => [.. shared.Keys];

    private delegate double Run(Net net, double[] x, Span<double> dx, double seed);

    private static readonly Dictionary<string, Run> shared = new()
    {
        ["Deep"] = static (net, x, dx, seed) => DeepBackward(net, net.Deep[0][0], x, net.ZerosLike(), dx, seed),
        ["In a call: Deep"] = static (net, x, dx, seed) => ByDeepBackward(net, net.Deep[0][0], x, net.ZerosLike(), dx, seed),
        ["DeepNumbers"] = static (net, x, dx, seed) => DeepNumbersBackward(net, net.DeepNumbers[0][0], x, net.ZerosLike(), dx, seed),
        ["In a call: DeepNumbers"] = static (net, x, dx, seed) => ByDeepNumbersBackward(net, net.DeepNumbers[0][0], x, net.ZerosLike(), dx, seed),
        ["Lists"] = static (net, x, dx, seed) => ListsBackward(net, net.Lists[0], x, net.ZerosLike(), dx, seed),
        ["In a call: Lists"] = static (net, x, dx, seed) => ByListsBackward(net, net.Lists[0], x, net.ZerosLike(), dx, seed),
        ["Mixed"] = static (net, x, dx, seed) => MixedBackward(net, net.Mixed, x, net.ZerosLike(), dx, seed),
        ["In a call: Mixed"] = static (net, x, dx, seed) => ByMixedBackward(net, net.Mixed, x, net.ZerosLike(), dx, seed),
        ["Pairs"] = static (net, x, dx, seed) => PairsBackward(net, net.Pairs, x, net.ZerosLike(), dx, seed),
        ["In a call: Pairs"] = static (net, x, dx, seed) => ByPairsBackward(net, net.Pairs, x, net.ZerosLike(), dx, seed),
        ["View"] = static (net, x, dx, seed) => ViewBackward(net, net.View, x, net.ZerosLike(), dx, seed),
        ["In a call: View"] = static (net, x, dx, seed) => ByViewBackward(net, net.View, x, net.ZerosLike(), dx, seed),
        ["Indices"] = static (net, x, dx, seed) => IndicesBackward(net, MemoryMarshal.AsMemory(net.Indices), x, net.ZerosLike(), dx, seed),
        ["In a call: Indices"] = static (net, x, dx, seed) => ByIndicesBackward(net, MemoryMarshal.AsMemory(net.Indices), x, net.ZerosLike(), dx, seed),
        ["Views"] = static (net, x, dx, seed) => ViewsBackward(net, net.Views[0], x, net.ZerosLike(), dx, seed),
        ["In a call: Views"] = static (net, x, dx, seed) => ByViewsBackward(net, net.Views[0], x, net.ZerosLike(), dx, seed),
        ["Halves"] = static (net, x, dx, seed) => HalvesBackward(net, net.Halves, x, net.ZerosLike(), dx, seed),
        ["In a call: Halves"] = static (net, x, dx, seed) => ByHalvesBackward(net, net.Halves, x, net.ZerosLike(), dx, seed),
        ["Names"] = static (net, x, dx, seed) => NamesBackward(net, net.Names, x, net.ZerosLike(), dx, seed),
        ["In a call: Names"] = static (net, x, dx, seed) => ByNamesBackward(net, net.Names, x, net.ZerosLike(), dx, seed),
        ["Cube"] = static (net, x, dx, seed) => CubeBackward(net, net.Cube, x, net.ZerosLike(), dx, seed),
        ["In a call: Cube"] = static (net, x, dx, seed) => ByCubeBackward(net, net.Cube, x, net.ZerosLike(), dx, seed),
        ["Tables"] = static (net, x, dx, seed) => TablesBackward(net, net.Tables[0], x, net.ZerosLike(), dx, seed),
        ["In a call: Tables"] = static (net, x, dx, seed) => ByTablesBackward(net, net.Tables[0], x, net.ZerosLike(), dx, seed),
        ["Grid"] = static (net, x, dx, seed) => GridBackward(net, net.Grid[0, 0], x, net.ZerosLike(), dx, seed),
        ["In a call: Grid"] = static (net, x, dx, seed) => ByGridBackward(net, net.Grid[0, 0], x, net.ZerosLike(), dx, seed),
        ["Parts"] = static (net, x, dx, seed) => PartsBackward(net, net.Parts[0][0].W, x, net.ZerosLike(), dx, seed),
        ["In a call: Parts"] = static (net, x, dx, seed) => ByPartsBackward(net, net.Parts[0][0].W, x, net.ZerosLike(), dx, seed),
    };

    private static readonly Dictionary<string, (Check.Primal Primal, Run Run)> apart = new()
    {
        ["Deep"] = (static x => Deep(new(), [0, 1], x), static (net, x, dx, seed) => DeepBackward(net, [0, 1], x, net.ZerosLike(), dx, seed)),
        ["In a call: Deep"] = (static x => ByDeep(new(), [0, 1], x), static (net, x, dx, seed) => ByDeepBackward(net, [0, 1], x, net.ZerosLike(), dx, seed)),
        ["DeepNumbers"] = (static x => DeepNumbers(new(), [1, 2], x), static (net, x, dx, seed) => DeepNumbersBackward(net, [1, 2], x, net.ZerosLike(), dx, seed)),
        ["In a call: DeepNumbers"] = (static x => ByDeepNumbers(new(), [1, 2], x), static (net, x, dx, seed) => ByDeepNumbersBackward(net, [1, 2], x, net.ZerosLike(), dx, seed)),
        ["Lists"] = (static x => Lists(new(), [1, 2], x), static (net, x, dx, seed) => ListsBackward(net, [1, 2], x, net.ZerosLike(), dx, seed)),
        ["In a call: Lists"] = (static x => ByLists(new(), [1, 2], x), static (net, x, dx, seed) => ByListsBackward(net, [1, 2], x, net.ZerosLike(), dx, seed)),
        ["Mixed"] = (static x => Mixed(new(), [new() { A = 1 }], x), static (net, x, dx, seed) => MixedBackward(net, [new() { A = 1 }], x, net.ZerosLike(), dx, seed)),
        ["In a call: Mixed"] = (static x => ByMixed(new(), [new() { A = 1 }], x), static (net, x, dx, seed) => ByMixedBackward(net, [new() { A = 1 }], x, net.ZerosLike(), dx, seed)),
        ["Pairs"] = (static x => Pairs(new(), [(1, 0)], x), static (net, x, dx, seed) => PairsBackward(net, [(1, 0)], x, net.ZerosLike(), dx, seed)),
        ["In a call: Pairs"] = (static x => ByPairs(new(), [(1, 0)], x), static (net, x, dx, seed) => ByPairsBackward(net, [(1, 0)], x, net.ZerosLike(), dx, seed)),
        ["View"] = (static x => View(new(), new double[] { 1, 2 }, x), static (net, x, dx, seed) => ViewBackward(net, new double[] { 1, 2 }, x, net.ZerosLike(), dx, seed)),
        ["In a call: View"] = (static x => ByView(new(), new double[] { 1, 2 }, x), static (net, x, dx, seed) => ByViewBackward(net, new double[] { 1, 2 }, x, net.ZerosLike(), dx, seed)),
        ["Indices"] = (static x => Indices(new(), new int[] { 0, 1 }, x), static (net, x, dx, seed) => IndicesBackward(net, new int[] { 0, 1 }, x, net.ZerosLike(), dx, seed)),
        ["In a call: Indices"] = (static x => ByIndices(new(), new int[] { 0, 1 }, x), static (net, x, dx, seed) => ByIndicesBackward(net, new int[] { 0, 1 }, x, net.ZerosLike(), dx, seed)),
        ["Views"] = (static x => Views(new(), new double[] { 1, 2 }, x), static (net, x, dx, seed) => ViewsBackward(net, new double[] { 1, 2 }, x, net.ZerosLike(), dx, seed)),
        ["In a call: Views"] = (static x => ByViews(new(), new double[] { 1, 2 }, x), static (net, x, dx, seed) => ByViewsBackward(net, new double[] { 1, 2 }, x, net.ZerosLike(), dx, seed)),
        ["Halves"] = (static x => Halves(new(), [(Half)1], x), static (net, x, dx, seed) => HalvesBackward(net, [(Half)1], x, net.ZerosLike(), dx, seed)),
        ["In a call: Halves"] = (static x => ByHalves(new(), [(Half)1], x), static (net, x, dx, seed) => ByHalvesBackward(net, [(Half)1], x, net.ZerosLike(), dx, seed)),
        ["Names"] = (static x => Names(new(), ["a"], x), static (net, x, dx, seed) => NamesBackward(net, ["a"], x, net.ZerosLike(), dx, seed)),
        ["In a call: Names"] = (static x => ByNames(new(), ["a"], x), static (net, x, dx, seed) => ByNamesBackward(net, ["a"], x, net.ZerosLike(), dx, seed)),
        ["Cube"] = (static x => Cube(new(), new double[1, 1, 1, 1], x), static (net, x, dx, seed) => CubeBackward(net, new double[1, 1, 1, 1], x, net.ZerosLike(), dx, seed)),
        ["In a call: Cube"] = (static x => ByCube(new(), new double[1, 1, 1, 1], x), static (net, x, dx, seed) => ByCubeBackward(net, new double[1, 1, 1, 1], x, net.ZerosLike(), dx, seed)),
        ["Tables"] = (static x => Tables(new(), new double[1, 1], x), static (net, x, dx, seed) => TablesBackward(net, new double[1, 1], x, net.ZerosLike(), dx, seed)),
        ["In a call: Tables"] = (static x => ByTables(new(), new double[1, 1], x), static (net, x, dx, seed) => ByTablesBackward(net, new double[1, 1], x, net.ZerosLike(), dx, seed)),
        ["Grid"] = (static x => Grid(new(), [1, 2], x), static (net, x, dx, seed) => GridBackward(net, [1, 2], x, net.ZerosLike(), dx, seed)),
        ["In a call: Grid"] = (static x => ByGrid(new(), [1, 2], x), static (net, x, dx, seed) => ByGridBackward(net, [1, 2], x, net.ZerosLike(), dx, seed)),
        ["Parts"] = (static x => Parts(new(), [1, 2], x), static (net, x, dx, seed) => PartsBackward(net, [1, 2], x, net.ZerosLike(), dx, seed)),
        ["In a call: Parts"] = (static x => ByParts(new(), [1, 2], x), static (net, x, dx, seed) => ByPartsBackward(net, [1, 2], x, net.ZerosLike(), dx, seed)),
    };

    [Theory]
    [MemberData(nameof(Places))]
    public static void Memory_that_is_written_is_not_in_the_object(string place)
    {
        double[] dx = new double[2];
        Assert.Contains("overlaps 'k'", Assert.Throws<ArgumentException>(() => shared[place](new(), [0.7, 1.3], dx, 1)).Message, StringComparison.Ordinal);
        Assert.Equal([0, 0], dx);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public static void Other_memory_is_right(string place)
        => Check.Gradient(apart[place].Primal, (x, dx, seed) => apart[place].Run(new(), x, dx, seed), 1e-6, Check.Heap.UsedByTest, [0.7, 1.3]);
}
