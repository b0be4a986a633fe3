using System.Numerics;

namespace Backprop;

/// <summary>
/// Something whose numbers must survive a save and a restore bit for bit: an optimizer, a transform, an average, a schedule with memory.
/// </summary>
/// <remarks>One walk serves both directions: a writer reads what it is shown, a reader overwrites it.</remarks>
public interface IStateful
{
    /// <summary>Shows every part of the state, always in the same order and under names that are unique within this object.</summary>
    void VisitState(IStateVisitor visitor);
}

/// <summary>Is shown the parts of a state one after another.</summary>
public interface IStateVisitor
{
    /// <summary>Called once a leaf of state. Writing to <paramref name="values"/> writes the state.</summary>
    /// <param name="name">Path and slot: <c>Layers[1].W/m</c>.</param>
    /// <param name="shape">Extent of each dimension; empty for a scalar.</param>
    /// <param name="values">The numbers, row-major.</param>
    void VisitLeaf<T>(string name, IReadOnlyList<int> shape, Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Called once a counter. Writing to <paramref name="value"/> writes the state.</summary>
    void VisitCounter(string name, ref long value);
}
