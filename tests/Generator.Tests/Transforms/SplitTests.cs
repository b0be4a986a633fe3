using Backprop.Generator.Tests.Hygiene;

namespace Backprop.Generator.Tests.Transforms;

/// <summary>The two halves of a method together do what its backward pass does.</summary>
public sealed class SplitTests
{
    public static TheoryData<string> Cases => [.. HygieneCases.All.Keys];

    [Theory]
    [MemberData(nameof(Examples.Names), MemberType = typeof(Examples))]
    public void The_halves_give_value_and_gradient_of_the_backward_pass(string example) => Agree(Examples.Named(example).Source);

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_halves_give_value_and_gradient_of_the_backward_pass_with(string names) => Agree(HygieneCases.All[names]);

    private static void Agree(string source)
    {
        Output output = new Consumer().Generate(source);
        Probe.Run expected = Probe.At(output), actual = Probe.At(output, door: Probe.Door.Halves);
        double precision = source.Contains("float", StringComparison.Ordinal) ? 1e-5 : 1e-12;
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected.Value), BitConverter.DoubleToInt64Bits(actual.Value));
        Assert.All(expected.Gradient.Zip(actual.Gradient), pair => Assert.True(
            Math.Abs(pair.First - pair.Second) <= precision * Math.Max(1, Math.Abs(pair.First)), $"{pair.Second} instead of {pair.First}"));
    }
}
