using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>The same as <see cref="CheckFinite"/> where the project sets <c>BackpropCheckFinite</c> to <c>nan</c>: infinities are allowed.</summary>
public static class CheckNaN
{
    /// <inheritdoc cref="CheckFinite.Value{T}"/>
    /// <exception cref="NotFiniteNumberException">It is NaN; the message names file, line and expression.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Value<T>(T value, string place, string statement, string expression)
    {
        if (Finiteness.IsNaN(value))
        {
            Finiteness.ThrowValue(value, place, statement, expression);
        }
    }

    /// <inheritdoc cref="CheckFinite.Derivative{T}"/>
    /// <exception cref="NotFiniteNumberException">It is NaN; the message names file, line and statement.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Derivative<T>(T value, string place, string statement, string name)
    {
        if (Finiteness.IsNaN(value))
        {
            Finiteness.ThrowDerivative(value, place, statement, name);
        }
    }
}
