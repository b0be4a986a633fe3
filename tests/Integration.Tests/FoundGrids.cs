using System.Numerics;

namespace Backprop.Integration;

/// <summary>Found by GradFuzz.</summary>
public static partial class FoundGrids
{
    [Fact]
    public static void A_local_array_of_two_dimensions_in_a_generic_method()
        => Check.Gradient(x => Corner(x[0], x[1]), (x, d, s) => CornerBackward(x[0], x[1], ref d[0], ref d[1], s), [1.5, 2], [-0.5, 0.25]);

    [Differentiable]
    internal static T Corner<T>(T x, T y)
        where T : struct, IFloatingPointIeee754<T>
    {
        T[,] grid = new T[2, 2];
        grid[0, 1] = x * y;
        grid[1, 0] = T.Sin(grid[0, 1]);
        return grid[0, 0] + grid[0, 1] * grid[1, 0];
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public static void A_local_array_of_two_dimensions_that_the_pullback_of_a_callee_reads(int columns)
        => Check.Gradient(x => Twice(x[0], columns), (x, d, s) => TwiceBackward(x[0], columns, ref d[0], s), [1.5], [-0.5]);

    [Differentiable]
    internal static double Twice(double x, int columns) => Chosen(x, columns) * Chosen(2 * x, columns);

    [Differentiable]
    internal static double Chosen(double x, int columns)
    {
        double[,] grid = new double[2, columns];
        for (int i = 0; i < grid.GetLength(1); i++)
        {
            grid[1, i] = i * x;
        }

        double sum = x;
        for (int i = 0; i < grid.GetLength(0); i++)
        {
            for (int j = 0; j < grid.GetLength(1); j++)
            {
                if (grid[i, j] <= 1)
                {
                    sum += x * x;
                }

                sum *= 1 + grid[i, j];
            }
        }

        return sum;
    }

    [Fact]
    public static void A_local_array_of_two_dimensions_whose_element_is_a_condition()
        => Check.Gradient(x => Guarded(x[0]), (x, d, s) => GuardedBackward(x[0], ref d[0], s), [0.25], [-0.5]);

    [Differentiable]
    internal static T Guarded<T>(T x)
        where T : struct, IFloatingPointIeee754<T>
    {
        T[,] grid = new T[1, 3];
        T result = T.Zero;
        if (grid[0, 2] <= T.One)
        {
            result = x * x;
        }

        return result;
    }
}
