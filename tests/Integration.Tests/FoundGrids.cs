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
}
