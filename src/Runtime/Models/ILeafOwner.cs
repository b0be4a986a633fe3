using System.ComponentModel;

namespace Backprop;

/// <summary>
/// What the generator writes for a type marked <see cref="DifferentiableAttribute"/>, and on which <see cref="Leaves"/> builds
/// <see cref="IDifferentiable{TSelf}"/>: how to get at the members, once.
/// </summary>
/// <typeparam name="TSelf">The type that implements the interface.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILeafOwner<TSelf>
{
    /// <summary>An object of the same class whose members are those of this one: arrays and parts are shared. No constructor runs.</summary>
    TSelf ShallowCopy();

    /// <summary>Replaces arrays, collections and parts that are shared with the model of which this one is a copy by copies of them.</summary>
    void OwnLeaves(LeafCopies copies);

    /// <summary>Shows every leaf to <paramref name="visitor"/> beside the same leaf of <paramref name="other"/>, in order of declaration.</summary>
    void WalkLeaves<TVisitor>(LeafWalk walk, ref TSelf other, ref TVisitor visitor)
        where TVisitor : ILeafPairVisitor, allows ref struct;
}
