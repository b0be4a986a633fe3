using Backprop.Integration;

namespace Backprop.Programs;

public static class BlackScholesTests
{
    [Fact]
    public static void The_gradient_has_the_Greeks()
    {
        double[] x = [105, 100, 0.03, 0.25, 1.5];
        Check.Formula((a, d, s) => BlackScholes.CallBackward(a[0], a[1], a[2], a[3], a[4], ref d[0], ref d[1], ref d[2], ref d[3], ref d[4], s), x, Greeks(x));
        double[] portfolio = [105, 100, 0.03, 0.25, 1.5, 95, 100, 0.02, 0.3, 0.5];
        Check.Formula(Backward, portfolio, [.. Greeks(portfolio[..5]), .. Greeks(portfolio[5..])]);
        Check.Gradient(a => BlackScholes.Portfolio(Laid.All<Option>(a)), Backward, portfolio, x, []);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.8413447460685429)]
    [InlineData(-1, 0.15865525393145707)]
    [InlineData(-3, 0.0013498980316300945)]
    [InlineData(2.5, 0.9937903346742238)]
    public static void The_normal_distribution(double z, double expected) => Assert.Equal(expected, BlackScholes.Normal(z), 1e-15);

    private static double Backward(double[] x, double[] d, double seed) => BlackScholes.PortfolioBackward(Laid.All<Option>(x), Laid.All<Option>(d), seed);

    private static double[] Greeks(double[] x)
    {
        double spread = x[3] * Math.Sqrt(x[4]);
        double d1 = (Math.Log(x[0] / x[1]) + (x[2] + 0.5 * x[3] * x[3]) * x[4]) / spread, d2 = d1 - spread;
        double n1 = BlackScholes.Normal(d1), n2 = BlackScholes.Normal(d2), discount = Math.Exp(-x[2] * x[4]), density = Math.Exp(-0.5 * d1 * d1) / Math.Sqrt(2 * Math.PI);
        double delta = n1, dual = -discount * n2, rho = x[1] * x[4] * discount * n2, vega = x[0] * density * Math.Sqrt(x[4]);
        double theta = x[0] * density * x[3] / (2 * Math.Sqrt(x[4])) + x[2] * x[1] * discount * n2;
        return [delta, dual, rho, vega, theta];
    }
}
