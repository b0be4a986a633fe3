using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Backprop.Tensors;

/// <summary>The functions that rules are written in, of all elements of a vector at once.</summary>
internal static class Vectors
{
    internal const double Ln2 = 0.693147180559945309417232121458;
    internal const double Ln10 = 2.30258509299404568401799145468;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Number<T>(double value)
        where T : IFloatingPointIeee754<T>
        => T.CreateTruncating(value);

    /// <summary>The value where the mask is set, else zero, whatever the value is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> If<T>(Vector512<T> mask, Vector512<T> value) => mask & value;

    /// <summary>The value where the mask is not set, else zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Unless<T>(Vector512<T> mask, Vector512<T> value) => Vector512.AndNot(value, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> IsZero<T>(Vector512<T> x) => Vector512.Equals(x, Vector512<T>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> IsNaN<T>(Vector512<T> x) => ~Vector512.Equals(x, x);

    /// <summary>Where <c>Max</c> returned its first operand: the larger, the first of equals, the NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> FirstIsMax<T>(Vector512<T> a, Vector512<T> b) => Vector512.GreaterThanOrEqual(a, b) | IsNaN(a);

    /// <summary>Where <c>Min</c> returned its first operand: the smaller, the first of equals, the NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> FirstIsMin<T>(Vector512<T> a, Vector512<T> b) => Vector512.LessThanOrEqual(a, b) | IsNaN(a);

    /// <summary>How many times a remainder took away its divisor. Rounding the quotient of the operands instead can be off by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Times<T>(Vector512<T> a, Vector512<T> b, Vector512<T> remainder) => Round((a - remainder) / b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Round<T>(Vector512<T> x) => typeof(T) == typeof(double)
        ? Vector512.Round(x.AsDouble()).As<double, T>()
        : Vector512.Round(x.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Hypot<T>(Vector512<T> a, Vector512<T> b) => typeof(T) == typeof(double)
        ? Vector512.Hypot(a.AsDouble(), b.AsDouble()).As<double, T>()
        : Vector512.Hypot(a.AsSingle(), b.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Log<T>(Vector512<T> x) => typeof(T) == typeof(double)
        ? Vector512.Log(x.AsDouble()).As<double, T>()
        : Vector512.Log(x.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Sin<T>(Vector512<T> x) => typeof(T) == typeof(double)
        ? Vector512.Sin(x.AsDouble()).As<double, T>()
        : Vector512.Sin(x.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Cos<T>(Vector512<T> x) => typeof(T) == typeof(double)
        ? Vector512.Cos(x.AsDouble()).As<double, T>()
        : Vector512.Cos(x.AsSingle()).As<float, T>();

    internal static Vector512<T> Sinh<T>(Vector512<T> x)
        where T : IFloatingPointIeee754<T>
    {
        TensorPrimitives.Sinh(Elements(ref x), Elements(ref x));
        return x;
    }

    internal static Vector512<T> Cosh<T>(Vector512<T> x)
        where T : IFloatingPointIeee754<T>
    {
        TensorPrimitives.Cosh(Elements(ref x), Elements(ref x));
        return x;
    }

    internal static Vector512<T> SinPi<T>(Vector512<T> x)
        where T : IFloatingPointIeee754<T>
    {
        TensorPrimitives.SinPi(Elements(ref x), Elements(ref x));
        return x;
    }

    internal static Vector512<T> CosPi<T>(Vector512<T> x)
        where T : IFloatingPointIeee754<T>
    {
        TensorPrimitives.CosPi(Elements(ref x), Elements(ref x));
        return x;
    }

    internal static Vector512<T> Pow<T>(Vector512<T> x, Vector512<T> p)
        where T : IFloatingPointIeee754<T>
    {
        TensorPrimitives.Pow(Elements(ref x), Elements(ref p), Elements(ref x));
        return x;
    }

    /// <summary>Scales by a power of two, which as a factor might overflow where the product does not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Scale<T>(Vector512<T> x, int n)
        where T : IFloatingPointIeee754<T>
    {
        TensorPrimitives.ScaleB(Elements(ref x), n, Elements(ref x));
        return x;
    }

    private static Span<T> Elements<T>(ref Vector512<T> values)
        => MemoryMarshal.CreateSpan(ref Unsafe.As<Vector512<T>, T>(ref values), Vector512<T>.Count);
}
