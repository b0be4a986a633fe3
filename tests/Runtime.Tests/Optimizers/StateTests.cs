namespace Backprop.Tests;

public sealed class StateTests
{
    [Fact]
    public void State_is_named_by_path_and_slot()
    {
        var optimizer = new AdamW { Transforms = [new AccumulateSteps(2)], Averages = [new ExponentialMovingAverage()] };
        optimizer.Prepare(new Tensors<float>().Add("W1", [2, 3]));
        Checkpoint state = State.Of(optimizer);
        Assert.Equal(
            ["learning_rate", "W1/m", "W1/v", "Transforms[0]/W1/sum", "Averages[0]/W1/average"],
            state.Tensors.Keys);
        Assert.Equal([2L, 3], state.Tensors["W1/m"].Shape);
        Assert.Equal(["step", "Transforms[0]/gathered", "Averages[0]/updates"], state.Metadata.Keys);
    }

    [Fact]
    public void State_of_another_model_lists_every_difference()
    {
        var saved = new Adam();
        saved.Prepare(new Tensors<float>().Add("W1", [2, 3]).Add("Old", [4]));
        var wanted = new Adam();
        wanted.Prepare(new Tensors<float>().Add("W1", [3, 2]).Add("New", [4]));
        LeafComparison difference = State.Of(saved).Root.Compare(wanted);
        Assert.Equal(["New/m", "New/v"], difference.Missing);
        Assert.Equal(["Old/m", "Old/v"], difference.Unexpected);
        Assert.Equal(2, difference.Mismatched.Count);
        var error = Assert.Throws<CheckpointException>(() => State.Copy(saved, wanted));
        Assert.Contains("W1/m (saved F32[2, 3], wanted F32[3, 2])", error.Message);
    }

    [Fact]
    public void A_mismatch_overwrites_nothing()
    {
        var saved = new Sgd { Momentum = 0.5, LearningRate = 0.7 };
        saved.Step(new double[3], [1, 2, 3]);
        var wanted = new Sgd { LearningRate = 0.1 };
        wanted.Prepare([new LeafInfo("parameters", [3], typeof(double))]);
        Assert.Throws<CheckpointException>(() => State.Copy(saved, wanted));
        Assert.Equal((0.1, 0), (wanted.LearningRate, wanted.Steps));
    }

    [Fact]
    public void A_counter_that_is_no_integer_is_refused()
    {
        var optimizer = new Sgd();
        Checkpoint saved = State.Of(optimizer);
        saved.Root.SetText("step", "many");
        Assert.Contains("saved 'many'", Assert.Throws<CheckpointException>(() => saved.Root.CopyStateTo(optimizer)).Message);
    }

    [Fact]
    public void A_changed_rate_is_restored()
    {
        var optimizer = new Sgd();
        optimizer.LearningRate = 0.3;
        var other = new Sgd();
        State.Copy(optimizer, other);
        Assert.Equal(0.3, other.LearningRate);
    }

    [Fact]
    public void A_second_model_needs_a_second_optimizer()
    {
        var optimizer = new Sgd();
        optimizer.Prepare(Numbers.Model<float>(1));
        Assert.Throws<InvalidOperationException>(() => optimizer.Prepare(Numbers.Model<float>(1)));
    }
}
