namespace Backprop.Tests;

/// <summary>What every gradient transform promises.</summary>
public sealed class EveryTransformTests
{
    private static readonly Dictionary<string, Func<GradientTransform>> All = new()
    {
        ["ClipByValue"] = static () => new ClipByValue(0.5),
        ["ClipByLeafNorm"] = static () => new ClipByLeafNorm(0.5),
        ["ClipByGlobalNorm"] = static () => new ClipByGlobalNorm(0.5),
        ["AdaptiveClip"] = static () => new AdaptiveClip(),
        ["AccumulateSteps"] = static () => new AccumulateSteps(3),
        ["Centralize"] = static () => new Centralize(),
        ["GradientNoise"] = static () => new GradientNoise(0.1, 3),
        ["SkipNonFinite"] = static () => new SkipNonFinite(),
    };

    public static TheoryData<string> Transforms => [.. All.Keys];

    [Fact]
    public void The_list_has_every_transform() => Assert.Equal(
        typeof(GradientTransform).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(GradientTransform))).Select(static type => type.Name).Order(),
        All.Keys.Order());

    [Theory]
    [MemberData(nameof(Transforms))]
    public void Allocates_nothing_after_the_first_call(string name)
    {
        GradientTransform transform = All[name]();
        Tensors<float> model = Numbers.Model<float>(1), gradient = Numbers.Model<float>(2);
        for (int i = 0; i < 40; i++) transform.Apply(model, gradient);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++) transform.Apply(model, gradient);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void In_front_of_an_optimizer_or_alone_is_the_same(string name)
    {
        Tensors<double> alone = Numbers.Model<double>(1), inFront = Numbers.Model<double>(1);
        GradientTransform transform = All[name]();
        Optimizer plain = new Adam(), composed = new Adam { Transforms = [All[name]()] };
        for (int i = 0; i < 7; i++)
        {
            Tensors<double> gradient = Numbers.Model<double>(10 + i);
            GradientOutcome outcome = transform.Apply(alone, gradient);
            if (outcome == GradientOutcome.Applied) plain.Step(alone, gradient);
            Assert.Equal(outcome, composed.Step(inFront, Numbers.Model<double>(10 + i)));
        }
        Assert.Equal(alone.All, inFront.All);
        Assert.Equal(plain.Steps, composed.Steps);
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void Restored_state_continues_bit_for_bit(string name)
    {
        Tensors<double> model = Numbers.Model<double>(1);
        GradientTransform uninterrupted = All[name](), first = All[name](), second = All[name]();
        for (int i = 0; i < 4; i++)
        {
            uninterrupted.Apply(model, Numbers.Model<double>(10 + i));
            first.Apply(model, Numbers.Model<double>(10 + i));
        }
        second.Apply(model, Numbers.Model<double>(99));
        State.Copy(first, second);
        for (int i = 4; i < 7; i++)
        {
            Tensors<double> expected = Numbers.Model<double>(10 + i), actual = Numbers.Model<double>(10 + i);
            Assert.Equal(uninterrupted.Apply(model, expected), second.Apply(model, actual));
            Assert.Equal(expected.All, actual.All);
        }
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void Frozen_leaves_do_not_count(string name)
    {
        Tensors<double> model = Numbers.Model<double>(1), gradient = Numbers.Model<double>(2);
        gradient["Scale"][0] = 1e9;
        Tensors<double> small = new Tensors<double>().Add("Layers[0].W", [5, 7], [.. model["Layers[0].W"]]).Add("Layers[0].Bias", [19], [.. model["Layers[0].Bias"]]);
        Tensors<double> smallGradient = new Tensors<double>().Add("Layers[0].W", [5, 7], [.. gradient["Layers[0].W"]]).Add("Layers[0].Bias", [19], [.. gradient["Layers[0].Bias"]]);
        new Sgd { Transforms = [All[name]()], Groups = [ParameterGroup.Frozen("Scale")] }.Step(model, gradient);
        new Sgd { Transforms = [All[name]()] }.Step(small, smallGradient);
        Assert.Equal(small["Layers[0].W"], model["Layers[0].W"]);
        Assert.Equal(1e9, gradient["Scale"][0]);
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void Another_model_is_refused(string name)
    {
        GradientTransform transform = All[name]();
        transform.Apply(new double[3], new double[3]);
        Assert.Throws<ArgumentException>(() => transform.Apply(new double[4], new double[4]));
        Assert.Throws<ArgumentException>(() => transform.Apply(new float[3], new float[3]));
        Assert.Throws<InvalidOperationException>(() => new Sgd { Transforms = [transform] }.Step(new double[3], new double[3]));
    }
}
