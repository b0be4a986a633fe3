namespace Backprop.Integration;

/// <summary>Lists in models: their elements are read and written by index, and they stay as long as they are.</summary>
public static partial class ModelLists
{
    [Differentiable]
    internal sealed partial class Layer
    {
        public double W;
        public double[] V = [];

        [Differentiable]
        public double Apply(double x) => Math.Tanh((W * x) + V[0]);

        [Differentiable]
        public void Grow(double x)
        {
            W *= x;
            V[0] += W;
        }
    }

    [Differentiable]
    internal sealed partial class Net
    {
        public List<Layer> Layers = [];

        public List<double[]> Rows { get; } = [];

        public double[] Biases = [];

        public List<List<Layer>> Deep = [];

        [Differentiable]
        public double ByIndex(double x)
        {
            for (int i = 0; i < Layers.Count; i++)
            {
                x = Layers[i].Apply(x);
            }

            return x * Layers[^1].W;
        }

        [Differentiable]
        public double ByElement(double x)
        {
            foreach (Layer layer in Layers)
            {
                x = layer.Apply(x) * layer.V[0];
            }

            foreach (double[] row in Rows)
            {
                foreach (double value in row)
                {
                    x += value * x;
                }
            }

            return x;
        }

        [Differentiable]
        public double Written(double x)
        {
            Biases[0] *= x;
            Biases[1] += Biases[0];
            Rows[0][0] *= x;
            foreach (Layer layer in Layers)
            {
                layer.Grow(x);
                x += layer.Apply(x);
                layer.W = x;
            }

            foreach (double bias in Biases)
            {
                x += bias * Rows[0][0];
            }

            return ByElement(x);
        }

        [Differentiable]
        public double Nested(double x)
        {
            foreach (List<Layer> layers in Deep)
            {
                foreach (Layer layer in layers)
                {
                    x = layer.Apply(x);
                }
            }

            return x * Deep[1][0].W;
        }
    }

    private const int Inputs = 10;

    private static Net NetOf(double[] x) => new()
    {
        Layers = [new() { W = x[1], V = [x[2]] }, new() { W = x[3], V = [x[4]] }],
        Rows = { (double[])[x[5], x[6]], (double[])[x[7]] },
        Biases = [x[8], x[9]],
        Deep = [[new() { W = x[1], V = [x[2]] }], [new() { W = x[3], V = [x[4]] }, new() { W = x[5], V = [x[6]] }]],
    };

    private static double[] Numbers(Net net) =>
    [
        net.Layers[0].W, net.Layers[0].V[0], net.Layers[1].W, net.Layers[1].V[0], net.Rows[0][0], net.Rows[0][1], net.Rows[1][0], net.Biases[0], net.Biases[1],
    ];

    private static double[] DeepNumbers(Net net) => [net.Deep[0][0].W, net.Deep[0][0].V[0], net.Deep[1][0].W, net.Deep[1][0].V[0], net.Deep[1][1].W, net.Deep[1][1].V[0], 0, 0, 0];

    private delegate double Backward(Net net, double x, Net gradient, ref double dx, double seed);

    private static void Gradient(Func<Net, double, double> primal, Backward backward) => Check.Gradient(
        x => primal(NetOf(x), x[0]),
        (x, d, s) =>
        {
            Net net = NetOf(x), gradient = net.ZerosLike();
            double value = backward(net, x[0], gradient, ref d[0], s);
            double[] shallow = Numbers(gradient), deep = DeepNumbers(gradient);
            for (int i = 1; i < Inputs; i++)
            {
                d[i] += shallow[i - 1] + deep[i - 1];
            }

            return value;
        },
        1e-6,
        Check.Heap.UsedByTest,
        [0.3, 0.4, 0.7, 0.2, -0.5, 0.6, 1.1, -0.8, 0.9, 0.25],
        [-0.6, 0.2, -1.1, 0.5, 0.3, -0.7, 0.4, 0.8, -0.3, 1.2]);

    [Fact]
    public static void Elements_by_index() => Gradient((net, x) => net.ByIndex(x), (Net net, double x, Net gradient, ref double dx, double seed) => net.ByIndexBackward(x, gradient, ref dx, seed));

    [Fact]
    public static void Elements_in_turn() => Gradient((net, x) => net.ByElement(x), (Net net, double x, Net gradient, ref double dx, double seed) => net.ByElementBackward(x, gradient, ref dx, seed));

    [Fact]
    public static void Elements_that_are_written() => Gradient((net, x) => net.Written(x), (Net net, double x, Net gradient, ref double dx, double seed) => net.WrittenBackward(x, gradient, ref dx, seed));

    [Fact]
    public static void Lists_of_lists() => Gradient((net, x) => net.Nested(x), (Net net, double x, Net gradient, ref double dx, double seed) => net.NestedBackward(x, gradient, ref dx, seed));

    [Fact]
    public static void An_index_out_of_range_is_the_primals_own_exception()
    {
        Net net = NetOf(new double[Inputs]);
        net.Rows.Clear();
        Assert.Equal("index", Assert.Throws<ArgumentOutOfRangeException>(() => net.Written(1)).ParamName);
        Net gradient = net.ZerosLike();
        double dx = 0;
        Assert.Equal("index", Assert.Throws<ArgumentOutOfRangeException>(() => net.WrittenBackward(1, gradient, ref dx)).ParamName);
    }

    [Fact]
    public static void Nothing_is_allocated()
    {
        Net net = NetOf([0.3, 0.4, 0.7, 0.2, -0.5, 0.6, 1.1, -0.8, 0.9, 0.25]), gradient = net.ZerosLike();
        double dx = 0;
        net.ByElementBackward(0.3, gradient, ref dx);
        long before = GC.GetAllocatedBytesForCurrentThread();
        net.ByElementBackward(0.3, gradient, ref dx);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
