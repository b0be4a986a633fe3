namespace Backprop.Tests.TensorPullbackTests;

/// <summary>Where nobody asks for the gradient of an operand its accumulator is empty, and nothing else changes.</summary>
public sealed class EmptyAccumulatorTests
{
    public static TheoryData<string> Names => [.. Members.Pairs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_others_get_what_they_get_otherwise(string name)
    {
        foreach (int length in new[] { 3, 200 })
        {
            Trial<double> whole = new(name, length, 0, seed: 6);
            whole.CallPullback();
            for (int empty = 0; empty < whole.Accumulators.Length; empty++)
            {
                if (whole.Arguments[whole.OperandIndices[empty]] is double[])
                {
                    Trial<double> part = new(name, length, 0, seed: 6);
                    part.Accumulators[empty] = [];
                    part.CallPullback();
                    Assert.Equal(whole.Seeds, part.Seeds);
                    Assert.Equal(whole.Accumulators.Where((_, i) => i != empty), part.Accumulators.Where((_, i) => i != empty));
                }
            }
        }
    }
}
