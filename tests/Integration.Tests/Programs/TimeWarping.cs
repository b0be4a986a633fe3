namespace Backprop.Programs;

/// <summary>Dynamic time warping (Sakoe and Chiba 1978).</summary>
public static partial class TimeWarping
{
    /// <summary>The sum of squares of differences along the best way to lay one sequence on the other.</summary>
    [Differentiable]
    public static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double[,] cost = new double[a.Length + 1, b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            cost[i, 0] = double.PositiveInfinity;
        }

        for (int j = 1; j <= b.Length; j++)
        {
            cost[0, j] = double.PositiveInfinity;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                double difference = a[i - 1] - b[j - 1];
                cost[i, j] = difference * difference + Math.Min(cost[i - 1, j - 1], Math.Min(cost[i - 1, j], cost[i, j - 1]));
            }
        }

        return cost[a.Length, b.Length];
    }
}
