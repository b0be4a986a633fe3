using System.Numerics;

namespace Backprop;

/// <summary>What is known of a leaf without its numbers.</summary>
/// <param name="Path">Where the leaf is in its model, as C# would write it: <c>Layers[1].W</c>.</param>
/// <param name="Shape">Extent of each dimension; empty for a scalar.</param>
/// <param name="ElementType"><c>typeof(float)</c> or <c>typeof(double)</c>.</param>
public sealed record LeafInfo(string Path, IReadOnlyList<int> Shape, Type ElementType)
{
    /// <summary>Number of elements: the product of <see cref="Shape"/>.</summary>
    public int Length => Shape.Aggregate(1, static (product, extent) => checked(product * extent));
}

/// <summary>Is shown the leaves of a model one after another.</summary>
public interface ILeafVisitor
{
    /// <summary>Called once a leaf. Writing to <paramref name="values"/> writes the model.</summary>
    void Visit<T>(Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>Is shown the leaves of two models of the same shape, pair by pair.</summary>
public interface ILeafPairVisitor
{
    /// <summary>Called once a leaf; the two spans have the same length.</summary>
    void Visit<T>(Span<T> values, Span<T> other)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
