namespace Backprop;

/// <summary>One array of optimizer state that belongs to a leaf.</summary>
/// <param name="Name">The slot's name; its state is called <c>path/name</c>. Empty for work space, which is not saved.</param>
/// <param name="Shape">Extent of each dimension; null for the leaf's own shape.</param>
/// <param name="Initial">What the elements are before the first step.</param>
public sealed record StateSlot(string Name, IReadOnlyList<int>? Shape = null, double Initial = 0)
{
    internal bool IsScalar { get; private init; }

    internal bool IsSaved => Name.Length > 0;

    /// <summary>A slot of the leaf's shape that starts at zero.</summary>
    public static implicit operator StateSlot(string name) => new(name);

    /// <summary>Work space of the leaf's lifetime, not part of its state.</summary>
    /// <param name="shape">Extent of each dimension; null for the leaf's own shape.</param>
    public static StateSlot WorkSpace(IReadOnlyList<int>? shape = null) => new("", shape);

    /// <summary>A number of double precision, whatever the leaf's element type; counted apart from the arrays.</summary>
    public static StateSlot Scalar(string name, double initial) => new(name, [], initial) { IsScalar = true };
}
