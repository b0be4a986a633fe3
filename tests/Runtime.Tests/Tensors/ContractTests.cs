namespace Backprop.Tests.TensorPullbackTests;

/// <summary>What every pullback promises besides the right number.</summary>
public sealed class ContractTests
{
    public static TheoryData<string> Names => [.. Members.Pairs.Keys];

    public static TheoryData<string> NamesInPlace =>
        [.. Members.Pairs.Where(static pair => pair.Value.Primal.GetParameters().Any(static p => Members.IsSpan(p.ParameterType))).Select(static pair => pair.Key)];

    [Theory]
    [MemberData(nameof(NamesInPlace))]
    public void In_place_an_accumulator_may_be_the_cotangent_of_the_destination(string name)
    {
        var layout = new Trial<double>(name, 29, 0, seed: 3);
        for (int operand = 0; operand < layout.Accumulators.Length; operand++)
            for (int destination = 0; destination < layout.Seeds.Length; destination++)
            {
                Trial<double> apart = new(name, 29, 0, seed: 3), shared = new(name, 29, 0, seed: 3);
                if (apart.Accumulators[operand].Length != 29)
                {
                    continue;
                }

                apart.CallPullback();
                shared.Accumulators[operand] = shared.Seeds[destination];
                shared.CallPullback();
                for (int i = 0; i < 29; i++)
                    Assert.Equal(apart.Accumulators[operand][i], shared.Accumulators[operand][i], 1e-14);
                for (int other = 0; other < apart.Accumulators.Length; other++)
                    Assert.Equal(apart.Accumulators[other], shared.Accumulators[other].AsEnumerable(), static (a, b) => Math.Abs(a - b) <= 1e-14);
            }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_length_that_does_not_match_is_named_before_any_work(string name)
    {
        var layout = new Trial<double>(name, 9, 0, seed: 4);
        object[] right = layout.PullbackArguments();
        int first = Array.FindIndex(right, static argument => argument is double[]);
        for (int i = first + 1; i < right.Length; i++)
        {
            if (right[i] is not double[] { Length: 9 })
            {
                continue;
            }

            object[] wrong = [.. right.Select(static argument => argument is double[] array ? array.Clone() : argument)];
            string parameter = layout.Parameters[i].Name!;
            wrong[i] = new double[parameter.EndsWith("estination") && !parameter.StartsWith('d') || parameter == "destination" ? 8 : 10];
            object[] before = [.. wrong.Select(static argument => argument is double[] array ? array.Clone() : argument)];

            Assert.Equal(parameter, Assert.Throws<ArgumentException>(() => layout.CallPullback(wrong)).ParamName);
            Assert.Equal(before, wrong);
        }
    }

    [Fact]
    public void Two_destinations_are_not_one_memory()
    {
        double[] x = [0.5, 1], y = [0, 0], dx = [0, 0], dy = [1, 1];
        Assert.Equal("dCosDestination", Assert.Throws<ArgumentException>(() => Backprop.Tensors.TensorPullbacks.SinCos<double>(x, y, y, dx, dy, dy)).ParamName);
        Assert.Equal("dCosPiDestination", Assert.Throws<ArgumentException>(() => Backprop.Tensors.TensorPullbacks.SinCosPi<double>(x, y, y, dx, dy, dy)).ParamName);
        Assert.Equal([1, 1], dy);
    }
}
