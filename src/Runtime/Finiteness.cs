using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>What the checks of a checked build ask and say.</summary>
/// <remarks>The element type is not constrained, because emitted generic code may have fewer constraints than a question would ask for; where it is
/// none of the framework's binary types, nothing is known to be wrong with a value.</remarks>
internal static class Finiteness
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsFinite<T>(T value) => value switch
    {
        double number => double.IsFinite(number),
        float number => float.IsFinite(number),
        Half number => Half.IsFinite(number),
        _ => true,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNaN<T>(T value) => value switch
    {
        double number => double.IsNaN(number),
        float number => float.IsNaN(number),
        Half number => Half.IsNaN(number),
        _ => false,
    };

    [DoesNotReturn]
    public static void ThrowValue<T>(T value, string place, string statement, string expression) =>
        throw new NotFiniteNumberException($"{place}: '{expression}' is {Text(value)} in '{statement}'.", Number(value));

    [DoesNotReturn]
    public static void ThrowDerivative<T>(T value, string place, string statement, string name) =>
        throw new NotFiniteNumberException($"{place}: {(name.Length == 0 ? "a derivative" : $"'{name}'")} is {Text(value)} in the backward pass of '{statement}'.", Number(value));

    private static double Number<T>(T value) => value switch
    {
        double number => number,
        float number => number,
        Half number => (double)number,
        _ => double.NaN,
    };

    private static string Text<T>(T value) => string.Create(CultureInfo.InvariantCulture, $"{value}");
}
