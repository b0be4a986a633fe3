using Backprop;

namespace Consumer.Library;

/// <summary>What other assemblies derive from.</summary>
public partial class Shape
{
    /// <summary>The area at a size.</summary>
    /// <param name="size">The size.</param>
    /// <returns>The area.</returns>
    [Differentiable]
    public virtual double Area(double size) => size;
}
