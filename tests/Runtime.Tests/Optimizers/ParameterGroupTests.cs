namespace Backprop.Tests;

public sealed class ParameterGroupTests
{
    [Theory]
    [InlineData("*.Bias", "Layers[0].Bias", true)]
    [InlineData("*.Bias", "Bias", false)]
    [InlineData("Layers[?].W", "Layers[3].W", true)]
    [InlineData("Layers[?].W", "Layers[13].W", false)]
    [InlineData("*", "", true)]
    [InlineData("*W*", "Layers[0].W", true)]
    [InlineData("W", "W2", false)]
    public void Patterns_match_whole_paths(string pattern, string path, bool expected) =>
        Assert.Equal(expected, new ParameterGroup(pattern).Matches(path));

    [Fact]
    public void An_unknown_pattern_lists_the_paths()
    {
        var optimizer = new AdamW { Groups = [new ParameterGroup("*.Baias") { WeightDecay = 0 }] };
        string message = Assert.Throws<ArgumentException>(() => optimizer.Prepare(Numbers.Model<float>(1))).Message;
        Assert.Contains("'*.Baias'", message);
        Assert.Contains("Layers[0].W, Layers[0].Bias, Scale", message);
    }

    [Fact]
    public void Rates_and_decay_are_the_groups_own()
    {
        Tensors<double> model = Numbers.Model<double>(1), gradient = model.ZerosLike();
        gradient.AddScaled(Numbers.Model<double>(2), 1);
        var optimizer = new Sgd
        {
            LearningRate = 0.5,
            WeightDecay = 0.1,
            Groups =
            [
                new ParameterGroup("Layers*") { LearningRate = 0.25 },
                new ParameterGroup("*.Bias") { WeightDecay = 0, LearningRateScale = 2 },
            ],
        };
        optimizer.LearningRate = 0.125;
        optimizer.Step(model, gradient);
        Tensors<double> start = Numbers.Model<double>(1);
        Assert.Equal(start["Layers[0].W"][4] - 0.25 * (gradient["Layers[0].W"][4] + 0.1 * start["Layers[0].W"][4]), model["Layers[0].W"][4], 1e-15);
        Assert.Equal(start["Layers[0].Bias"][4] - 0.25 * gradient["Layers[0].Bias"][4], model["Layers[0].Bias"][4], 1e-15);
        Assert.Equal(start["Scale"][0] - 0.125 * (gradient["Scale"][0] + 0.1 * start["Scale"][0]), model["Scale"][0], 1e-15);
    }

    [Fact]
    public void A_matrix_in_a_plain_array_may_be_given_its_shape()
    {
        double[] start = Numbers.Normal<double>(12, 1), gradient = Numbers.Normal<double>(12, 2);
        Tensors<double> flat = new Tensors<double>().Add("W", [12], [.. start]), matrix = new Tensors<double>().Add("W", [3, 4], [.. start]);
        var ofFlat = new Muon { Groups = [new ParameterGroup("W") { Shape = [3, 4] }] };
        ofFlat.Step(flat, new Tensors<double>().Add("W", [12], gradient));
        new Muon().Step(matrix, new Tensors<double>().Add("W", [3, 4], gradient));
        Assert.Equal(matrix.All, flat.All);
        Assert.Equal([3L, 4], State.Of(ofFlat).Tensors["W/momentum"].Shape);
    }

    [Fact]
    public void A_shape_of_another_length_is_refused()
    {
        var optimizer = new Muon { Groups = [new ParameterGroup("*") { Shape = [3, 4] }] };
        Assert.Contains("[3, 4]", Assert.Throws<ArgumentException>(() => optimizer.Step(new double[5], new double[5])).Message);
    }

    [Fact]
    public void Momentum_needs_an_optimizer_that_has_one()
    {
        var optimizer = new Adagrad { Groups = [new ParameterGroup("*") { Momentum = 0.5 }] };
        Assert.Contains("Momentum", Assert.Throws<ArgumentException>(() => optimizer.Step(new double[2], new double[2])).Message);
    }

    [Fact]
    public void A_rate_and_a_scale_contradict_each_other()
    {
        var optimizer = new Sgd { Groups = [new ParameterGroup("*") { LearningRate = 1, LearningRateScale = 2 }] };
        Assert.Throws<ArgumentException>(() => optimizer.Step(new double[2], new double[2]));
    }

    [Fact]
    public void Momentum_without_state_is_refused_later()
    {
        var optimizer = new Sgd();
        optimizer.Momentum = 0.5;
        optimizer.Momentum = 0;
        optimizer.Step(new double[2], new double[2]);
        Assert.Throws<InvalidOperationException>(() => optimizer.Momentum = 0.5);
    }
}
