namespace Backprop.Integration.Calls;

/// <summary>Objects and tables that a call was given and that are written after it: its pullback is given them as they were.</summary>
public static partial class Overwritten
{
    [Differentiable]
    internal sealed partial class Layer
    {
        public double[] W = [];
        public double B;

        [NoGradient]
        public double[] Scale = [2, 3];
    }

    [Differentiable]
    internal sealed partial record Net
    {
        public Layer Inner { get; init; } = new();

        public Layer[] More { get; init; } = [];

        public double[,] Table { get; init; } = new double[1, 2];
    }

    [Differentiable]
    internal static double Use(Layer layer, double x) => layer.W[0] * layer.W[1] * layer.Scale[0] * x * layer.B;

    [Differentiable]
    internal static void Change(Layer layer)
    {
        layer.W[0] *= 2;
        layer.Scale[0] += 1;
        layer.B *= layer.W[1];
    }

    [Differentiable]
    internal static double Layers(Layer layer, double x)
    {
        double sum = 0;
        for (int i = 0; i < 3; i++)
        {
            sum += Use(layer, x + sum);
            Change(layer);
        }

        return sum;
    }

    [Differentiable]
    internal static double WrittenHere(Layer layer, double x)
    {
        double y = Use(layer, x);
        layer.B *= x;
        layer.Scale[0] = 7;
        return y * Use(layer, y);
    }

    /// <summary>The two halves of a method keep the copies too.</summary>
    [Differentiable]
    internal static double Twice(Layer layer, double x) => Layers(layer, x) * layer.B + WrittenHere(layer, x * x);

    private static Layer LayerOf(double[] x) => new() { W = [x[1], x[2]], B = x[3] };

    private static void CheckLayer(Func<Layer, double, double> primal, Backward<Layer> backward) => Check.Gradient(
        x => primal(LayerOf(x), x[0]),
        (x, d, s) =>
        {
            Layer layer = LayerOf(x), gradient = layer.ZerosLike();
            double value = backward(layer, x[0], gradient, ref d[0], s);
            (d[1], d[2], d[3]) = (d[1] + gradient.W[0], d[2] + gradient.W[1], d[3] + gradient.B);
            return value;
        },
        1e-6,
        Check.Heap.UsedByTest,
        [0.3, 0.4, 0.7, 0.2],
        [-0.6, 0.2, -1.1, 0.5]);

    private delegate double Backward<T>(T given, double x, T gradient, ref double dx, double seed);

    [Fact]
    public static void An_object_that_another_call_writes() => CheckLayer(Layers, LayersBackward);

    [Fact]
    public static void An_object_that_the_method_writes() => CheckLayer(WrittenHere, WrittenHereBackward);

    [Fact]
    public static void Copies_in_the_residuals() => CheckLayer(Twice, TwiceBackward);

    [Differentiable]
    internal static double UseNet(Net net, double x) => net.Inner.W[0] * net.More[0].W[1] * net.Table[0, 1] * x;

    [Differentiable]
    internal static void ChangeNet(Net net)
    {
        net.Inner.W[0] *= 2;
        net.More[0].W[1] *= net.Table[0, 1];
        net.Table[0, 1] *= 3;
    }

    [Differentiable]
    internal static double Nets(Net net, double x)
    {
        double sum = 0;
        for (int i = 0; i < 3; i++)
        {
            sum += UseNet(net, x + sum);
            ChangeNet(net);
        }

        return sum;
    }

    [Fact]
    public static void A_model_with_parts() => Check.Gradient(
        x => Nets(NetOf(x), x[0]),
        (x, d, s) =>
        {
            Net net = NetOf(x), gradient = net.ZerosLike();
            double value = NetsBackward(net, x[0], gradient, ref d[0], s);
            (d[1], d[2], d[3]) = (d[1] + gradient.Inner.W[0], d[2] + gradient.More[0].W[1], d[3] + gradient.Table[0, 1]);
            return value;
        },
        1e-6,
        Check.Heap.UsedByTest,
        [0.3, 0.4, 0.7, 0.2]);

    private static Net NetOf(double[] x) => new() { Inner = new() { W = [x[1]] }, More = [new() { W = [1, x[2]] }], Table = new[,] { { 0, x[3] } } };

    [Differentiable]
    internal static double UseRows(double[][] w, double x) => w[0][0] * w[1][0] * x;

    [Differentiable]
    internal static void ChangeRows(double[][] w)
    {
        w[0][0] *= 3;
        w[1][0] *= w[0][0];
    }

    [Differentiable]
    internal static double Rows(double[][] w, double x)
    {
        double sum = 0;
        for (int i = 0; i < 3; i++)
        {
            sum += UseRows(w, x + sum);
            ChangeRows(w);
        }

        return sum;
    }

    [Fact]
    public static void Rows_of_rows() => Check.Gradient(
        x => Rows([[x[1]], [x[2]]], x[0]),
        (x, d, s) =>
        {
            double[][] gradient = [[0], [0]];
            double value = RowsBackward([[x[1]], [x[2]]], x[0], gradient, ref d[0], s);
            (d[1], d[2]) = (d[1] + gradient[0][0], d[2] + gradient[1][0]);
            return value;
        },
        1e-6,
        Check.Heap.UsedByTest,
        [0.3, 0.4, 0.7]);

    [Differentiable]
    internal static double UseTable(double[,] w, double x) => w[0, 0] * w[1, 0] * x;

    [Differentiable]
    internal static double Tables(double[,] w, double x)
    {
        double sum = 0;
        for (int i = 0; i < 3; i++)
        {
            sum += UseTable(w, x + sum);
            w[1, 0] *= w[0, 0] + i;
        }

        return sum;
    }

    [Fact]
    public static void A_table() => Check.Gradient(
        x => Tables(new[,] { { x[1] }, { x[2] } }, x[0]),
        (x, d, s) =>
        {
            double[,] gradient = new double[2, 1];
            double value = TablesBackward(new[,] { { x[1] }, { x[2] } }, x[0], gradient, ref d[0], s);
            (d[1], d[2]) = (d[1] + gradient[0, 0], d[2] + gradient[1, 0]);
            return value;
        },
        1e-6,
        Check.Heap.UsedByTest,
        [0.3, 0.4, 0.7]);

    [Differentiable]
    internal static double UseMemory(Memory<double> w, double x) => w.Span[0] * w.Span[1] * x;

    [Differentiable]
    internal static void ChangeMemory(Memory<double> w)
    {
        w.Span[0] *= 3;
        w.Span[1] *= w.Span[0];
    }

    [Differentiable]
    internal static double Memories(Memory<double> w, double x)
    {
        double sum = 0;
        for (int i = 0; i < 3; i++)
        {
            sum += UseMemory(w, x + sum);
            ChangeMemory(w);
        }

        return sum;
    }

    [Fact]
    public static void Memory_of_an_array() => Check.Gradient(
        x => Memories(new[] { x[1], x[2] }, x[0]),
        (x, d, s) =>
        {
            double[] gradient = new double[2];
            double value = MemoriesBackward(new[] { x[1], x[2] }, x[0], gradient, ref d[0], s);
            (d[1], d[2]) = (d[1] + gradient[0], d[2] + gradient[1]);
            return value;
        },
        1e-6,
        Check.Heap.UsedByTest,
        [0.3, 0.4, 0.7]);
}
