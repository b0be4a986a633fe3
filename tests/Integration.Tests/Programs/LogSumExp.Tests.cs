using Backprop.Integration;

namespace Backprop.Programs;

public static class LogSumExpTests
{
    [Fact]
    public static void The_gradient_is_the_softmax()
    {
        double[] x = [0.5, -1, 3, 2.5, 0];
        double sum = x.Sum(Math.Exp);
        Check.Formula(Backward, x, [.. x.Select(xi => Math.Exp(xi) / sum)]);
        Check.Gradient(a => LogSumExp.Of(a), Backward, x, [700, 701, 699], [-3]);
    }

    private static double Backward(double[] x, double[] d, double seed) => LogSumExp.OfBackward(x, d, seed);
}
