namespace Backprop;

/// <summary>Random directions, the same for the same seed.</summary>
/// <param name="function">The function.</param>
/// <param name="scales">How far to go from each number.</param>
/// <param name="seed">The seed.</param>
internal sealed class Directions(CheckedFunction function, double[] scales, ulong seed)
{
    /// <summary>One in which every number takes part.</summary>
    public double[] Random(int index) => Among(0, function.Point.Length, index);

    /// <summary>One in which the numbers of a range take part.</summary>
    public double[] Among(int start, int length, int index)
    {
        var random = new RandomStream(seed, "gradient check", index);
        double[] direction = new double[scales.Length];
        for (int i = start; i < start + length; i++)
        {
            // Neither tiny nor huge, of either sign.
            double number = random.NextDouble();
            direction[i] = scales[i] * (number < 0.5 ? 0.5 + number : -number);
        }

        return direction;
    }
}
