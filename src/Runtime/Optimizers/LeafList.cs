using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Backprop;

/// <summary>The leaves that something was prepared for, so that later calls with another model are refused before any work.</summary>
internal sealed class LeafList
{
    private readonly LeafInfo[] leaves;
    private readonly int[] lengths;

    internal LeafList(IReadOnlyList<LeafInfo> leaves)
    {
        foreach (LeafInfo leaf in leaves)
            if (leaf.ElementType != typeof(float) && leaf.ElementType != typeof(double))
                throw new ArgumentException($"Leaf '{leaf.Path}' holds {leaf.ElementType.Name}; only float and double can be trained.", nameof(leaves));
        this.leaves = [.. leaves];
        lengths = [.. leaves.Select(static leaf => leaf.Length)];
    }

    internal int Count => leaves.Length;

    internal LeafInfo this[int index] => leaves[index];

    internal int TotalLength => lengths.Sum();

    /// <exception cref="ArgumentException">The leaves differ in number, length or element type; the message names the first that does.</exception>
    internal void Check<TPair>(scoped ref readonly TPair pair)
        where TPair : ILeafPair, allows ref struct
    {
        var visitor = new Comparison(this);
        pair.Visit(ref visitor);
        CheckCount(visitor.Count);
    }

    /// <summary>Checks and, in the same walk, sets the gradient to zero.</summary>
    /// <exception cref="ArgumentException">The leaves differ; what of the gradient came before the first that does is zero.</exception>
    internal void CheckAndClear<TPair>(scoped ref readonly TPair pair)
        where TPair : ILeafPair, allows ref struct
    {
        var visitor = new Clearing(this);
        pair.Visit(ref visitor);
        CheckCount(visitor.Count);
    }

    /// <summary>Refuses a leaf that is not the one that stood at its place.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    internal void Check<T>(int index, ReadOnlySpan<T> values, ReadOnlySpan<T> other)
    {
        if (index >= leaves.Length || typeof(T) != leaves[index].ElementType || values.Length != lengths[index] || other.Length != values.Length)
            Refuse(index, values, other);
    }

    /// <summary>Refuses a model of fewer leaves.</summary>
    /// <exception cref="ArgumentException">There were more.</exception>
    internal void CheckCount(int count)
    {
        if (count < Count)
            throw new ArgumentException($"The model has {count} leaves; it had {Count} when this object first saw it ('{leaves[count].Path}' is gone).", "model");
    }

    [DoesNotReturn]
    private void Refuse<T>(int index, ReadOnlySpan<T> values, ReadOnlySpan<T> other)
    {
        if (index >= Count)
            throw new ArgumentException($"The model has more leaves than the {Count} it had when this object first saw it.", "model");
        LeafInfo leaf = leaves[index];
        throw typeof(T) != leaf.ElementType || values.Length != lengths[index]
            ? new ArgumentException($"Leaf '{leaf.Path}' was {leaf.ElementType.Name}[{lengths[index]}] when this object first saw it and is {typeof(T).Name}[{values.Length}] now.", "model")
            : new ArgumentException($"The gradient of leaf '{leaf.Path}' has {other.Length} elements, the leaf has {values.Length}.", "gradient");
    }

    private struct Comparison(LeafList list) : ILeafPairVisitor
    {
        public int Count { get; private set; }

        public void Visit<T>(Span<T> values, Span<T> other)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            list.Check<T>(Count++, values, other);
        }
    }

    private struct Clearing(LeafList list) : ILeafPairVisitor
    {
        public int Count { get; private set; }

        public void Visit<T>(Span<T> values, Span<T> other)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            list.Check<T>(Count++, values, other);
            other.Clear();
        }
    }
}
