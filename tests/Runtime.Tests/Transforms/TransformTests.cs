namespace Backprop.Tests;

/// <summary>What single transforms do.</summary>
public sealed class TransformTests
{
    private static readonly Tensors<double> Matrix = new Tensors<double>().Add("W", [2, 2], 3, 4, 0, 0).Add("b", [2], 1, 0);

    [Fact]
    public void Leaf_norms_are_clipped_one_by_one()
    {
        Tensors<double> gradient = new Tensors<double>().Add("W", [2], 3, 4).Add("b", [1], 0.5);
        new ClipByLeafNorm(1) { Epsilon = 0 }.Apply(gradient.ZerosLike(), gradient);
        Assert.Equal([0.6, 0.8, 0.5], gradient.All.Select(static g => Math.Round(g, 15)));
    }

    [Fact]
    public void Optax_clips_exactly_to_the_limit()
    {
        double[] gradient = [3, 4];
        new ClipByGlobalNorm(1) { Epsilon = 0 }.Apply(new double[2], gradient);
        Assert.Equal(1, Math.Sqrt(gradient[0] * gradient[0] + gradient[1] * gradient[1]), 1e-15);
    }

    [Fact]
    public void Adaptive_clipping_goes_by_rows()
    {
        // Row norms of the parameters are 5 and 0, so the limits are 0.5 and 0.1·10⁻³.
        Tensors<double> gradient = new Tensors<double>().Add("W", [2, 2], 0, 1, 0, 1).Add("b", [2], 0.06, 0.08);
        new AdaptiveClip(0.1).Apply(Matrix.Clone(), gradient);
        Assert.Equal([0, 0.5, 0, 1e-4, 0.06, 0.08], gradient.All.Select(static g => Math.Round(g, 12)));
    }

    [Fact]
    public void Centralizing_leaves_rows_of_mean_zero_and_vectors_alone()
    {
        Tensors<double> gradient = new Tensors<double>().Add("W", [2, 2], 1, 3, 5, 5).Add("b", [2], 1, 2);
        new Centralize().Apply(Matrix, gradient);
        Assert.Equal([-1.0, 1, 0, 0, 1, 2], gradient.All);
    }

    [Theory]
    [InlineData(Accumulation.Mean, 2.0)]
    [InlineData(Accumulation.Sum, 6.0)]
    public void Only_the_last_of_k_gradients_goes_through(Accumulation form, double expected)
    {
        var transform = new AccumulateSteps(3) { Accumulation = form };
        var x = new double[1];
        for (int round = 0; round < 2; round++)
        {
            double[] gradient = [1];
            Assert.Equal(GradientOutcome.Accumulated, transform.Apply(x, gradient));
            gradient[0] = 2;
            Assert.Equal(GradientOutcome.Accumulated, transform.Apply(x, gradient));
            gradient[0] = 3;
            Assert.Equal(GradientOutcome.Applied, transform.Apply(x, gradient));
            Assert.Equal(expected, gradient[0], 1e-15);
        }
    }

    [Fact]
    public void Noise_has_the_stated_variance_and_fades()
    {
        const int Count = 40_000;
        var noise = new GradientNoise(0.04, 1);
        double[] first = new double[Count], second = new double[Count];
        noise.Apply(new double[Count], first);
        noise.Apply(new double[Count], second);
        Assert.Equal(0.04, first.Average(static g => g * g), 0.002);
        Assert.Equal(0.04 / Math.Pow(2, 0.55), second.Average(static g => g * g), 0.002);
        Assert.Equal(0, first.Zip(second, static (a, b) => a * b).Average(), 0.002);
    }

    [Fact]
    public void Noise_does_not_depend_on_the_element_type_or_length()
    {
        double[] full = new double[7];
        float[] single = new float[5];
        new GradientNoise(1, 9).Apply(new double[7], full);
        new GradientNoise(1, 9).Apply(new float[5], single);
        for (int i = 0; i < single.Length; i++) Assert.Equal(full[i], single[i], 1e-6);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_gradient_that_is_not_finite_is_dropped_and_counted(double bad)
    {
        var skip = new SkipNonFinite();
        var optimizer = new Adam { Transforms = [skip, new ClipByGlobalNorm(1)] };
        for (int at = 0; at < 20; at++)
        {
            double[] x = new double[20], gradient = new double[20];
            gradient[at] = bad;
            Assert.Equal(GradientOutcome.Skipped, optimizer.Step(x, gradient));
            Assert.All(x, static value => Assert.Equal(0, value));
        }
        Assert.Equal((20, 20, 0), (skip.Skipped, skip.SkippedInARow, optimizer.Steps));
        Assert.Equal(GradientOutcome.Applied, optimizer.Step(new double[20], new double[20]));
        Assert.Equal((20, 0), (skip.Skipped, skip.SkippedInARow));
    }

    [Fact]
    public void The_largest_finite_numbers_are_finite()
    {
        var skip = new SkipNonFinite();
        float[] gradient = [.. Enumerable.Repeat(float.MaxValue, 100)];
        Assert.Equal(GradientOutcome.Applied, skip.Apply(new float[100], gradient));
    }

    [Fact]
    public void The_norm_of_large_singles_does_not_overflow()
    {
        var clip = new ClipByGlobalNorm(1);
        float[] gradient = [.. Enumerable.Repeat(1e30f, 100)];
        clip.Apply(new float[100], gradient);
        Assert.Equal(1e31, clip.Norm, 1e25);
        Assert.Equal(0.1f, gradient[0], 1e-6f);
    }
}
