using Backprop.Integration;

namespace Backprop.Programs;

public static class TimeWarpingTests
{
    private const int First = 6;

    [Fact]
    public static void The_gradient_is_that_of_the_pairs_on_the_best_path()
    {
        double[] x = [0, 0.5, 1.2, 2, 1.1, 0.3, 0.1, 0.85, 2.2, 1.3, 0.2];
        Check.Formula(Backward, x, OnPath(x));
        Check.Gradient(a => TimeWarping.Distance(a.AsSpan(0, First), a.AsSpan(First)), Backward, x);
    }

    private static double Backward(double[] x, double[] d, double seed)
        => TimeWarping.DistanceBackward(x.AsSpan(0, First), x.AsSpan(First), d.AsSpan(0, First), d.AsSpan(First), seed);

    // Every path is tried: no table.
    private static double[] OnPath(double[] x)
    {
        (double cost, List<(int I, int J)> path) = Best(x, First - 1, x.Length - First - 1);
        Assert.Equal(TimeWarping.Distance(x.AsSpan(0, First), x.AsSpan(First)), cost, 1e-12);
        double[] gradient = new double[x.Length];
        foreach ((int i, int j) in path)
        {
            gradient[i] += 2 * (x[i] - x[First + j]);
            gradient[First + j] -= 2 * (x[i] - x[First + j]);
        }

        return gradient;
    }

    private static (double Cost, List<(int I, int J)> Path) Best(double[] x, int i, int j)
    {
        (double Cost, List<(int I, int J)> Path)[] before = i == 0 && j == 0
            ? [(0, [])]
            : [.. new[] { (i - 1, j - 1), (i - 1, j), (i, j - 1) }.Where(p => p.Item1 >= 0 && p.Item2 >= 0).Select(p => Best(x, p.Item1, p.Item2))];
        (double cost, List<(int I, int J)> path) = before.MinBy(b => b.Cost);
        return (cost + (x[i] - x[First + j]) * (x[i] - x[First + j]), [.. path, (i, j)]);
    }
}
