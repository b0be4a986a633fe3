using static Backprop.Tests.OptimizerCatalogue;

namespace Backprop.Tests;

/// <summary>What every optimizer promises.</summary>
public sealed class EveryOptimizerTests
{
    public static TheoryData<string> Optimizers => Names;

    [Fact]
    public void The_catalogue_has_every_optimizer()
    {
        IEnumerable<string> types = typeof(Optimizer).Assembly.GetTypes()
            .Where(static type => type.IsAssignableTo(typeof(Optimizer)) && !type.IsAbstract).Select(static type => type.Name);
        Assert.Equal(types.Order(), All.Keys.Select(static name => Create(name).GetType().Name).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Lowers_a_quadratic(string name)
    {
        Tensors<double> target = Numbers.Model<double>(1), model = Numbers.Model<double>(100);
        double before = Distance(model, target);
        Optimizer optimizer = Create(name);
        for (int step = 0; step < 400; step++) optimizer.Step(model, Difference(model, target));
        Assert.True(Distance(model, target) < 0.9 * before, $"{before} to {Distance(model, target)}");
        Assert.Equal(400, optimizer.Steps);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Maximizing_is_minimizing_the_negative(string name)
    {
        Tensors<double> down = Numbers.Model<double>(1), up = down.Clone();
        Optimizer minimizer = All[name](new Setup { Decay = 0.1 }), maximizer = All[name](new Setup { Decay = 0.1, Direction = Direction.Maximize });
        for (int step = 0; step < 6; step++)
        {
            Tensors<double> gradient = Numbers.Model<double>(50 + step), negative = gradient.ZerosLike();
            negative.AddScaled(gradient, -1);
            minimizer.Step(down, gradient);
            maximizer.Step(up, negative);
        }
        Assert.Equal(down.All, up.All);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Allocates_nothing_after_the_first_step(string name)
    {
        Optimizer ofModel = All[name](new Setup { Groups = [new ParameterGroup("*.Bias") { WeightDecay = 0 }] }), ofSpan = Create(name);
        Tensors<float> model = Numbers.Model<float>(1), gradient = Numbers.Model<float>(2);
        double[] plain = Numbers.Normal<double>(40, 3), plainGradient = Numbers.Normal<double>(40, 4);
        for (int step = 0; step < 40; step++) Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < 10; step++) Step();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Step()
        {
            ofModel.LearningRate = 0.02;
            ofModel.Step(model, gradient);
            ofSpan.Step(plain, plainGradient);
        }
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Restored_state_continues_bit_for_bit(string name)
    {
        Tensors<float> whole = Numbers.Model<float>(1);
        Optimizer uninterrupted = Create(name);
        for (int step = 0; step < 12; step++) uninterrupted.Step(whole, Numbers.Model<float>(10 + step));

        Tensors<float> halves = Numbers.Model<float>(1);
        Optimizer first = Create(name);
        for (int step = 0; step < 5; step++) first.Step(halves, Numbers.Model<float>(10 + step));
        Checkpoint saved = State.Of(first);
        Optimizer second = Create(name);
        second.Prepare(halves);
        saved.Root.CopyStateTo(second);
        for (int step = 5; step < 12; step++) second.Step(halves, Numbers.Model<float>(10 + step));

        Assert.Equal(whole.All, halves.All);
        Assert.Equal(12, second.Steps);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Frozen_leaves_stay(string name)
    {
        Tensors<double> model = Numbers.Model<double>(1), start = model.Clone();
        Optimizer optimizer = All[name](new Setup { Decay = 0.1, Groups = [ParameterGroup.Frozen("Layers[0].W")] });
        for (int step = 0; step < 3; step++) optimizer.Step(model, Numbers.Model<double>(5));
        Assert.Equal(start["Layers[0].W"], model["Layers[0].W"]);
        Assert.NotEqual(start["Layers[0].Bias"], model["Layers[0].Bias"]);
        Assert.DoesNotContain(State.Of(optimizer).Tensors.Keys, static name => name.StartsWith("Layers[0].W", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void The_gradient_is_left_alone(string name)
    {
        Tensors<double> model = Numbers.Model<double>(1), gradient = Numbers.Model<double>(2);
        Optimizer optimizer = All[name](new Setup { Decay = 0.1, Direction = Direction.Maximize });
        for (int step = 0; step < 3; step++) optimizer.Step(model, gradient);
        Assert.Equal(Numbers.Model<double>(2).All, gradient.All);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_bad_rate_is_refused_by_name(string name)
    {
        foreach (double rate in new[] { -1, double.NaN, double.PositiveInfinity })
        {
            Optimizer optimizer = Create(name);
            Assert.Equal("LearningRate", Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.LearningRate = rate).ParamName);
            Assert.Equal("WeightDecay", Assert.Throws<ArgumentOutOfRangeException>(() => All[name](new Setup { Decay = rate })).ParamName);
        }
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Another_model_is_refused_before_any_work(string name)
    {
        Tensors<double> model = Numbers.Model<double>(1);
        Optimizer optimizer = Create(name);
        optimizer.Step(model, Numbers.Model<double>(2));
        Tensors<double> shorter = new Tensors<double>().Add("Layers[0].W", [5, 7]);
        Tensors<double> other = new Tensors<double>().Add("Layers[0].W", [5, 7]).Add("Layers[0].Bias", [18]).Add("Scale", []);
        Assert.Contains("Layers[0].Bias", Assert.Throws<ArgumentException>(() => optimizer.Step(shorter, shorter)).Message);
        Assert.Contains("Layers[0].Bias", Assert.Throws<ArgumentException>(() => optimizer.Step(other, other.ZerosLike())).Message);
        Assert.Equal("gradient", Assert.Throws<ArgumentException>(() => optimizer.Step(new double[3], new double[4])).ParamName);
        Assert.All(other.All, static x => Assert.Equal(0, x));
        Assert.Equal(1, optimizer.Steps);
    }

    private static Tensors<double> Difference(Tensors<double> model, Tensors<double> target)
    {
        Tensors<double> difference = model.Clone();
        difference.AddScaled(target, -1);
        return difference;
    }

    private static double Distance(Tensors<double> model, Tensors<double> target) =>
        Math.Sqrt(Difference(model, target).All.Sum(static d => d * d));
}
