namespace Backprop.Integration;

/// <summary>Found by GradFuzz.</summary>
public static partial class FoundStops
{
    [Fact]
    public static void A_stopped_value_that_takes_the_place_of_the_variable()
        => Check.Slope(x => Stopped(x[0], x[1]), (x, d, s) => StoppedBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 2], 2, 1.5);

    // Compiles only if no statement assigns a variable to itself.
    [Differentiable]
    internal static double Stopped(double x, double y)
    {
        double v = y * y;
        if (x > y)
        {
            v = x;
        }

        v = Gradient.Stop(v);
        return v * x - x + x * y - v * x + x;
    }
}
