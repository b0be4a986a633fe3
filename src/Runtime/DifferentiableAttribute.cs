namespace Backprop;

/// <summary>
/// Asks the generator for the backward pass of a method, or for <see cref="IDifferentiable{TSelf}"/> on a type.
/// The containing type must be <c>partial</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class DifferentiableAttribute : Attribute
{
    /// <summary>Which derivatives are written. Only <see cref="Derivatives.Gradient"/> is so far; to ask for another is an error.</summary>
    public Derivatives Emit { get; init; } = Derivatives.Gradient;

    /// <summary>How exactly the primal's arithmetic is kept. Only <see cref="FloatingPoint.Exact"/> is supported so far; to ask for another is an error.</summary>
    public FloatingPoint Math { get; init; } = FloatingPoint.Exact;
}
