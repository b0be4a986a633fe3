using System.Numerics;

namespace Backprop;

/// <summary>A p-norm gathered leaf by leaf.</summary>
/// <param name="order">p, at least 1; infinity for the largest magnitude.</param>
internal struct PowerNorm(double order)
{
    private double sum;

    /// <summary>The norm of everything added so far.</summary>
    public readonly double Value => order switch
    {
        2 => Math.Sqrt(sum),
        1 or double.PositiveInfinity => sum,
        _ => Math.Pow(sum, 1 / order),
    };

    public static double RequireOrder(double order, string name) => order >= 1
        ? order : throw new ArgumentOutOfRangeException(name, order, $"{name} must be at least 1.");

    public void Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (order == 2) sum += Reduce.SumOfSquares(values);
        else if (order == 1) sum += Reduce.SumOfMagnitudes(values);
        else if (double.IsPositiveInfinity(order)) sum = Math.Max(sum, Reduce.LargestMagnitude(values));
        else
            foreach (T value in values) sum += Math.Pow(double.CreateTruncating(T.Abs(value)), order);
    }
}
