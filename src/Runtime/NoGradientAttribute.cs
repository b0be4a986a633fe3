namespace Backprop;

/// <summary>
/// Declares that no gradient is wanted: the marked parameter, field or property is a constant to the derivative,
/// and gets no accumulator.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Method)]
public sealed class NoGradientAttribute : Attribute
{
}
