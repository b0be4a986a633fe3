namespace Backprop.Tests;

public sealed class SharpnessAwareTests
{
    private const double Radius = 0.1, Rate = 0.5;

    [Theory]
    [InlineData(Sharpness.Ball, Direction.Minimize)]
    [InlineData(Sharpness.Ball, Direction.Maximize)]
    [InlineData(Sharpness.Adaptive, Direction.Minimize)]
    public void Steps_by_the_gradient_at_the_worst_point(Sharpness sharpness, Direction direction)
    {
        // The loss is the sum of cubes; its gradient at the start is (3, 12).
        double[] x = [1, 2], g = new double[2];
        var optimizer = new SharpnessAware(new Sgd { LearningRate = Rate, Direction = direction }) { Radius = Radius, Sharpness = sharpness };
        double loss = optimizer.Step(x, g, () => Cubes(x, g));
        double sign = direction == Direction.Maximize ? -1 : 1;
        double[] step = sharpness == Sharpness.Ball ? [3, 12] : [3, 4 * 12];
        double norm = sharpness == Sharpness.Ball ? Math.Sqrt(9 + 144) : Math.Sqrt(9 + 24 * 24);
        for (int i = 0; i < 2; i++)
        {
            double worst = 1 + i + sign * Radius * step[i] / norm;
            Assert.Equal(1 + i - sign * Rate * 3 * worst * worst, x[i], 1e-13);
        }
        Assert.Equal(9, loss);
    }

    [Fact]
    public void Parameters_come_back_when_the_loss_throws()
    {
        double[] x = [1, 2], g = new double[2];
        int calls = 0;
        var optimizer = new SharpnessAware(new Sgd());
        Assert.Throws<TimeoutException>(() => optimizer.Step(x, g, () => ++calls == 2 ? throw new TimeoutException() : Cubes(x, g)));
        Assert.Equal([1, 2], x);
        Assert.Equal(0, optimizer.Optimizer.Steps);
    }

    [Fact]
    public void Frozen_leaves_stay_during_the_second_evaluation()
    {
        Tensors<double> model = new Tensors<double>().Add("a", [1], 1).Add("b", [1], 2), gradient = model.ZerosLike();
        var seen = new List<double>();
        var optimizer = new SharpnessAware(new Sgd { Groups = [ParameterGroup.Frozen("b")] });
        optimizer.Step(model, gradient, () =>
        {
            seen.Add(model["b"][0]);
            (gradient["a"][0], gradient["b"][0]) = (1, 1);
            return 0;
        });
        Assert.Equal([2, 2], seen);
    }

    [Fact]
    public void A_zero_gradient_moves_nothing()
    {
        float[] x = [1, 2], g = new float[2];
        new SharpnessAware(new Sgd()).Step(x, g, static () => 0);
        Assert.Equal([1f, 2f], x);
    }

    private static double Cubes(double[] x, double[] g)
    {
        for (int i = 0; i < x.Length; i++) g[i] += 3 * x[i] * x[i];
        return x.Sum(static value => value * value * value);
    }
}
