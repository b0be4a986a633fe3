using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>The checks that emitted methods make after each operation where the project sets <c>BackpropCheckFinite</c> to <c>true</c>.</summary>
public static class CheckFinite
{
    /// <summary>A result of the forward pass is finite.</summary>
    /// <param name="value">The result.</param>
    /// <param name="place">File and line.</param>
    /// <param name="statement">The user's statement.</param>
    /// <param name="expression">What was computed.</param>
    /// <exception cref="NotFiniteNumberException">It is infinite or NaN; the message names file, line and expression.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Value<T>(T value, string place, string statement, string expression)
    {
        if (!Finiteness.IsFinite(value))
        {
            Finiteness.ThrowValue(value, place, statement, expression);
        }
    }

    /// <summary>A result of the backward pass is finite.</summary>
    /// <param name="value">The result.</param>
    /// <param name="place">File and line.</param>
    /// <param name="statement">The user's statement whose derivative is computed.</param>
    /// <param name="name">What emitted code calls the result; empty where it has no name.</param>
    /// <exception cref="NotFiniteNumberException">It is infinite or NaN; the message names file, line and statement.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Derivative<T>(T value, string place, string statement, string name)
    {
        if (!Finiteness.IsFinite(value))
        {
            Finiteness.ThrowDerivative(value, place, statement, name);
        }
    }
}
