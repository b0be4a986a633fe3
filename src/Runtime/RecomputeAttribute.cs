namespace Backprop;

/// <summary>
/// Keeps nothing between the forward and the backward pass of a method: its callers run it again in their backward pass. It trades time for
/// memory. The method must not write its parameters, because then it could not be run again, and what it reads beside them must not change until then.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RecomputeAttribute : Attribute
{
}
