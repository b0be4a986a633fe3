using System.Numerics;

namespace Backprop.Tests;

/// <summary>A model made of named arrays, as a stand-in for a generated one.</summary>
internal sealed class Tensors<T> : IDifferentiable<Tensors<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<(LeafInfo Info, T[] Values)> leaves = [];

    public Tensors<T> Add(string path, int[] shape, params T[] values)
    {
        var info = new LeafInfo(path, shape, typeof(T));
        leaves.Add((info, values.Length == 0 ? new T[info.Length] : values));
        return this;
    }

    public T[] this[string path] => leaves.Single(leaf => leaf.Info.Path == path).Values;

    public T[] All => [.. leaves.SelectMany(static leaf => leaf.Values)];

    public Tensors<T> ZerosLike() => Map(static values => new T[values.Length]);

    public Tensors<T> Clone() => Map(static values => [.. values]);

    public void Clear() => leaves.ForEach(static leaf => Array.Clear(leaf.Values));

    public void AddScaled(Tensors<T> other, double scale)
    {
        for (int i = 0; i < leaves.Count; i++)
            for (int j = 0; j < leaves[i].Values.Length; j++)
                leaves[i].Values[j] += T.CreateTruncating(scale) * other.leaves[i].Values[j];
    }

    public IReadOnlyList<LeafInfo> DescribeLeaves() => [.. leaves.Select(static leaf => leaf.Info)];

    public void VisitLeaves<TVisitor>(ref TVisitor visitor)
        where TVisitor : ILeafVisitor, allows ref struct
    {
        foreach (var (_, values) in leaves) visitor.Visit<T>(values);
    }

    public void VisitLeaves<TVisitor>(Tensors<T> other, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct
    {
        for (int i = 0; i < leaves.Count; i++) visitor.Visit<T>(leaves[i].Values, other.leaves[i].Values);
    }

    private Tensors<T> Map(Func<T[], T[]> map)
    {
        var copy = new Tensors<T>();
        foreach (var (info, values) in leaves) copy.leaves.Add((info, map(values)));
        return copy;
    }
}
