using Backprop.Integration;

namespace Backprop.Programs;

public static class KalmanFilterTests
{
    private static readonly double[] measurements = [0.1, 1.2, 1.9, 3.3, 3.8, 5.4];

    [Fact]
    public static void The_gradient_is_that_of_the_sensitivities()
    {
        double[] x = [0.3, 0.5, 0.2, 0.7, 2];
        Check.Formula(Backward, x, Dual.Gradient(Forward, x));
        Check.Gradient(a => KalmanFilter.NegativeLogLikelihood(a[0], a[1], Laid.On<Vec2>(a, 2), a[4], measurements), Backward, x);
    }

    private static double Backward(double[] x, double[] d, double seed) => KalmanFilter.NegativeLogLikelihoodBackward(
        x[0], x[1], Laid.On<Vec2>(x, 2), x[4], measurements, ref d[0], ref d[1], ref Laid.On<Vec2>(d, 2), ref d[4], seed);

    // The covariance is symmetric: three numbers, each with its sensitivity.
    private static Dual Forward(Dual[] x)
    {
        Dual position = x[2], velocity = x[3], pp = x[4], pv = 0, vv = x[4], sum = 0;
        foreach (double measured in measurements)
        {
            position += velocity;
            pp = pp + 2 * pv + vv + x[0] * (1.0 / 3);
            pv = pv + vv + x[0] * 0.5;
            vv += x[0];
            Dual variance = pp + x[1], surprise = measured - position, byPosition = pp / variance, byVelocity = pv / variance;
            sum += 0.5 * (Dual.Log(variance) + surprise * surprise / variance);
            position += byPosition * surprise;
            velocity += byVelocity * surprise;
            (pp, pv, vv) = (pp - byPosition * pp, pv - byPosition * pv, vv - byVelocity * pv);
        }

        return sum;
    }
}
