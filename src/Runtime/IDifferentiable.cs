namespace Backprop;

/// <summary>
/// A model: a type whose floating-point content can be walked as <em>leaves</em>, in declaration order.
/// The gradient of a model is a model of the same shape.
/// </summary>
/// <typeparam name="TSelf">The type that implements the interface.</typeparam>
/// <remarks>The generator writes this for types marked <see cref="DifferentiableAttribute"/>; everything that works on
/// models (optimizers, clipping, saved state) is written once, over leaves.</remarks>
public interface IDifferentiable<TSelf>
    where TSelf : IDifferentiable<TSelf>
{
    /// <summary>A model of the same shape whose leaves are all zero.</summary>
    TSelf ZerosLike();

    /// <summary>A deep copy.</summary>
    TSelf Clone();

    /// <summary>Sets every leaf to zero.</summary>
    void Clear();

    /// <summary>Adds <paramref name="scale"/> times the leaves of <paramref name="other"/> to the leaves of this model.</summary>
    /// <param name="other">A model of the same shape.</param>
    /// <param name="scale">The factor.</param>
    /// <exception cref="ArgumentException">A leaf of <paramref name="other"/> has another shape; the message names it.</exception>
    void AddScaled(TSelf other, double scale);

    /// <summary>Path, shape and element type of every leaf, in the order in which they are visited.</summary>
    IReadOnlyList<LeafInfo> DescribeLeaves();

    /// <summary>Shows every leaf to <paramref name="visitor"/>, in order.</summary>
    void VisitLeaves<TVisitor>(ref TVisitor visitor)
        where TVisitor : ILeafVisitor, allows ref struct;

    /// <summary>Shows every leaf of this model to <paramref name="visitor"/> beside the same leaf of <paramref name="other"/>, in order.</summary>
    /// <exception cref="ArgumentException">A leaf of <paramref name="other"/> has another shape; the message names it.</exception>
    void VisitLeaves<TVisitor>(TSelf other, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct;
}
