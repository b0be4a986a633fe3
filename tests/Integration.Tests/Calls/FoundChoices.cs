namespace Backprop.Integration.Calls;

/// <summary>Slopes that depend on whether two values are the same.</summary>
public static partial class FoundChoices
{
    /// <summary>The product is computed again in the pullback, and must be what was compared.</summary>
    [Differentiable]
    internal static void Chosen(Span<double> result, ReadOnlySpan<double> x, int n)
    {
        double product = x[0] * (x[0] * n * -0.75);
        result[0] = Math.MaxMagnitude(product, 1.0);
    }

    [Differentiable]
    internal static double Total(ReadOnlySpan<double> x)
    {
        Span<double> result = stackalloc double[1];
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            Chosen(result, x[i..], 3);
            sum += result[0];
        }

        return sum;
    }

    [Fact]
    public static void A_product_that_is_computed_again() => Check.Gradient(Total, TotalBackward, [.. Enumerable.Range(1, 40).Select(static i => 0.7 + (i * 0.0137))]);

    private static double Total(double[] x) => Total(x.AsSpan());

    private static double TotalBackward(double[] x, double[] dx, double seed) => TotalBackward(x.AsSpan(), dx.AsSpan(), seed);
}
