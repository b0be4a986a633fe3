namespace Backprop.Tests;

public sealed class StateTests
{
    [Fact]
    public void State_is_named_by_path_and_slot()
    {
        var optimizer = new AdamW { Transforms = [new AccumulateSteps(2)], Averages = [new ExponentialMovingAverage()] };
        optimizer.Prepare(new Tensors<float>().Add("W1", [2, 3]));
        StateSnapshot state = StateSnapshot.Of(optimizer);
        Assert.Equal(
            ["learning_rate", "W1/m", "W1/v", "Transforms[0]/W1/sum", "Averages[0]/W1/average"],
            state.Leaves.Select(static leaf => leaf.Path));
        Assert.Equal([2, 3], state.Leaves.ElementAt(1).Shape);
        Assert.Equal(["step", "Transforms[0]/gathered", "Averages[0]/updates"], state.Counters.Keys);
    }

    [Fact]
    public void State_of_another_model_lists_every_difference()
    {
        var saved = new Adam();
        saved.Prepare(new Tensors<float>().Add("W1", [2, 3]).Add("Old", [4]));
        var wanted = new Adam();
        wanted.Prepare(new Tensors<float>().Add("W1", [3, 2]).Add("New", [4]));
        var difference = Assert.Throws<StateMismatchException>(() => StateSnapshot.Of(saved).RestoreTo(wanted));
        Assert.Equal(["New/m", "New/v"], difference.Missing);
        Assert.Equal(["Old/m", "Old/v"], difference.Unexpected);
        Assert.Equal(2, difference.Misshaped.Count);
        Assert.Contains("W1/m (saved Single[2, 3], wanted Single[3, 2])", difference.Message);
    }

    [Fact]
    public void A_mismatch_overwrites_nothing()
    {
        var saved = new Sgd { Momentum = 0.5, LearningRate = 0.7 };
        saved.Step(new double[3], [1, 2, 3]);
        var wanted = new Sgd { LearningRate = 0.1 };
        wanted.Prepare([new LeafInfo("parameters", [3], typeof(double))]);
        Assert.Throws<StateMismatchException>(() => StateSnapshot.Of(saved).RestoreTo(wanted));
        Assert.Equal((0.1, 0), (wanted.LearningRate, wanted.Steps));
    }

    [Fact]
    public void A_changed_rate_is_restored()
    {
        var optimizer = new Sgd();
        optimizer.LearningRate = 0.3;
        StateSnapshot saved = StateSnapshot.Of(optimizer);
        var other = new Sgd();
        saved.RestoreTo(other);
        Assert.Equal(0.3, other.LearningRate);
    }

    [Fact]
    public void A_snapshot_checks_what_it_is_given()
    {
        var snapshot = new StateSnapshot();
        snapshot.Add("a", [2], [1.0, 2.0]);
        Assert.Throws<ArgumentException>(() => snapshot.Add("a", [1], [1.0]));
        Assert.Throws<ArgumentException>(() => snapshot.Add("b", [3], [1.0]));
        Assert.Throws<ArgumentException>(() => snapshot.Values<float>("a").Length);
        Assert.Throws<KeyNotFoundException>(() => snapshot.Values<float>("c").Length);
        Assert.Equal([1.0, 2.0], snapshot.Values<double>("a").ToArray());
    }

    [Fact]
    public void A_second_model_needs_a_second_optimizer()
    {
        var optimizer = new Sgd();
        optimizer.Prepare(Numbers.Model<float>(1));
        Assert.Throws<InvalidOperationException>(() => optimizer.Prepare(Numbers.Model<float>(1)));
    }
}
