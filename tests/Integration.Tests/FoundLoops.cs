namespace Backprop.Integration;

/// <summary>Found by GradFuzz.</summary>
public static partial class FoundLoops
{
    [Fact]
    public static void A_local_array_that_decides_how_a_loop_ends()
        => Check.Gradient(x => Ending(x[0]), (x, d, s) => EndingBackward(x[0], ref d[0], s), [1.5]);

    [Differentiable]
    internal static double Ending(double x)
    {
        while (true)
        {
            double[] b = new double[1];
            if (b[0] <= 1)
            {
                break;
            }

            x = 1;
        }

        double s = x;
        return s;
    }
}
