namespace Backprop;

/// <summary>
/// Asks the generator for the backward pass of a method, or for <see cref="IDifferentiable{TSelf}"/> on a type.
/// The containing type must be <c>partial</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class DifferentiableAttribute : Attribute
{
}
