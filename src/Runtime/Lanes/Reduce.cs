using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Backprop;

/// <summary>Sums and maxima over a span. Singles are summed in double precision, so a sum of squares neither overflows nor loses small terms.</summary>
/// <remarks>The order of summation is that of 512-bit lanes on every machine, so a sum has the same bits with and without vector hardware.</remarks>
internal static class Reduce
{
    internal static double SumOfSquares<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> => Dot(values, values);

    internal static double Norm<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> => Math.Sqrt(SumOfSquares(values));

    internal static double Dot<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
        where T : unmanaged, IFloatingPointIeee754<T> => typeof(T) == typeof(float)
            ? DotSingles(MemoryMarshal.Cast<T, float>(left), MemoryMarshal.Cast<T, float>(right))
            : DotDoubles(MemoryMarshal.Cast<T, double>(left), MemoryMarshal.Cast<T, double>(right));

    internal static double SumOfMagnitudes<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double sum = 0;
        foreach (T value in values) sum += double.CreateTruncating(T.Abs(value));
        return sum;
    }

    internal static double LargestMagnitude<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T largest = T.Zero;
        foreach (T value in values) largest = T.Max(largest, T.Abs(value));
        return double.CreateTruncating(largest);
    }

    internal static double Sum<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double sum = 0;
        foreach (T value in values) sum += double.CreateTruncating(value);
        return sum;
    }

    /// <summary>Whether no element is infinite or NaN.</summary>
    internal static bool AllFinite<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0;
        if (Vector256.IsHardwareAccelerated && Vector512<T>.IsSupported)
        {
            // x − x is zero for finite x and NaN otherwise, and NaN survives the sum.
            Vector512<T> sum = Vector512<T>.Zero;
            ref T first = ref MemoryMarshal.GetReference(values);
            for (; i <= values.Length - Vector512<T>.Count; i += Vector512<T>.Count)
            {
                Vector512<T> value = Vector512.LoadUnsafe(ref first, (nuint)i);
                sum += value - value;
            }
            if (!Vector512.EqualsAll(sum, Vector512<T>.Zero)) return false;
        }
        for (; i < values.Length; i++)
            if (!T.IsFinite(values[i])) return false;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double DotDoubles(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        Vector512<double> s0 = default, s1 = default;
        int i = 0;
        for (; i <= left.Length - 16; i += 16)
        {
            s0 += Vector512.Create(left[i..]) * Vector512.Create(right[i..]);
            s1 += Vector512.Create(left[(i + 8)..]) * Vector512.Create(right[(i + 8)..]);
        }
        double sum = Vector512.Sum(s0 + s1);
        for (; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double DotSingles(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        Vector512<double> s0 = default, s1 = default;
        int i = 0;
        for (; i <= left.Length - 16; i += 16)
        {
            var (a0, a1) = Vector512.Widen(Vector512.Create(left[i..]));
            var (b0, b1) = Vector512.Widen(Vector512.Create(right[i..]));
            s0 += a0 * b0;
            s1 += a1 * b1;
        }
        double sum = Vector512.Sum(s0 + s1);
        for (; i < left.Length; i++) sum += (double)left[i] * right[i];
        return sum;
    }
}
