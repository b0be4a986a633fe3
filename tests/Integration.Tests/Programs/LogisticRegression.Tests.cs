using Backprop.Integration;

namespace Backprop.Programs;

public static class LogisticRegressionTests
{
    private const double Decay = 0.3;

    private static readonly double[,] samples = { { 1, 2, -0.5 }, { 0.3, -1, 2 }, { -2, 0.5, 1 }, { 0.1, 0.7, -1.5 } };

    private static readonly bool[] labels = [true, false, false, true];

    [Fact]
    public static void The_gradient_is_that_of_the_probabilities()
    {
        double[] x = [0.5, -0.25, 0.75, 0.1];
        double[] expected = [Decay * x[0], Decay * x[1], Decay * x[2], 0];
        for (int n = 0; n < labels.Length; n++)
        {
            double z = samples[n, 0] * x[0] + samples[n, 1] * x[1] + samples[n, 2] * x[2] + x[3];
            double error = (1 / (1 + Math.Exp(-z)) - (labels[n] ? 1 : 0)) / labels.Length;
            for (int j = 0; j < 4; j++)
            {
                expected[j] += error * (j < 3 ? samples[n, j] : 1);
            }
        }

        Check.Formula(Backward, x, expected);
        Check.Gradient(a => LogisticRegression.Loss(a.AsSpan(0, 3), a[3], samples, labels, Decay), Backward, x, [-3, 2, 5, 0]);
    }

    private static double Backward(double[] x, double[] d, double seed)
        => LogisticRegression.LossBackward(x.AsSpan(0, 3), x[3], samples, labels, Decay, d.AsSpan(0, 3), ref d[3], seed);
}
