namespace Backprop.Programs;

public readonly record struct Option(double Spot, double Strike, double Rate, double Volatility, double Maturity);

/// <summary>The value of European options (Black and Scholes 1973).</summary>
public static partial class BlackScholes
{
    [Differentiable]
    public static double Call(double spot, double strike, double rate, double volatility, double maturity)
    {
        double spread = volatility * Math.Sqrt(maturity);
        double d1 = (Math.Log(spot / strike) + (rate + 0.5 * volatility * volatility) * maturity) / spread;
        double d2 = d1 - spread;
        return spot * Normal(d1) - strike * Math.Exp(-rate * maturity) * Normal(d2);
    }

    [Differentiable]
    public static double Portfolio(ReadOnlySpan<Option> options)
    {
        double sum = 0;
        foreach (Option o in options)
        {
            sum += Call(o.Spot, o.Strike, o.Rate, o.Volatility, o.Maturity);
        }

        return sum;
    }

    /// <summary>The distribution function of the standard normal distribution.</summary>
    [Pullback(nameof(NormalPullback))]
    public static double Normal(double z) => 0.5 * ErrorFunction.Complement(-z / Math.Sqrt(2));

    private static void NormalPullback(double z, double result, ref double dz, double seed)
        => dz += seed * Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
}
