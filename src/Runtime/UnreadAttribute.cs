namespace Backprop;

/// <summary>
/// Says that a pullback written by hand does not read what a parameter holds, so that its callers need not keep it: of memory only the length
/// is that of the argument, a number is anything.
/// </summary>
/// <remarks>For parameters that stand for those of the primal and for its result; elsewhere it says nothing.</remarks>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class UnreadAttribute : Attribute;
