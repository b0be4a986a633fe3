using Backprop.Integration;

namespace Backprop.Programs;

public static class MonteCarloTests
{
    private const double Maturity = 1.5;
    private const int Paths = 6, Times = 4;

    private static readonly double[,] normals = Normals();

    [Fact]
    public static void The_gradient_is_the_mean_of_the_pathwise_derivatives()
    {
        double[] x = [100, 101, 0.04, 0.2];
        double[] expected = new double[4];
        double value = 0, discount = Math.Exp(-x[2] * Maturity) / Paths;
        for (int path = 0; path < Paths; path++)
        {
            double motion = 0, mean = 0, byRate = 0, byVolatility = 0;
            for (int i = 0; i < Times; i++)
            {
                double t = (i + 1) * Maturity / Times;
                motion += Math.Sqrt(Maturity / Times) * normals[path, i];
                double price = x[0] * Math.Exp((x[2] - 0.5 * x[3] * x[3]) * t + x[3] * motion) / Times;
                mean += price;
                byRate += price * t;
                byVolatility += price * (motion - x[3] * t);
            }

            if (mean > x[1])
            {
                value += discount * (mean - x[1]);
                expected[0] += discount * mean / x[0];
                expected[1] -= discount;
                expected[2] += discount * byRate;
                expected[3] += discount * byVolatility;
            }
        }

        expected[2] -= Maturity * value;
        Check.Formula(Backward, x, expected);
        Check.Gradient(a => MonteCarlo.AsianCall(a[0], a[1], a[2], a[3], Maturity, normals), Backward, x);
    }

    private static double Backward(double[] x, double[] d, double seed)
        => MonteCarlo.AsianCallBackward(x[0], x[1], x[2], x[3], Maturity, normals, ref d[0], ref d[1], ref d[2], ref d[3], seed);

    private static double[,] Normals()
    {
        double[,] result = new double[Paths, Times];
        for (int t = 0; t < Paths * Times; t++)
        {
            result[t / Times, t % Times] = 1.3 * Math.Sin(1 + t * t);
        }

        return result;
    }
}
