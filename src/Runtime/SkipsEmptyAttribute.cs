namespace Backprop;

/// <summary>
/// Says of a pullback written by hand, or of all pullbacks of a class, that the accumulator of memory which the primal only reads may be empty: then
/// nobody asks for that gradient. Without the mark such an accumulator is memory that is thrown away.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class SkipsEmptyAttribute : Attribute;
