namespace Backprop.Integration;

/// <summary>One row twice in an array of arrays, of which a copy is kept because it is written after a call.</summary>
public static partial class SharedRows
{
    [Fact]
    public static void Is_once_in_the_copy_too() => Check.Gradient(
        x =>
        {
            double[] row = [x[1], x[2]];
            return Loss(x[0], [row, row, [x[3], x[4]]]);
        },
        (x, dx, seed) =>
        {
            double[] row = [x[1], x[2]], drow = new double[2], dother = new double[2];
            double value = LossBackward(x[0], [row, row, [x[3], x[4]]], ref dx[0], [drow, drow, dother], seed);
            (dx[1], dx[2], dx[3], dx[4]) = (dx[1] + drow[0], dx[2] + drow[1], dx[3] + dother[0], dx[4] + dother[1]);
            return value;
        },
        1e-6,
        Check.Heap.UsedByTest,
        [0.5, 0.3, 0.2, 0.4, 0.6]);

    [Differentiable]
    internal static double Loss(double x, double[][] rows)
    {
        double s = x;
        for (int i = 0; i < 2; i++)
        {
            s = Mixed(s, rows) + rows[2][1];
            rows[i][0] = s * x;
        }

        return s * rows[1][0];
    }

    [Differentiable]
    private static double Mixed(double s, double[][] rows) => (s * rows[0][0] * rows[1][1]) + (rows[2][0] * rows[1][0]);
}
