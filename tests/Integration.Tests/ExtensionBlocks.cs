namespace Backprop.Integration;

/// <summary>Members that are not differentiated and stand in a block of extension members.</summary>
public static partial class ExtensionBlocks
{
    [Fact]
    public static void Are_called_like_others()
        => Check.Gradient(x => Scaled(x[0]), (x, d, s) => ScaledBackward(x[0], ref d[0], s), [0.7], [-0.4]);

    [Differentiable]
    internal static double Scaled(double x)
    {
        double k = 3;
        return (x * k.Twice) + (k.Times(2) * x * x) + (double.Four * Math.Sin(x)) + (double.Of(3) * x) + (List<int>.Three * x) + (List<int>.First(5, 2.0) * x);
    }
}

/// <summary>They must stand in a class that is not nested.</summary>
internal static class Extensions
{
    extension(double x)
    {
        public static double Four => 4;

        public double Twice => x * 2;

        public static double Of(int n) => n;

        public double Times(int n) => x * n;
    }

    extension<T>(List<T>)
    {
        public static int Three => 3;

        public static T First<TOther>(T first, TOther second) => second is null ? default! : first;
    }
}
