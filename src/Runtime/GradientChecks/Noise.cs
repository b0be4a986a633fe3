namespace Backprop;

/// <summary>How much the values of a function jitter, by a table of differences over tiny steps.</summary>
/// <remarks>J. J. Moré and S. M. Wild, <em>Estimating Computational Noise</em>, SIAM J. Sci. Comput. 33, 2011.</remarks>
internal static class Noise
{
    private const int Points = 9;

    /// <param name="function">The function.</param>
    /// <param name="value">Its value at the point.</param>
    /// <param name="direction">About as long as the numbers of the point are large.</param>
    /// <returns>At least the rounding of the value itself.</returns>
    public static double Of(CheckedFunction function, double value, double[] direction)
    {
        bool isSingle = function.Leaves.Any(static l => l.Leaf.ElementType == typeof(float));
        double step = isSingle ? 2e-6 : 4e-15;
        double[] differences = new double[Points];
        bool areSingle = true;
        for (int k = 0; k < Points; k++)
        {
            double[] x = [.. function.Point.Select((p, i) => function.IsSingle(i) ? (float)(p + (k * step * direction[i])) : p + (k * step * direction[i]))];
            differences[k] = function.Value(x);
            areSingle &= differences[k] == (float)differences[k];
        }

        double unit = (isSingle || areSingle ? 1.0 / (1 << 23) : double.BitIncrement(1) - 1) * Math.Abs(value);
        double noise = 0, factor = 1;
        for (int order = 1; order <= 6; order++)
        {
            for (int k = 0; k < Points - order; k++)
            {
                differences[k] = differences[k + 1] - differences[k];
            }

            factor *= order / (2.0 * ((2 * order) - 1));
            double square = differences.Take(Points - order).Sum(static d => d * d) / (Points - order);
            noise = order >= 4 ? Math.Max(noise, Math.Sqrt(factor * square)) : noise;
        }

        return double.IsFinite(noise) ? Math.Max(noise, unit) : unit;
    }
}
