using System.Numerics;

namespace Backprop.Integration.Models;

/// <summary>What is shared in a model is one leaf, and stays shared in copies; cycles end; models of different shapes are told apart.</summary>
public static class ModelSharing
{
    [Fact]
    public static void A_shared_array_is_one_leaf()
    {
        var shared = new Layer([1, 2], 3);
        var model = new Network { First = shared, Layers = [shared, new Layer(shared.W, 4)], More = [shared] };
        string[] leaves = ModelText.Of(model);
        Assert.Equal(["First.W [2] Double: 1 2", "First.B [] Double: 3", "Layers[1].B [] Double: 4"], leaves[..3]);
        ModelText.Check(model);
        Network copy = model.Clone();
        Assert.Same(copy.First, copy.Layers[0]);
        Assert.Same(copy.First, copy.More[0]);
        Assert.Same(copy.First.W, copy.Layers[1]!.W);
        Assert.NotSame(model.First, copy.First);
    }

    [Fact]
    public static void A_shared_collection_is_walked_once()
    {
        var model = new Network();
        model.Deep.Add(model.Deep[0]);
        model.Grid = [model.Grid[0], model.Grid[0]];
        model.Numbers.Clear();
        Assert.DoesNotContain(ModelText.Of(model), static leaf => leaf.StartsWith("Deep[1]", StringComparison.Ordinal) || leaf.StartsWith("Grid[1]", StringComparison.Ordinal));
        ModelText.Check(model);
        Assert.Same(model.Grid[0], model.Grid[1]);
        Network copy = model.Clone();
        Assert.Same(copy.Deep[0], copy.Deep[1]);
        Assert.Same(copy.Grid[0], copy.Grid[1]);
    }

    [Theory]
    [InlineData("here")]
    [InlineData("there")]
    public static void What_is_shared_in_one_model_only_is_refused(string where)
    {
        var shared = new Layer([1], 2);
        var tied = new Network { First = shared, Layers = [shared] };
        var apart = new Network { First = new([1], 2), Layers = [new([1], 2)] };
        (Network model, Network other) = where == "here" ? (tied, apart) : (apart, tied);
        Assert.Contains("'Layers[0]' is shared in one model only", Assert.Throws<ArgumentException>(() => model.AddScaled(other, 1)).Message, StringComparison.Ordinal);
        Assert.Equal([1, 2], ModelText.Numbers(model)[..2]);
    }

    [Fact]
    public static void Empty_arrays_are_never_shared()
    {
        var model = new Network { First = new([], 1), Layers = [new([], 2)] };
        Assert.Equal(["First.W [0] Double: ", "First.B [] Double: 1", "Layers[0].W [0] Double: "], ModelText.Of(model)[..3]);
        model.AddScaled(new Network { First = new(new double[0], 1), Layers = [new(new double[0], 2)] }, 1);
        Assert.Equal(2, model.First.B);
    }

    [Fact]
    public static void A_cycle_ends()
    {
        var first = new Node { Value = 1 };
        first.Next = new Node { Value = 2, Next = first, Links = [first] };
        first.Links.Add(first.Next);
        Assert.Equal(["Value [] Double: 1", "Next.Value [] Double: 2"], ModelText.Of(first));
        ModelText.Check(first);
        Node copy = first.Clone();
        Assert.Same(copy, copy.Next!.Next);
        Assert.Same(copy.Next, copy.Links[0]);
    }

    [Fact]
    public static void Many_shared_parts()
    {
        var model = new Network { Layers = [.. Enumerable.Range(0, 100).Select(static i => new Layer([i], i))] };
        model.More = [.. model.Layers.Select(static layer => layer!)];
        Assert.Equal(215, ModelText.Of(model).Length);
        ModelText.Check(model);
    }

    [Fact]
    public static void A_chain_that_is_too_deep_is_an_exception()
    {
        var first = new Node();
        for (int i = 0; i < 1_000_000; i++)
        {
            first = new Node { Next = first };
        }

        Assert.Throws<InsufficientExecutionStackException>(first.Clear);
        Assert.Throws<InsufficientExecutionStackException>(() => first.Clone());
    }

    [Fact]
    public static void A_leaf_of_another_shape_is_named()
    {
        Assert.Contains("'Layers[2].W' has shape [2] in one model and [3] in the other", Refused(static n => n.Layers[2]!.W = new double[3]), StringComparison.Ordinal);
        Assert.Contains("'Layers[1]' is null in one model only", Refused(static n => n.Layers[1] = new([], 0)), StringComparison.Ordinal);
        Assert.Contains("'Layers' has 3 elements in one model and 0 in the other", Refused(static n => n.Layers = []), StringComparison.Ordinal);
        Assert.Contains("'More' has 1 elements in one model and 0 in the other", Refused(static n => n.More.Clear()), StringComparison.Ordinal);
        Assert.Contains("'Numbers' has 2 elements in one model and 1 in the other", Refused(static n => n.Numbers.RemoveAt(0)), StringComparison.Ordinal);
        Assert.Contains("'Tables' has an entry [10] in one model only", Refused(static n => { n.Tables.Remove(10); n.Tables[3] = [1]; }), StringComparison.Ordinal);
        Assert.Contains("'Table' has shape [2, 2] in one model and [2, 3] in the other", Assert.Throws<ArgumentException>(() => new PlainModel().AddScaled(new PlainModel { Table = new double[2, 3] }, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public static void Nothing_is_written_before_a_difference_is_found()
    {
        var model = new Network();
        double[] before = ModelText.Numbers(model);
        var other = new Network { Grid = [[]] };
        Assert.Throws<ArgumentException>(() => model.AddScaled(other, 1));
        Assert.Equal(before, ModelText.Numbers(model));
    }

    [Fact]
    public static void A_walk_may_be_inside_another()
    {
        var outer = new Network();
        var visitor = new Nested();
        outer.VisitLeaves(ref visitor);
        Assert.Equal(21, visitor.Walks);
    }

    [Fact]
    public static void A_visitor_that_throws_leaves_walks_usable()
    {
        var visitor = new Throwing();
        Assert.Throws<InvalidOperationException>(() => new Network().VisitLeaves(ref visitor));
        ModelText.Check(new Network());
    }

    private static string Refused(Action<Network> change)
    {
        var other = new Network();
        change(other);
        return Assert.Throws<ArgumentException>(() => new Network().AddScaled(other, 1)).Message;
    }

    private struct Nested : ILeafVisitor
    {
        public int Walks { get; private set; }

        public void Visit<T>(Span<T> values)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Assert.Equal(10, ModelText.Of(new PlainModel()).Length);
            Walks++;
        }
    }

    private readonly struct Throwing : ILeafVisitor
    {
        public void Visit<T>(Span<T> values)
            where T : unmanaged, IFloatingPointIeee754<T> => throw new InvalidOperationException();
    }
}
