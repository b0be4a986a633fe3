namespace Backprop.Tests;

public sealed class LbfgsTests
{
    private const int Unknowns = 10;

    private static double Rosenbrock(ReadOnlySpan<double> x, Span<double> g)
    {
        double sum = 0;
        for (int i = 0; i + 1 < x.Length; i++)
        {
            double a = 1 - x[i], b = x[i + 1] - x[i] * x[i];
            sum += a * a + 100 * b * b;
            g[i] += -2 * a - 400 * x[i] * b;
            g[i + 1] += 200 * b;
        }
        return sum;
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(3.0)]
    public void Finds_the_minimum_of_a_valley(double from)
    {
        double[] start = [.. Enumerable.Repeat(from, Unknowns)];
        MinimizationResult result = new Lbfgs().Minimize(Rosenbrock, start);
        Assert.Equal(Termination.SmallGradient, result.Reason);
        Assert.All(result.Parameters, static x => Assert.Equal(1, x, 1e-8));
        Assert.InRange(result.Value, 0, 1e-14);
        Assert.InRange(result.Evaluations, 1, 200);
        Assert.All(start, x => Assert.Equal(from, x));
    }

    [Fact]
    public void Goes_down_to_the_last_bits_when_asked()
    {
        MinimizationResult result = new Lbfgs { GradientTolerance = 0 }.Minimize(Rosenbrock, new double[Unknowns]);
        Assert.InRange(result.Value, 0, 1e-25);
        Assert.InRange(result.Evaluations, 1, 200);
    }

    [Fact]
    public void Small_numbers_are_minimised_as_large_ones_are()
    {
        // The curvature along the steps is a millionth of a millionth of what it was, and the pairs tell as much.
        MinimizationResult result = new Lbfgs { GradientTolerance = 1e-20 }.Minimize(
            static (x, g) =>
            {
                double value = Rosenbrock(x, g);
                for (int i = 0; i < g.Length; i++) g[i] *= 1e-12;
                return 1e-12 * value;
            },
            new double[Unknowns]);
        Assert.All(result.Parameters, static x => Assert.Equal(1, x, 1e-6));
        Assert.InRange(result.Evaluations, 1, 200);
    }

    [Fact]
    public void Finds_the_maximum_of_the_negative()
    {
        var optimizer = new Lbfgs { Direction = Direction.Maximize };
        MinimizationResult result = optimizer.Minimize(
            static (x, g) =>
            {
                double value = Rosenbrock(x, g);
                for (int i = 0; i < g.Length; i++) g[i] = -g[i];
                return -value;
            },
            new double[Unknowns]);
        Assert.All(result.Parameters, static x => Assert.Equal(1, x, 1e-8));
        Assert.InRange(result.Value, -1e-14, 0);
    }

    [Fact]
    public void Turns_back_from_where_the_function_is_not_a_number()
    {
        // The first full step leaves the domain of the logarithm.
        MinimizationResult result = new Lbfgs { MaxIterations = 100, LearningRate = 50 }.Minimize(
            static (x, g) =>
            {
                g[0] += 1 - 2 / x[0];
                return x[0] - 2 * Math.Log(x[0]);
            },
            [10.0]);
        Assert.Equal(2, result.Parameters[0], 1e-5);
    }

    [Fact]
    public void Says_when_the_start_is_not_finite() =>
        Assert.Equal(Termination.NotFinite, new Lbfgs().Minimize(static (x, g) => double.NaN, [1.0]).Reason);

    [Fact]
    public void Restored_state_continues_bit_for_bit()
    {
        double[] whole = new double[Unknowns], halves = new double[Unknowns];
        Lbfgs uninterrupted = Create(), first = Create(), second = Create();
        for (int step = 0; step < 8; step++) uninterrupted.Step(whole, Rosenbrock);
        for (int step = 0; step < 5; step++) first.Step(halves, Rosenbrock);
        second.Prepare(Unknowns);
        State.Copy(first, second);
        for (int step = 5; step < 8; step++) second.Step(halves, Rosenbrock);
        Assert.Equal(whole, halves);
        Assert.Equal((uninterrupted.Iterations, uninterrupted.Evaluations), (second.Iterations, second.Evaluations));

        static Lbfgs Create() => new() { MaxIterations = 3, HistorySize = 4 };
    }

    [Theory]
    [InlineData(LineSearch.None)]
    [InlineData(LineSearch.StrongWolfe)]
    public void Allocates_nothing_after_the_first_step(LineSearch search)
    {
        var optimizer = new Lbfgs { MaxIterations = 2, HistorySize = 3, LineSearch = search, LearningRate = 1e-3 };
        Tensors<float> model = Numbers.Model<float>(1), gradient = model.ZerosLike();
        Func<double> loss = () =>
        {
            double sum = 0;
            foreach (string path in (ReadOnlySpan<string>)["Scale"])
                (sum, gradient[path][0]) = (model[path][0] * model[path][0], 2 * model[path][0]);
            return sum;
        };
        var x = new double[Unknowns];
        Objective objective = Rosenbrock;
        var plain = new Lbfgs { MaxIterations = 2, HistorySize = 3, LineSearch = search, LearningRate = 1e-3 };
        optimizer.Step(model, gradient, loss);
        for (int step = 0; step < 40; step++) plain.Step(x, objective);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < 5; step++) plain.Step(x, objective);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Another_length_is_refused()
    {
        var optimizer = new Lbfgs();
        optimizer.Step(new double[3], Rosenbrock);
        Assert.Throws<ArgumentException>(() => optimizer.Step(new double[4], Rosenbrock));
        Assert.Throws<InvalidOperationException>(() => optimizer.Minimize(Rosenbrock, new double[3]));
    }
}
