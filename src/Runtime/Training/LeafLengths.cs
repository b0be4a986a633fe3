using System.Numerics;

namespace Backprop;

/// <summary>Remembers how long each leaf of a model is, to notice a model that was given other arrays.</summary>
internal sealed class LeafLengths
{
    private readonly IReadOnlyList<LeafInfo> leaves;
    private readonly int[] lengths;

    public LeafLengths(IReadOnlyList<LeafInfo> leaves)
    {
        this.leaves = leaves;
        lengths = leaves.Select(static leaf => leaf.Length).ToArray();
    }

    /// <exception cref="InvalidOperationException">A leaf has another length than at first; the message names it.</exception>
    public void Check<TModel>(TModel model)
        where TModel : IDifferentiable<TModel>
    {
        var visitor = new Comparison(lengths);
        model.VisitLeaves(ref visitor);
        if (visitor.FirstDifference is var (leaf, length))
            Throw(leaf, length);
        if (visitor.Count != lengths.Length)
            throw new InvalidOperationException($"The model had {lengths.Length} leaves when the trainer was made and now has {visitor.Count}.");
    }

    private void Throw(int leaf, int length)
    {
        if (leaf >= leaves.Count)
            throw new InvalidOperationException($"The model had {leaves.Count} leaves when the trainer was made and now has more.");
        throw new InvalidOperationException(
            $"The model's leaf {leaves[leaf].Path} had {lengths[leaf]} elements when the trainer was made and now has {length}.");
    }

    private ref struct Comparison(ReadOnlySpan<int> lengths) : ILeafVisitor
    {
        private readonly ReadOnlySpan<int> lengths = lengths;

        public int Count { get; private set; }

        public (int Leaf, int Length)? FirstDifference { get; private set; }

        public void Visit<T>(Span<T> values)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            if (((uint)Count >= (uint)lengths.Length || lengths[Count] != values.Length) && FirstDifference is null)
                FirstDifference = (Count, values.Length);
            Count++;
        }
    }
}
