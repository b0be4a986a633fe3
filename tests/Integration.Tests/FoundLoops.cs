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

    /// <summary>The second call in place declares them anew.</summary>
    [Fact]
    public static void A_tuple_taken_apart_in_the_loop_of_a_local_function()
        => Check.Gradient(x => Taken(x[0], x[1]), (x, d, s) => TakenBackward(x[0], x[1], ref d[0], ref d[1], s), [0.7, 1.2], [-0.4, 0.3]);

    [Differentiable]
    internal static double Taken(double x, double z)
    {
        double Local(double y)
        {
            int k = 0;
            for (; ; )
            {
                k++;
                if (k >= 3)
                {
                    break;
                }

                var (u, v) = (x * z, y - 0.75);
                y = u * v;
            }

            return y + x;
        }

        return Local(x) * Local(2 * z);
    }

    /// <summary>The call among the arguments declares them first.</summary>
    [Fact]
    public static void A_tuple_taken_apart_in_a_local_function_that_is_given_what_it_gives()
        => Check.Gradient(x => Nested(x[0], x[1]), (x, d, s) => NestedBackward(x[0], x[1], ref d[0], ref d[1], s), [0.7, 1.2], [-0.4, 0.3]);

    [Differentiable]
    internal static double Nested(double x, double z)
    {
        double Local(double y, (double, double) pair)
        {
            if (pair.Item1 <= 1)
            {
                var (u, v) = pair;
                y += u * v * y;
            }

            return y;
        }

        return z switch
        {
            < -0.5 => x,
            < 1.5 => Local(Local(x, (x, z)), (z, Local(z, (0.5, x)))),
            _ => z,
        };
    }
}
