namespace Backprop.Tests;

public sealed class ParameterAverageTests
{
    private static readonly Dictionary<string, Func<ParameterAverage>> All = new()
    {
        ["ExponentialMovingAverage"] = static () => new ExponentialMovingAverage(0.9) { Warmup = AverageWarmup.Rising },
        ["StochasticWeightAverage"] = static () => new StochasticWeightAverage(2),
        ["Lookahead"] = static () => new Lookahead(2),
    };

    public static TheoryData<string> Averages => [.. All.Keys];

    [Fact]
    public void The_list_has_every_average() => Assert.Equal(
        typeof(ParameterAverage).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(ParameterAverage))).Select(static type => type.Name).Order(),
        All.Keys.Order());

    [Theory]
    [MemberData(nameof(Averages))]
    public void With_an_optimizer_it_continues_bit_for_bit(string name)
    {
        Tensors<float> whole = Numbers.Model<float>(1), halves = Numbers.Model<float>(1);
        Optimizer uninterrupted = Create(), first = Create(), second = Create();
        for (int step = 0; step < 9; step++) uninterrupted.Step(whole, Numbers.Model<float>(10 + step));
        for (int step = 0; step < 4; step++) first.Step(halves, Numbers.Model<float>(10 + step));
        second.Prepare(halves);
        State.Copy(first, second);
        for (int step = 4; step < 9; step++) second.Step(halves, Numbers.Model<float>(10 + step));
        Tensors<float> expected = whole.ZerosLike(), actual = whole.ZerosLike();
        uninterrupted.Averages[0].CopyTo(expected);
        second.Averages[0].CopyTo(actual);
        Assert.Equal(whole.All, halves.All);
        Assert.Equal(expected.All, actual.All);

        Optimizer Create() => new Adam { Averages = [All[name]()] };
    }

    [Theory]
    [MemberData(nameof(Averages))]
    public void Allocates_nothing_after_the_first_step(string name)
    {
        Tensors<float> model = Numbers.Model<float>(1), gradient = Numbers.Model<float>(2);
        var optimizer = new Adam { Averages = [All[name]()] };
        for (int step = 0; step < 40; step++) optimizer.Step(model, gradient);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < 10; step++) optimizer.Step(model, gradient);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [MemberData(nameof(Averages))]
    public void Frozen_leaves_are_not_followed(string name)
    {
        Tensors<double> model = Numbers.Model<double>(1), copy = model.ZerosLike();
        var optimizer = new Sgd { Averages = [All[name]()], Groups = [ParameterGroup.Frozen("Scale")] };
        optimizer.Step(model, Numbers.Model<double>(2));
        optimizer.Averages[0].CopyTo(copy);
        Assert.Equal(0, copy["Scale"][0]);
        Assert.NotEqual(0, copy["Layers[0].W"][0]);
    }

    [Fact]
    public void The_moving_average_follows_its_formula()
    {
        var average = new ExponentialMovingAverage(0.5);
        Assert.Equal([2.0], Copies(average, 2));
        Assert.Equal([3.0, 5.5], Copies(average, 4, 8));
    }

    [Fact]
    public void The_moving_average_may_start_quickly()
    {
        double[] copies = Copies(new ExponentialMovingAverage(0.9) { Warmup = AverageWarmup.Rising }, 0, 11);
        Assert.Equal(11 * 9.0 / 11, copies[1], 1e-14);
    }

    [Fact]
    public void The_plain_average_is_the_mean_of_what_it_takes()
    {
        double[] copies = Copies(new StochasticWeightAverage(2, every: 2), 0, 1, 10, 99, 20, 99, 30);
        Assert.Equal([0, 1, 10, 10, 15, 15, 20], copies.Select(static x => Math.Round(x, 12)));
    }

    [Fact]
    public void Lookahead_goes_on_from_the_slow_copy()
    {
        double[] x = [0], gradient = [-1];
        var optimizer = new Sgd { LearningRate = 1, Averages = [new Lookahead(2, 0.25)] };
        double[] path = new double[4];
        for (int step = 0; step < path.Length; step++)
        {
            optimizer.Step(x, gradient);
            path[step] = x[0];
        }
        Assert.Equal([1, 0.5, 1.5, 1], path);
    }

    [Fact]
    public void Nothing_followed_is_nothing_to_copy() =>
        Assert.Throws<InvalidOperationException>(static () => new Lookahead().CopyTo(new double[1]));

    private static double[] Copies(ParameterAverage average, params double[] parameters) => [.. parameters.Select(value =>
    {
        double[] x = [value], copy = new double[1];
        average.Follow(x);
        average.CopyTo(copy);
        return copy[0];
    })];
}
