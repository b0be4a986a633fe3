using System.Numerics;
using System.Numerics.Tensors;
using static Backprop.Tensors.Spans;

namespace Backprop.Tensors;

/// <content>The greatest and least element: it gets the whole cotangent, the first of equals.</content>
public static partial class TensorPullbacks
{
    /// <summary>The cotangent goes to the first element equal to the value returned, a NaN if that was one.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Max))]
    public static void Max<T>(ReadOnlySpan<T> x, T value, Span<T> dx, T seed)
        where T : IFloatingPointIeee754<T>
        => AddToFirst(x, value, dx, seed);

    /// <summary>The cotangent goes to the first element equal to the value returned, a NaN if that was one.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Min))]
    public static void Min<T>(ReadOnlySpan<T> x, T value, Span<T> dx, T seed)
        where T : IFloatingPointIeee754<T>
        => AddToFirst(x, value, dx, seed);

    /// <summary>The cotangent goes to the first element equal to the value returned, a NaN if that was one.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MaxMagnitude))]
    public static void MaxMagnitude<T>(ReadOnlySpan<T> x, T value, Span<T> dx, T seed)
        where T : IFloatingPointIeee754<T>
        => AddToFirst(x, value, dx, seed);

    /// <summary>The cotangent goes to the first element equal to the value returned, a NaN if that was one.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MinMagnitude))]
    public static void MinMagnitude<T>(ReadOnlySpan<T> x, T value, Span<T> dx, T seed)
        where T : IFloatingPointIeee754<T>
        => AddToFirst(x, value, dx, seed);

    /// <summary>The cotangent goes to the first element equal to the value returned, a NaN if that was one.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MaxNumber))]
    public static void MaxNumber<T>(ReadOnlySpan<T> x, T value, Span<T> dx, T seed)
        where T : IFloatingPointIeee754<T>
        => AddToFirst(x, value, dx, seed);

    /// <summary>The cotangent goes to the first element equal to the value returned, a NaN if that was one.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MinNumber))]
    public static void MinNumber<T>(ReadOnlySpan<T> x, T value, Span<T> dx, T seed)
        where T : IFloatingPointIeee754<T>
        => AddToFirst(x, value, dx, seed);

    /// <summary>The cotangent goes to the first element equal to the value returned, a NaN if that was one.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MaxMagnitudeNumber))]
    public static void MaxMagnitudeNumber<T>(ReadOnlySpan<T> x, T value, Span<T> dx, T seed)
        where T : IFloatingPointIeee754<T>
        => AddToFirst(x, value, dx, seed);

    /// <summary>The cotangent goes to the first element equal to the value returned, a NaN if that was one.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MinMagnitudeNumber))]
    public static void MinMagnitudeNumber<T>(ReadOnlySpan<T> x, T value, Span<T> dx, T seed)
        where T : IFloatingPointIeee754<T>
        => AddToFirst(x, value, dx, seed);

    /// <summary>Zeros of either sign are equal here, and so are NaNs.</summary>
    private static void AddToFirst<T>(ReadOnlySpan<T> x, T value, Span<T> dx, T seed)
        where T : IFloatingPointIeee754<T>
    {
        if (!IsWanted(dx, x.Length))
        {
            return;
        }

        int index = x.IndexOf(value);
        if (index < 0)
        {
            throw new ArgumentException("The value is not one of the elements.", nameof(value));
        }

        dx[index] += seed;
    }
}
