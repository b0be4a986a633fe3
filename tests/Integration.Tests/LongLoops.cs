namespace Backprop.Integration;

/// <summary>Loops whose number of trips nobody knows, or that is large.</summary>
public static partial class LongLoops
{
    [Fact]
    public static void A_fixed_point()
        => Check.Gradient(x => FixedPoint(x[0]), (x, d, s) => FixedPointBackward(x[0], ref d[0], s), [0.5], [-0.4], [0.9]);

    [Differentiable]
    internal static double FixedPoint(double a)
    {
        double y = 0, change;
        do
        {
            double next = Math.Cos(y * a);
            change = Math.Abs(next - y);
            y = next;
        }
        while (change > 1e-13);
        return y;
    }

    [Fact]
    public static void A_million_trips()
    {
        double da = 0, db = 0;
        double value = LongBackward(0.5, 0.25, 1_000_000, ref da, ref db);
        Assert.Equal(Long(0.5, 0.25, 1_000_000), value);
        const double h = 1e-4;
        double difference = (Long(0.5 + h, 0.25, 1_000_000) - Long(0.5 - h, 0.25, 1_000_000)) / (2 * h);
        Assert.Equal(difference, da, Math.Abs(difference) * 1e-6);
        difference = (Long(0.5, 0.25 + h, 1_000_000) - Long(0.5, 0.25 - h, 1_000_000)) / (2 * h);
        Assert.Equal(difference, db, Math.Abs(difference) * 1e-6);
    }

    [Differentiable]
    internal static double Long(double a, double b, int n)
    {
        double y = 0, sum = 0;
        int i = 0;
        while (i < n)
        {
            y = Math.Tanh(a * y + b);
            sum += y;
            i++;
        }

        return sum / n;
    }
}
