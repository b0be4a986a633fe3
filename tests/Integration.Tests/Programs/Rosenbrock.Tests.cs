using Backprop.Integration;

namespace Backprop.Programs;

public static class RosenbrockTests
{
    [Fact]
    public static void The_gradient_is_the_sum_of_the_slopes_of_two_squares()
    {
        double[] x = [1.2, -0.7, 0.4, 1.1, 0.9];
        double[] expected = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            expected[i] += i < x.Length - 1 ? -400 * x[i] * (x[i + 1] - x[i] * x[i]) - 2 * (1 - x[i]) : 0;
            expected[i] += i > 0 ? 200 * (x[i] - x[i - 1] * x[i - 1]) : 0;
        }

        Check.Formula(Backward, x, expected);
        Check.Gradient(a => Rosenbrock.Value(a), Backward, x, [1, 1], [0.5], []);
    }

    private static double Backward(double[] x, double[] d, double seed) => Rosenbrock.ValueBackward(x, d, seed);
}
