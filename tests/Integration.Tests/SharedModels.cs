namespace Backprop.Integration;

/// <summary>One model twice in an array, of which a copy is kept because it is written after a call.</summary>
public static partial class SharedModels
{
    [Differentiable]
    internal sealed partial class Layer
    {
        public double[] W = new double[2];
    }

    [Fact]
    public static void Is_once_in_the_copy_too()
    {
        double[] at = [0.5, 0.3, 0.2, 0.4, 0.6], slope = new double[5];
        Layer one = new() { W = [0.3, 0.2] }, other = new() { W = [0.4, 0.6] }, dOne = one.ZerosLike(), dOther = other.ZerosLike();
        double value = LossBackward(0.5, [one, one, other], ref slope[0], [dOne, dOne, dOther]);
        dOne.W.CopyTo(slope, 1);
        dOther.W.CopyTo(slope, 3);
        Assert.Equal(Primal(at), value);
        for (int i = 0; i < at.Length; i++)
        {
            const double H = 1e-5;
            double before = at[i];
            at[i] = before + H;
            double up = Primal(at);
            at[i] = before - H;
            double down = Primal(at);
            at[i] = before;
            Assert.Equal((up - down) / (2 * H), slope[i], 1e-6);
        }
    }

    private static double Primal(double[] x)
    {
        Layer one = new() { W = [x[1], x[2]] };
        return Loss(x[0], [one, one, new Layer { W = [x[3], x[4]] }]);
    }

    [Differentiable]
    internal static double Loss(double x, Layer[] layers)
    {
        double sum = 0;
        for (int i = 0; i < layers.Length; i++)
        {
            (layers[2 - i].W[1], x) = (x, layers[2 - i].W[1]);
            sum += Put(layers[i].W[0] * x, layers);
        }

        return sum + (layers[0].W[1] * x);
    }

    [Differentiable]
    internal static double Put(double x, Layer[] layers)
    {
        layers[0].W[1] -= layers[2].W[0] * x;
        return x * layers[0].W[1];
    }
}
