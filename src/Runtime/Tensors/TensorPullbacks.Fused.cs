using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using static Backprop.Tensors.Spans;
using static Backprop.Tensors.Vectors;

namespace Backprop.Tensors;

/// <content>Functions of three operands.</content>
public static partial class TensorPullbacks
{
    /// <summary><c>dx += d·y</c>, <c>dy += d·x</c>, <c>dAddend += d</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MultiplyAdd))]
    public static void MultiplyAdd<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> y, [Unread] ReadOnlySpan<T> addend, [Unread] Span<T> destination,
        Span<T> dx, Span<T> dy, Span<T> dAddend, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Ternary(
            x.Length, default(MultiplyAddRule<T>), Read(x, x.Length), Read(y, x.Length), Read(addend, x.Length),
            AddTo(dx, x.Length), AddTo(dy, x.Length), AddTo(dAddend, x.Length), Take(dDestination, Left<T>(destination, x.Length)));

    /// <summary><c>dx += d·y</c>, <c>dy += d·x</c>, <c>dAddend += d</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MultiplyAdd))]
    public static void MultiplyAdd<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> y, [Unread] T addend, [Unread] Span<T> destination,
        Span<T> dx, Span<T> dy, ref T dAddend, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Ternary(
            x.Length, default(MultiplyAddRule<T>), Read(x, x.Length), Read(y, x.Length), Read(addend),
            AddTo(dx, x.Length), AddTo(dy, x.Length), AddTo(ref dAddend), Take(dDestination, Left<T>(destination, x.Length)));

    /// <summary><c>dx += d·y</c>, <c>dy += d·x</c>, <c>dAddend += d</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MultiplyAdd))]
    public static void MultiplyAdd<T>(
        ReadOnlySpan<T> x, T y, [Unread] ReadOnlySpan<T> addend, [Unread] Span<T> destination,
        Span<T> dx, ref T dy, Span<T> dAddend, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Ternary(
            x.Length, default(MultiplyAddRule<T>), Read(x, x.Length), Read(y), Read(addend, x.Length),
            AddTo(dx, x.Length), AddTo(ref dy), AddTo(dAddend, x.Length), Take(dDestination, Left<T>(destination, x.Length)));

    private readonly struct MultiplyAddRule<T> : ITernaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public (Vector512<T> A, Vector512<T> B, Vector512<T> C) Pull(Vector512<T> a, Vector512<T> b, Vector512<T> c, Vector512<T> d) => (d * b, d * a, d);
    }

    /// <summary><c>dx += d·y</c>, <c>dy += d·x</c>, <c>dAddend += d</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.FusedMultiplyAdd))]
    public static void FusedMultiplyAdd<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> y, [Unread] ReadOnlySpan<T> addend, [Unread] Span<T> destination,
        Span<T> dx, Span<T> dy, Span<T> dAddend, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Ternary(
            x.Length, default(MultiplyAddRule<T>), Read(x, x.Length), Read(y, x.Length), Read(addend, x.Length),
            AddTo(dx, x.Length), AddTo(dy, x.Length), AddTo(dAddend, x.Length), Take(dDestination, Left<T>(destination, x.Length)));

    /// <summary><c>dx += d·y</c>, <c>dy += d·x</c>, <c>dAddend += d</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.FusedMultiplyAdd))]
    public static void FusedMultiplyAdd<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> y, [Unread] T addend, [Unread] Span<T> destination,
        Span<T> dx, Span<T> dy, ref T dAddend, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Ternary(
            x.Length, default(MultiplyAddRule<T>), Read(x, x.Length), Read(y, x.Length), Read(addend),
            AddTo(dx, x.Length), AddTo(dy, x.Length), AddTo(ref dAddend), Take(dDestination, Left<T>(destination, x.Length)));

    /// <summary><c>dx += d·y</c>, <c>dy += d·x</c>, <c>dAddend += d</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.FusedMultiplyAdd))]
    public static void FusedMultiplyAdd<T>(
        ReadOnlySpan<T> x, T y, [Unread] ReadOnlySpan<T> addend, [Unread] Span<T> destination,
        Span<T> dx, ref T dy, Span<T> dAddend, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Ternary(
            x.Length, default(MultiplyAddRule<T>), Read(x, x.Length), Read(y), Read(addend, x.Length),
            AddTo(dx, x.Length), AddTo(ref dy), AddTo(dAddend, x.Length), Take(dDestination, Left<T>(destination, x.Length)));

    /// <summary><c>dx += d·y</c>, <c>dy += d·x</c>, <c>dAddend += d</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MultiplyAddEstimate))]
    public static void MultiplyAddEstimate<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> y, [Unread] ReadOnlySpan<T> addend, [Unread] Span<T> destination,
        Span<T> dx, Span<T> dy, Span<T> dAddend, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Ternary(
            x.Length, default(MultiplyAddRule<T>), Read(x, x.Length), Read(y, x.Length), Read(addend, x.Length),
            AddTo(dx, x.Length), AddTo(dy, x.Length), AddTo(dAddend, x.Length), Take(dDestination, Left<T>(destination, x.Length)));

    /// <summary><c>dx += d·y</c>, <c>dy += d·x</c>, <c>dAddend += d</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MultiplyAddEstimate))]
    public static void MultiplyAddEstimate<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> y, [Unread] T addend, [Unread] Span<T> destination,
        Span<T> dx, Span<T> dy, ref T dAddend, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Ternary(
            x.Length, default(MultiplyAddRule<T>), Read(x, x.Length), Read(y, x.Length), Read(addend),
            AddTo(dx, x.Length), AddTo(dy, x.Length), AddTo(ref dAddend), Take(dDestination, Left<T>(destination, x.Length)));

    /// <summary><c>dx += d·y</c>, <c>dy += d·x</c>, <c>dAddend += d</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.MultiplyAddEstimate))]
    public static void MultiplyAddEstimate<T>(
        ReadOnlySpan<T> x, T y, [Unread] ReadOnlySpan<T> addend, [Unread] Span<T> destination,
        Span<T> dx, ref T dy, Span<T> dAddend, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Ternary(
            x.Length, default(MultiplyAddRule<T>), Read(x, x.Length), Read(y), Read(addend, x.Length),
            AddTo(dx, x.Length), AddTo(ref dy), AddTo(dAddend, x.Length), Take(dDestination, Left<T>(destination, x.Length)));
}
