using Backprop.Tensors;

namespace Backprop.Tests.TensorPullbackTests;

/// <summary>The singular points of docs/tensors.md, which differences cannot see.</summary>
public sealed class KinkTests
{
    [Fact]
    public void Abs_has_slope_0_at_0_and_at_NaN()
    {
        double[] dx = new double[4];
        TensorPullbacks.Abs<double>([0, -0.0, double.NaN, -2], new double[4], dx, [1, 1, 1, 1]);
        Assert.Equal([0, 0, 0, -1], dx);
    }

    [Fact]
    public void Max_goes_to_the_first_of_equals_and_to_a_NaN()
    {
        double[] dx = new double[4], dy = new double[4];
        TensorPullbacks.Max<double>([1, -0.0, double.NaN, 1], [1, 0.0, 1, double.NaN], [1, 0, double.NaN, double.NaN], dx, dy, [1, 1, 1, 1]);
        Assert.Equal([1, 1, 1, 0], dx);
        Assert.Equal([0, 0, 0, 1], dy);
    }

    [Fact]
    public void The_greatest_element_is_the_first_of_equals()
    {
        double[] dx = new double[4];
        TensorPullbacks.Max<double>([1, 3, 3, 2], 3, dx, 5);
        Assert.Equal([0, 5, 0, 0], dx);
    }

    [Fact]
    public void A_product_with_a_zero_has_a_slope_there_alone()
    {
        double[] x = [.. Enumerable.Repeat(1.0, 200)], dx = new double[200], expected = new double[200];
        (x[150], x[3], expected[150]) = (0, 2, 2);
        TensorPullbacks.Product<double>(x, 0, dx, 1);
        Assert.Equal(expected, dx);
    }

    [Fact]
    public void A_norm_a_distance_and_a_deviation_of_zero_have_slope_0()
    {
        double[] dx = new double[2], dy = new double[2];
        TensorPullbacks.Norm<double>([0, 0], 0, dx, 1);
        TensorPullbacks.Distance<double>([1, 2], [1, 2], 0, dx, dy, 1);
        TensorPullbacks.StdDev<double>([4, 4], 0, dx, 1);
        Assert.Equal([0, 0, 0, 0], [.. dx, .. dy]);
    }

    [Fact]
    public void SoftMax_refuses_a_longer_destination() => Assert.Equal("destination", Assert.Throws<ArgumentException>(
        static () => TensorPullbacks.SoftMax<double>([1], new double[2], new double[1], new double[2])).ParamName);

    [Fact]
    public void Conversions_convert_back_and_add()
    {
        float[] dx = [.. Enumerable.Repeat(1f, 150)];
        double[] seeds = [.. Enumerable.Repeat(2.0, 151)];
        TensorPullbacks.ConvertChecked<float, double>(new float[150], new double[151], dx, seeds);
        Assert.Equal(Enumerable.Repeat(3f, 150), dx);
        Assert.Equal([.. new double[150], 2], seeds);
    }
}
