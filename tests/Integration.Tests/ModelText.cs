using System.Globalization;
using System.Numerics;

namespace Backprop.Integration.Models;

/// <summary>Models as text, for comparison.</summary>
internal static class ModelText
{
    /// <summary>One line a leaf: <c>Layers[1].W [2] double: 5 6</c>.</summary>
    public static string[] Of<TModel>(TModel model)
        where TModel : IDifferentiable<TModel>
    {
        var numbers = new NumbersVisitor([]);
        model.VisitLeaves(ref numbers);
        IReadOnlyList<LeafInfo> leaves = model.DescribeLeaves();
        Assert.Equal(leaves.Count, numbers.Leaves.Count);
        return [.. leaves.Zip(numbers.Leaves, static (leaf, text) => $"{leaf.Path} [{string.Join(",", leaf.Shape)}] {leaf.ElementType.Name}: {text}")];
    }

    /// <summary>The numbers of all leaves, one after another.</summary>
    public static double[] Numbers<TModel>(TModel model)
        where TModel : IDifferentiable<TModel>
        => [.. Of(model).SelectMany(static line => line[(line.LastIndexOf(": ", StringComparison.Ordinal) + 2)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(static n => double.Parse(n, CultureInfo.InvariantCulture))];

    /// <summary>What must hold of every model: copies are independent, zeros are zero, sums are sums, and nothing is allocated by a second walk.</summary>
    public static void Check<TModel>(TModel model)
        where TModel : class, IDifferentiable<TModel>
    {
        string[] before = Of(model);
        double[] numbers = Numbers(model);
        TModel copy = model.Clone(), zeros = model.ZerosLike();
        Assert.NotSame(model, copy);
        Assert.Equal(model.GetType(), copy.GetType());
        Assert.Equal(before, Of(copy));
        Assert.Equal(model.DescribeLeaves().Select(static l => l.Path), zeros.DescribeLeaves().Select(static l => l.Path));
        Assert.All(Numbers(zeros), static n => Assert.Equal(0, n));

        zeros.AddScaled(model, 0.5);
        zeros.AddScaled(copy, 1.5);
        Assert.Equal(numbers.Select(static n => 2 * n), Numbers(zeros));
        copy.AddScaled(model, -1);
        Assert.All(Numbers(copy), static n => Assert.Equal(0, n));
        zeros.Clear();
        Assert.All(Numbers(zeros), static n => Assert.Equal(0, n));
        Assert.Equal(before, Of(model));

        var pairs = new PairVisitor();
        model.VisitLeaves(zeros, ref pairs);
        Assert.Equal(numbers.Length, pairs.Count);
        Assert.Equal(0, Allocated(model, zeros));
    }

    private static long Allocated<TModel>(TModel model, TModel zeros)
        where TModel : class, IDifferentiable<TModel>
    {
        long bytes = 0;
        for (int i = 0; i < 3; i++)
        {
            var pairs = new PairVisitor();
            long start = GC.GetAllocatedBytesForCurrentThread();
            zeros.Clear();
            zeros.AddScaled(model, 1);
            model.VisitLeaves(zeros, ref pairs);
            bytes = GC.GetAllocatedBytesForCurrentThread() - start;
        }

        return bytes;
    }

    private readonly struct NumbersVisitor(List<string> leaves) : ILeafVisitor
    {
        public List<string> Leaves => leaves;

        public void Visit<T>(Span<T> values)
            where T : unmanaged, IFloatingPointIeee754<T>
            => leaves.Add(string.Join(" ", values.ToArray().Select(static v => v.ToString(null, CultureInfo.InvariantCulture))));
    }

    private ref struct PairVisitor : ILeafPairVisitor
    {
        public int Count { get; private set; }

        public void Visit<T>(Span<T> values, Span<T> other)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            // An assertion here would allocate.
            bool isPair = values.Length == other.Length && !(values.Length > 0 && values.Overlaps(other));
            Count += isPair ? values.Length : int.MinValue;
        }
    }
}
