using Backprop.Generator.IR;

namespace Backprop.Generator.Tests.IR;

/// <summary>A short list has its elements in order, wherever it keeps them.</summary>
public sealed class FewTests
{
    private static readonly EquatableArray<string> rest = EquatableArray.Of("x", "y");

    [Fact]
    public void It_has_its_elements_in_order()
    {
        Check([], default);
        Check(["a"], new("a"));
        Check(["a", "b"], new("a", "b"));
        Check(["a", "b", "c"], new("a", "b", "c"));
        Check(["x", "y"], new(rest));
        Check(["a", "x", "y"], new("a", rest));
    }

    private static void Check(string[] expected, Few<string> few)
    {
        List<string> walked = [];
        foreach (string item in few)
        {
            walked.Add(item);
        }

        Assert.Equal(expected, walked);
        Assert.Equal(expected, few.Select(static item => item));
        Assert.Equal(expected, Enumerable.Range(0, few.Count).Select(i => few[i]));
    }
}
