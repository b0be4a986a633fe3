using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using static Backprop.Tensors.Spans;
using static Backprop.Tensors.Vectors;

namespace Backprop.Tensors;

/// <content>Clamp: the least of max and the greatest of min and x.</content>
public static partial class TensorPullbacks
{
    /// <summary>The cotangent goes to x inside and at the edges, to min below, to max above (and where min is above max).</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Clamp))]
    public static void Clamp<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> min, ReadOnlySpan<T> max, [Unread] Span<T> destination,
        Span<T> dx, Span<T> dMin, Span<T> dMax, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Ternary(
            x.Length, default(ClampRule<T>), Read(x, x.Length), Read(min, x.Length), Read(max, x.Length),
            AddTo(dx, x.Length), AddTo(dMin, x.Length), AddTo(dMax, x.Length), Take(dDestination, Left<T>(destination, x.Length)));

    /// <summary>The cotangent goes to x inside and at the edges, to min below, to max above (and where min is above max).</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Clamp))]
    public static void Clamp<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> min, T max, [Unread] Span<T> destination,
        Span<T> dx, Span<T> dMin, ref T dMax, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Ternary(
            x.Length, default(ClampRule<T>), Read(x, x.Length), Read(min, x.Length), Read(max),
            AddTo(dx, x.Length), AddTo(dMin, x.Length), AddTo(ref dMax), Take(dDestination, Left<T>(destination, x.Length)));

    /// <summary>The cotangent goes to x inside and at the edges, to min below, to max above (and where min is above max).</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Clamp))]
    public static void Clamp<T>(
        ReadOnlySpan<T> x, T min, ReadOnlySpan<T> max, [Unread] Span<T> destination,
        Span<T> dx, ref T dMin, Span<T> dMax, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Ternary(
            x.Length, default(ClampRule<T>), Read(x, x.Length), Read(min), Read(max, x.Length),
            AddTo(dx, x.Length), AddTo(ref dMin), AddTo(dMax, x.Length), Take(dDestination, Left<T>(destination, x.Length)));

    /// <summary>The cotangent goes to x inside and at the edges, to min below, to max above (and where min is above max).</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Clamp))]
    public static void Clamp<T>(
        T x, ReadOnlySpan<T> min, ReadOnlySpan<T> max, [Unread] Span<T> destination,
        ref T dx, Span<T> dMin, Span<T> dMax, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Ternary(
            min.Length, default(ClampRule<T>), Read(x), Read(min, min.Length), Read(max, min.Length),
            AddTo(ref dx), AddTo(dMin, min.Length), AddTo(dMax, min.Length), Take(dDestination, Left<T>(destination, min.Length)));

    /// <summary>The cotangent goes to x inside and at the edges, to min below, to max above (and where min is above max).</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Clamp))]
    public static void Clamp<T>(ReadOnlySpan<T> x, T min, T max, [Unread] Span<T> destination, Span<T> dx, ref T dMin, ref T dMax, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Ternary(
            x.Length, default(ClampRule<T>), Read(x, x.Length), Read(min), Read(max),
            AddTo(dx, x.Length), AddTo(ref dMin), AddTo(ref dMax), Take(dDestination, Left<T>(destination, x.Length)));

    /// <summary>The cotangent goes to x inside and at the edges, to min below, to max above (and where min is above max).</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Clamp))]
    public static void Clamp<T>(T x, ReadOnlySpan<T> min, T max, [Unread] Span<T> destination, ref T dx, Span<T> dMin, ref T dMax, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Ternary(
            min.Length, default(ClampRule<T>), Read(x), Read(min, min.Length), Read(max),
            AddTo(ref dx), AddTo(dMin, min.Length), AddTo(ref dMax), Take(dDestination, Left<T>(destination, min.Length)));

    /// <summary>The cotangent goes to x inside and at the edges, to min below, to max above (and where min is above max).</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Clamp))]
    public static void Clamp<T>(T x, T min, ReadOnlySpan<T> max, [Unread] Span<T> destination, ref T dx, ref T dMin, Span<T> dMax, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Ternary(
            max.Length, default(ClampRule<T>), Read(x), Read(min), Read(max, max.Length),
            AddTo(ref dx), AddTo(ref dMin), AddTo(dMax, max.Length), Take(dDestination, Left<T>(destination, max.Length)));

    private readonly struct ClampRule<T> : ITernaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public (Vector512<T> A, Vector512<T> B, Vector512<T> C) Pull(Vector512<T> a, Vector512<T> b, Vector512<T> c, Vector512<T> d)
        {
            Vector512<T> isX = FirstIsMax(a, b), raised = Vector512.ConditionalSelect(isX, a, b), isRaised = FirstIsMin(raised, c);
            Vector512<T> below = If(isRaised, d);
            return (If(isX, below), Unless(isX, below), Unless(isRaised, d));
        }
    }
}
