namespace Backprop.Integration;

/// <summary>Arrays of objects that are not differentiated, indices above all, and parameters that are the same arrays.</summary>
public static partial class AliasedConstants
{
    [Differentiable]
    internal sealed partial class Part
    {
        public double V = 2;
        public double[] W = [1.5, 2.5];
        public int[] Index = [0, 1];
    }

    [Differentiable]
    internal sealed partial class Net
    {
        public double A = 1.5;
        public int[] Index = [0, 1];
        public int[][] Rows = [[0, 1], [1]];
        public int[,] Table = new int[2, 2];
        public List<int> List = [0, 1];
        public Part Inner = new();
        public Part[] Parts = [new(), new()];

        [NoGradient]
        public double[] Mean = [1.5, 2.5];

        [NoGradient]
        public Part Fixed = new();

        [NoGradient]
        public Part[] Others = [new(), new()];

        public string[] Names = ["a", "b"];
    }

    private delegate int[] Chosen(Net net);

    public static TheoryData<string> Places => [.. places.Keys];

    private static readonly Dictionary<string, Chosen> places = new()
    {
        ["Index"] = static net => net.Index,
        ["Rows"] = static net => net.Rows[0],
        ["Inner.Index"] = static net => net.Inner.Index,
        ["Parts[1].Index"] = static net => net.Parts[1].Index,
        ["Fixed.Index"] = static net => net.Fixed.Index,
        ["Others[0].Index"] = static net => net.Others[0].Index,
    };

    [Theory]
    [MemberData(nameof(Places))]
    public static void Indices_that_are_written_are_not_those_of_the_object(string place)
    {
        Net net = new(), dnet = net.ZerosLike();
        double[] x = [0.7, 1.3], dx = new double[2];
        int[] index = places[place](net);
        Assert.Contains("'net' overlaps 'index'", Assert.Throws<ArgumentException>(() => SteppedBackward(net, index, x, dnet, dx)).Message, StringComparison.Ordinal);
        Assert.Contains("'net' overlaps 'index'", Assert.Throws<ArgumentException>(() => SteppedForward(net, index, x, out _)).Message, StringComparison.Ordinal);
        Assert.Equal([0, 0], dx);
    }

    [Fact]
    public static void Tables_are_not_those_of_the_object()
    {
        Net net = new();
        Assert.Throws<ArgumentException>(() => OfTableBackward(net, net.Table, [0.7, 1.3], net.ZerosLike(), new double[2]));
        Check.Gradient(x => OfTable(new(), new int[2, 2], x), (x, d, s) => OfTableBackward(new(), new int[2, 2], x, new(), d, s), 1e-6, Check.Heap.UsedByTest, [0.7, 1.3]);
    }

    [Fact]
    public static void Others_are_right() => Check.Gradient(x => Stepped(new(), [0, 1], x), (x, d, s) => SteppedBackward(new(), [0, 1], x, new(), d, s), 1e-6, Check.Heap.UsedByTest, [0.7, 1.3]);

    [Differentiable]
    internal static double Stepped(Net net, int[] index, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s = Step(net, s, x, i) + x[index[i]];
        }

        index[0] = 1;
        return s;
    }

    [Differentiable]
    private static double Step(Net net, double s, double[] x, int i) => s * x[net.Index[i]] * net.Inner.V;

    [Differentiable]
    internal static double OfTable(Net net, int[,] table, double[] x)
    {
        double s = net.Inner.V;
        for (int i = 0; i < 2; i++)
        {
            s *= x[net.Table[i, 0]];
        }

        table[0, 0] = 1;
        return s;
    }

    /// <summary>Two objects may have a constant in common, unless something is written that may be it.</summary>
    [Fact]
    public static void Constants_that_two_objects_share()
    {
        Net one = new(), other = new() { };
        (other.Mean, other.Index) = (one.Mean, one.Index);
        double[] x = [0.7, 1.3], dx = new double[2];
        WeightsBackward(one, other, x, one.ZerosLike(), other.ZerosLike(), dx);
        Assert.Throws<ArgumentException>(() => IndicesBackward(one, other, x, one.ZerosLike(), other.ZerosLike(), dx));
        Assert.Throws<ArgumentException>(() => MeansBackward(one, one.Mean, x, one.ZerosLike(), dx));
        Assert.Throws<ArgumentException>(() => MeansBackward(one, one.Fixed.W, x, one.ZerosLike(), dx));
    }

    [Differentiable]
    internal static double Weights(Net one, Net other, double[] x)
    {
        one.Inner.V *= x[0];
        return one.Inner.V * other.Inner.V * other.Mean[0];
    }

    [Differentiable]
    internal static double Indices(Net one, Net other, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s *= x[one.Index[i]] * one.Inner.V;
        }

        other.Index[0] = 1;
        return s * other.Inner.V;
    }

    [Differentiable]
    internal static double Means(Net net, [NoGradient] double[] mean, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s *= x[0] * net.Mean[i] * net.Inner.V;
        }

        mean[0] = 7;
        return s;
    }
}
