namespace Backprop.Integration;

/// <summary>Computed properties and indexers of [Differentiable] classes: their bodies become part of the caller's.</summary>
public static partial class ObjectAccessors
{
    [Differentiable]
    internal sealed partial class Net
    {
        public double[] W = new double[3];
        public double B;
        private double hidden = 3;

        public int Width => W.Length;

        public double Twice => 2 * B * hidden;

        public double Energy
        {
            get
            {
                double sum = 0;
                foreach (double w in W)
                {
                    sum += w * w;
                }

                return sum;
            }

            set => B = value * W[1];
        }

        public double this[int i]
        {
            get => W[i] * B;
            set
            {
                W[i] = value * B;
                hidden = value;
            }
        }

        public static Net Of(double[] x) => new() { W = [x[1], x[2], x[3]], B = x[4] };

        [Differentiable]
        public double Loss(double x)
        {
            double sum = 0;
            for (int i = 0; i < Width; i++)
            {
                sum += this[i] * x;
            }

            this[1] = sum * x;
            return sum * Twice + Energy + this[1];
        }
    }

    [Fact]
    public static void Of_this() => Has(static (net, x) => net.Loss(x), static (Net net, double x, Net gradient, ref double dx, double seed) => net.LossBackward(x, gradient, ref dx, seed));

    [Fact]
    public static void Of_a_parameter_read_and_written() => Has(Used, UsedBackward);

    [Differentiable]
    internal static double Used(Net net, double x)
    {
        double sum = net[0] + net.Twice * x;
        net[1] += sum;
        net.Energy = net[2] * x;
        net.Energy *= 0.5;
        (net[0], x) = (x, net[0]);
        return net.Loss(net[0] + net.Energy) + net.Twice * x;
    }

    private delegate double Pass(Net net, double x, Net gradient, ref double dx, double seed);

    private static void Has(Func<Net, double, double> primal, Pass backward) => Check.Gradient(
        x => primal(Net.Of(x), x[0]),
        (x, d, s) =>
        {
            Net net = Net.Of(x), gradient = net.ZerosLike();
            double value = backward(net, x[0], gradient, ref d[0], s);
            for (int i = 0; i < 3; i++)
            {
                d[i + 1] += gradient.W[i];
            }

            d[4] += gradient.B;
            return value;
        },
        1e-6,
        Check.Heap.UsedByTest,
        [0.4, 0.3, -0.4, 0.7, 0.9],
        [-0.7, 0.9, 0.5, -0.3, 0.6]);
}
