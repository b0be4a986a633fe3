using Backprop.Generator.IR;

namespace Backprop.Generator.Tests.IR;

/// <summary>A list is equal by its elements, and stays the object that it is where nothing changes.</summary>
public sealed class EquatableArrayTests
{
    private static readonly EquatableArray<string> list = EquatableArray.Of("a", "b", "c");

    [Fact]
    public void It_is_equal_by_its_elements()
    {
        Assert.Equal(list, new[] { "a", "b", "c" }.ToEquatable());
        Assert.Equal(list.GetHashCode(), new List<string> { "a", "b", "c" }.ToEquatable().GetHashCode());
        Assert.NotEqual(list, EquatableArray.Of("a", "c", "b"));
        Assert.Equal(EquatableArray<string>.Empty, EquatableArray.Of<string>());
    }

    [Fact]
    public void It_is_walked_in_order()
    {
        List<string> walked = [];
        foreach (string item in list)
        {
            walked.Add(item);
        }

        Assert.Equal(["a", "b", "c"], walked);
        Assert.Equal(["a", "b", "c"], list.ToArray());
        Assert.Equal(["a", "b", "c"], list.Select(static item => item));
        Assert.Empty(EquatableArray<string>.Empty);
    }

    [Fact]
    public void It_is_the_very_same_where_nothing_changes()
    {
        Assert.True(list.Map(static item => item).IsSame(list));
        Assert.True(list.Keep(static _ => true).IsSame(list));
        Assert.True(list.With([.. list]).IsSame(list));
    }

    [Fact]
    public void What_changes_is_in_its_place()
    {
        Assert.Equal(["a", "B", "c"], list.Map(static item => item == "b" ? "B" : item));
        Assert.Equal(["a", "c"], list.Keep(static item => item != "b"));
        Assert.Equal(["a", "b"], list.With(["a", "b"]));
        Assert.Equal(["a", "b", "d"], list.With(["a", "b", "d"]));
    }
}
