namespace Backprop.Programs;

public static partial class MonteCarlo
{
    /// <summary>The value of a call on the mean price of a share, over given paths of normal numbers. normals [paths, times].</summary>
    [Differentiable]
    public static double AsianCall(double spot, double strike, double rate, double volatility, [NoGradient] double maturity, [NoGradient] double[,] normals)
    {
        int paths = normals.GetLength(0), times = normals.GetLength(1);
        double dt = maturity / times;
        double drift = (rate - 0.5 * volatility * volatility) * dt, spread = volatility * Math.Sqrt(dt);
        double payoffs = 0;
        for (int path = 0; path < paths; path++)
        {
            double price = spot, prices = 0;
            for (int time = 0; time < times; time++)
            {
                price *= Math.Exp(drift + spread * normals[path, time]);
                prices += price;
            }

            payoffs += Math.Max(prices / times - strike, 0);
        }

        return Math.Exp(-rate * maturity) * payoffs / paths;
    }
}
