namespace Backprop.Tensors;

/// <summary>
/// The pullbacks of <see cref="System.Numerics.Tensors.TensorPrimitives"/>, for <see cref="float"/> and <see cref="double"/>. The documentation
/// of the project lists each member's formula and what happens at its singular points.
/// </summary>
/// <remarks>
/// <para>
/// Parameters: those of the primal; its result, where it returns one; one accumulator per operand; the cotangent of the result (<c>seed</c>) or of
/// what the call left in its destination (<c>dDestination</c>). In the formulas d is that cotangent and y the result.
/// </para>
/// <para>
/// Cotangents are added to the accumulators. On exit <c>dDestination</c> is the cotangent of what the destination held before the call: zero where
/// the call wrote, unchanged beyond. An accumulator and <c>dDestination</c> may be the same memory, as operand and destination of a call in place.
/// </para>
/// <para>The accumulator of an operand may be empty: then nobody asks for that gradient.</para>
/// <para>No pullback allocates. Spans of unequal length are an <see cref="ArgumentException"/> that names the parameter, before any work.</para>
/// </remarks>
[SkipsEmpty]
public static partial class TensorPullbacks;
