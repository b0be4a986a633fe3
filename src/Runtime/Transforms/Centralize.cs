using System.Numerics;

namespace Backprop;

/// <summary>
/// Subtracts from each unit's gradient its mean. A unit is an element of the first dimension of a leaf of two or more; other leaves are
/// left alone. Yong, Huang, Hua and Zhang, <em>Gradient Centralization: A New Optimization Technique for Deep Neural Networks</em>, 2020.
/// </summary>
public sealed class Centralize : GradientTransform
{
    private int[] units = [];

    /// <inheritdoc/>
    protected override void Prepare(IReadOnlyList<LeafInfo> leaves) =>
        units = [.. leaves.Select(static leaf => leaf.Shape.Count >= 2 ? leaf.Shape[0] : 0)];

    /// <inheritdoc/>
    protected override void Rewrite<T>(int leaf, ReadOnlySpan<T> parameters, Span<T> gradient)
    {
        if (units[leaf] == 0 || gradient.IsEmpty) return;
        int length = gradient.Length / units[leaf];
        for (int start = 0; start < gradient.Length; start += length)
        {
            Span<T> g = gradient.Slice(start, length);
            T mean = T.CreateTruncating(Reduce.Sum<T>(g) / length);
            for (int i = 0; i < g.Length; i++) g[i] -= mean;
        }
    }
}
