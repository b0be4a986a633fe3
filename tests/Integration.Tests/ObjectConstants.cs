using System.Reflection;

namespace Backprop.Integration;

/// <summary>Indices and constants in an object that are written after they were read, by the method itself or by one that it calls.</summary>
public static partial class ObjectConstants
{
    [Differentiable]
    internal sealed partial class Part
    {
        public double V = 2;
        public int[] Index = [0, 1];
    }

    [Differentiable]
    internal sealed partial class Net
    {
        public double A = 1.5;
        public double[] W = [1, 2];
        public int[] Index = [0, 1];

        [NoGradient]
        public double[] Mean = [1.5, 2.5];

        [NoGradient]
        public Memory<double> View = new double[] { 1.5, 2.5 };

        [NoGradient]
        public Memory<double>[] Views = [new double[] { 1.5, 2.5 }];

        [NoGradient]
        public double[,][] Grid = { { new double[] { 1.5, 2.5 } } };

        [NoGradient]
        public Half[][] Halves = [[(Half)1.5, (Half)2.5]];

        public Part Inner = new();
        public Part[] Parts = [new(), new()];

        public int this[int i]
        {
            get => Index[i];
            set => Index[i] = value;
        }
    }

    private delegate double Primal(Net net, double[] x);

    private delegate double Backward(Net net, double[] x, Net dnet, Span<double> dx, double seed);

    public static TheoryData<string> Cases => [.. Methods.Select(static method => method.Name)];

    private static IEnumerable<MethodInfo> Methods => typeof(ObjectConstants).GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
        .Where(static method => method.GetCustomAttribute<DifferentiableAttribute>() is not null && method.GetParameters() is [{ ParameterType: var first }, { ParameterType: var second }] && first == typeof(Net) && second == typeof(double[]));

    [Theory]
    [MemberData(nameof(Cases))]
    public static void What_was_read_is_kept(string name)
    {
        var primal = Methods.Single(candidate => candidate.Name == name).CreateDelegate<Primal>();
        var backward = typeof(ObjectConstants).GetMethod(name + "Backward", BindingFlags.Static | BindingFlags.NonPublic)!.CreateDelegate<Backward>();
        Check.Gradient(x => primal(new(), x), (x, dx, seed) => backward(new(), x, new Net().ZerosLike(), dx, seed), 1e-6, Check.Heap.UsedByTest, [0.7, 1.3]);
    }

    [Differentiable]
    internal static double WrittenByCallee(Net net, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s *= x[net.Index[i]] * net.Inner.V;
        }

        return s + Touched(net);
    }

    [Differentiable]
    private static double Touched(Net net)
    {
        net.Index[0] = 1;
        net.Mean[0] = 7;
        return net.A;
    }

    [Differentiable]
    internal static double ReadByCallee(Net net, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s = Used(net, s, x, i);
        }

        net.Index[0] = 1;
        net.Mean[0] = 7;
        return s;
    }

    [Differentiable]
    private static double Used(Net net, double s, double[] x, int i) => s * x[net.Index[i]] * net.Mean[i];

    [Differentiable]
    internal static double BothByCallees(Net net, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s = Used(net, s, x, i);
            s += Touched(net);
        }

        return s;
    }

    [Differentiable]
    internal static double ConstantsWrittenByCallee(Net net, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s *= x[i] * net.Mean[i] * net.Inner.V;
        }

        return s + Touched(net);
    }

    [Differentiable]
    internal static double ArrayGivenToCallee(Net net, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s = Chosen(net.Index, s, x, i);
        }

        return s + Touched(net);
    }

    [Differentiable]
    private static double Chosen(int[] index, double s, double[] x, int i) => s * x[index[i]];

    [Differentiable]
    internal static double ArrayWrittenByCallee(Net net, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s = Used(net, s, x, i);
        }

        return s + Stepped(net.Index, x[0]);
    }

    [Differentiable]
    private static double Stepped(int[] index, double y)
    {
        index[0] = 1;
        return y;
    }

    private static int[] Same(int[] index) => index;

    [Differentiable]
    internal static double WrittenUnderAnotherName(Net net, double[] x)
    {
        int[] same = Same(net.Index);
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s = Used(net, s, x, i);
        }

        same[0] = 1;
        return s;
    }

    [Differentiable]
    internal static double ReadUnderAnotherName(Net net, double[] x)
    {
        int[] same = Same(net.Index);
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s *= x[same[i]] * net.Inner.V;
        }

        return s + Touched(net);
    }

    [Differentiable]
    internal static double ByIndexer(Net net, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s *= x[net[i]];
            net[i] = 1 - net[i];
        }

        net[0] = net[1];
        return s;
    }

    [Differentiable]
    internal static double OfParts(Net net, double[] x)
    {
        double s = 1;
        foreach (Part part in net.Parts)
        {
            s *= x[part.Index[0]] * part.V;
            part.Index[0] = 1;
        }

        net.Inner.Index.AsSpan().Fill(1);
        return s * x[net.Parts[0].Index[0]] * x[net.Inner.Index[0]];
    }

    /// <summary>An object may hold one array twice.</summary>
    [Fact]
    public static void A_leaf_that_is_a_constant_as_well()
    {
        static Net twice()
        {
            Net net = new();
            net.Mean = net.W;
            return net;
        }

        Check.Gradient(x => Doubled(twice(), x), (x, dx, seed) => DoubledBackward(twice(), x, new Net().ZerosLike(), dx, seed), 1e-6, Check.Heap.UsedByTest, [0.7, 1.3]);
    }

    [Differentiable]
    internal static double Doubled(Net net, double[] x)
    {
        double s = 1;
        for (int i = 0; i < 2; i++)
        {
            s *= x[i] * net.Mean[i];
            net.W[i] = 3;
        }

        return s;
    }
}
