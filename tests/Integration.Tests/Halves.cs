namespace Backprop.Integration;

/// <summary>Half as storage: constant inputs, and numbers rounded to it.</summary>
public static partial class Halves
{
    private static readonly Half[] table = [(Half)0.5f, (Half)(-1.25f), (Half)3];

    [Fact]
    public static void Constant_inputs() => Check.Single(
        x => Weighted((float)x[0], table, (Half)0.75f),
        (x, d, seed) =>
        {
            float dx = (float)d[0];
            float value = WeightedBackward((float)x[0], table, (Half)0.75f, ref dx, (float)seed);
            d[0] = dx;
            return value;
        },
        [1.5], [-0.3]);

    [Differentiable]
    internal static float Weighted(float x, [NoGradient] ReadOnlySpan<Half> weights, [NoGradient] Half bias)
    {
        float sum = (float)bias;
        foreach (Half weight in weights)
        {
            sum += (float)weight * x * sum;
        }

        Half doubled = weights[0] + bias;
        return sum * (float)doubled;
    }

    [Fact]
    public static void A_number_rounded_to_half()
    {
        foreach (float x in new[] { 1.2345f, -7e-8f, 70000, float.NaN, -0f })
        {
            float dx = 0;
            Assert.Equal(BitConverter.SingleToInt32Bits(Rounded(x)), BitConverter.SingleToInt32Bits(RoundedBackward(x, ref dx)));
        }

        float slope = 0;
        RoundedBackward(2.5f, ref slope);
        Assert.Equal(3 * 2.5f * 2.5f, slope);
        double wide = 0;
        Assert.Equal(1.5, NarrowedBackward(0.5, ref wide));
        Assert.Equal(3, wide);
    }

    [Differentiable]
    internal static float Rounded(float x) => (float)(Half)(x * x) * (float)(Half)x;

    [Differentiable]
    internal static double Narrowed(double x) => (double)(Half)(3 * x);
}
