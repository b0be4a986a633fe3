using System.Numerics;

namespace Backprop;

/// <summary>Shows the state of a part under a name of its own: <c>prefix + name</c>.</summary>
internal sealed class PrefixedStateVisitor(string prefix, IStateVisitor visitor) : IStateVisitor
{
    public void VisitLeaf<T>(string name, IReadOnlyList<int> shape, Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> => visitor.VisitLeaf(prefix + name, shape, values);

    public void VisitCounter(string name, ref long value) => visitor.VisitCounter(prefix + name, ref value);
}
