using Backprop.Integration;

namespace Backprop.Programs;

public static class RungeKuttaTests
{
    private const double H = 0.02;
    private const int Steps = 7;

    [Fact]
    public static void The_gradient_is_that_of_the_variational_equation()
    {
        double[] x = [1, 1.5, 20, 10, 28, 8.0 / 3];
        Check.Formula(Last, x, Dual.Gradient(Variational, x));
        Check.InPlace(a => RungeKutta.Lorenz(a.AsSpan(0, 3), a.AsSpan(3), H, Steps), (a, d) => RungeKutta.LorenzBackward(a.AsSpan(0, 3), a.AsSpan(3), H, Steps, d.AsSpan(0, 3), d.AsSpan(3)), x);
    }

    [Fact]
    public static void A_product_of_rates_has_its_own_quotients_as_slopes()
    {
        double[] x = [1.5, -0.75, 2, 1.25];
        double value = RungeKutta.Products(x, 6);
        double Backward(double[] a, double[] d, double seed) => RungeKutta.ProductsBackward(a, 6, d, seed);
        Check.Formula(Backward, x, [.. x.Select(xi => value / xi)]);
        Check.Gradient(a => RungeKutta.Products(a, 6), Backward, x);
        Assert.Equal(1.5 * -0.75 * 2 * 1.25 * 16 / 24, value, 1e-12);
    }

    // The sum of the state at the end; the arguments are put back.
    private static double Last(double[] x, double[] d, double seed)
    {
        Span<double> state = [.. x.AsSpan(0, 3)], dState = [seed, seed, seed];
        RungeKutta.LorenzBackward(state, x.AsSpan(3), H, Steps, dState, d.AsSpan(3));
        for (int i = 0; i < 3; i++)
        {
            d[i] += dState[i];
        }

        return state[0] + state[1] + state[2];
    }

    private static Dual Variational(Dual[] x)
    {
        Dual[] y = x[..3];
        Dual[] Slope(Dual[] at) => [x[3] * (at[1] - at[0]), at[0] * (x[4] - at[2]) - at[1], at[0] * at[1] - x[5] * at[2]];
        Dual[] Moved(double by, Dual[] along) => [y[0] + by * along[0], y[1] + by * along[1], y[2] + by * along[2]];
        for (int step = 0; step < Steps; step++)
        {
            Dual[] k1 = Slope(y), k2 = Slope(Moved(H / 2, k1)), k3 = Slope(Moved(H / 2, k2)), k4 = Slope(Moved(H, k3));
            y = Moved(H / 6, [.. k1.Select((_, i) => k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i])]);
        }

        return y[0] + y[1] + y[2];
    }
}
