namespace Backprop.Tests;

public class CheckpointSectionTests
{
    [Fact]
    public void Leaves_come_back_bit_for_bit()
    {
        Regressor model = Regressor.Create(5);
        model.Out.B = double.NaN;
        model.W1[0, 2] = -0f;
        var checkpoint = new Checkpoint();
        checkpoint.Root.AddLeaves(model);
        Regressor other = model.ZerosLike();
        checkpoint.Root.CopyLeavesTo(other);
        Assert.Equal(model.Bits(), other.Bits());
    }

    [Fact]
    public void Another_models_state_lists_every_difference_and_changes_nothing()
    {
        Regressor model = Regressor.Create(5);
        byte[] before = model.Bits();
        var checkpoint = new Checkpoint();
        checkpoint.Root.Add<float>("W1", new float[12], 3, 4);
        checkpoint.Root.Add<double>("B1", new double[4], 4);
        checkpoint.Root.Add<double>("Out.W", new double[4], 4);
        checkpoint.Root.Add<float>("Extra", [1], 1);
        checkpoint.Section("optimizer").Add<float>("W1", [1], 1);

        LeafComparison comparison = checkpoint.Root.Compare(model);
        Assert.Equal(["Out.B"], comparison.Missing);
        Assert.Equal(["Extra"], comparison.Unexpected);
        Assert.Equal(2, comparison.Mismatched.Count);

        string message = Assert.Throws<CheckpointException>(() => checkpoint.Root.CopyLeavesTo(model)).Message;
        Assert.Contains("Missing: Out.B.", message);
        Assert.Contains("Unexpected: Extra.", message);
        Assert.Contains("W1 (saved F32[3, 4], wanted F32[4, 3])", message);
        Assert.Contains("B1 (saved F64[4], wanted F32[4])", message);
        Assert.Equal(before, model.Bits());
    }

    [Fact]
    public void Numbers_come_back_bit_for_bit()
    {
        CheckpointSection section = new Checkpoint().Section("s");
        foreach (double value in (double[])[0.1, double.MaxValue, double.Epsilon, -0.0, double.PositiveInfinity, double.NaN])
        {
            section.SetNumber("x", value);
            Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(section.Number("x")));
        }

        Assert.Throws<CheckpointException>(() => section.Number("y"));
        Assert.Throws<CheckpointException>(() => section.Integer("x"));
    }
}
