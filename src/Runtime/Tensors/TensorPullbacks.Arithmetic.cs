using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using static Backprop.Tensors.Spans;
using static Backprop.Tensors.Vectors;

namespace Backprop.Tensors;

/// <content>Sums, differences, products, quotients and remainders of two operands.</content>
public static partial class TensorPullbacks
{
    /// <summary><c>dx += d</c>, <c>dy += d</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Add))]
    public static void Add<T>([Unread] ReadOnlySpan<T> x, [Unread] ReadOnlySpan<T> y, [Unread] Span<T> destination, Span<T> dx, Span<T> dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(AddRule<T>), Read(x, x.Length), Read(y, x.Length), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(dy, x.Length), Take(dDestination, destination));

    /// <summary><c>dx += d</c>, <c>dy += d</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Add))]
    public static void Add<T>([Unread] ReadOnlySpan<T> x, [Unread] T y, [Unread] Span<T> destination, Span<T> dx, ref T dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(AddRule<T>), Read(x, x.Length), Read(y), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(ref dy), Take(dDestination, destination));

    private readonly struct AddRule<T> : IBinaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public (Vector512<T> A, Vector512<T> B) Pull(Vector512<T> a, Vector512<T> b, Vector512<T> y, Vector512<T> d) => (d, d);
    }

    /// <summary><c>dx += d</c>, <c>dy −= d</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Subtract))]
    public static void Subtract<T>([Unread] ReadOnlySpan<T> x, [Unread] ReadOnlySpan<T> y, [Unread] Span<T> destination, Span<T> dx, Span<T> dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(SubtractRule<T>), Read(x, x.Length), Read(y, x.Length), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(dy, x.Length), Take(dDestination, destination));

    /// <summary><c>dx += d</c>, <c>dy −= d</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Subtract))]
    public static void Subtract<T>([Unread] ReadOnlySpan<T> x, [Unread] T y, [Unread] Span<T> destination, Span<T> dx, ref T dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(SubtractRule<T>), Read(x, x.Length), Read(y), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(ref dy), Take(dDestination, destination));

    /// <summary><c>dx += d</c>, <c>dy −= d</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Subtract))]
    public static void Subtract<T>([Unread] T x, [Unread] ReadOnlySpan<T> y, [Unread] Span<T> destination, ref T dx, Span<T> dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            y.Length, default(SubtractRule<T>), Read(x), Read(y, y.Length), Result<T>(destination, y.Length),
            AddTo(ref dx), AddTo(dy, y.Length), Take(dDestination, destination));

    private readonly struct SubtractRule<T> : IBinaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public (Vector512<T> A, Vector512<T> B) Pull(Vector512<T> a, Vector512<T> b, Vector512<T> y, Vector512<T> d) => (d, -d);
    }

    /// <summary><c>dx += d·y</c>, <c>dy += d·x</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Multiply))]
    public static void Multiply<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, [Unread] Span<T> destination, Span<T> dx, Span<T> dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(MultiplyRule<T>), Read(x, x.Length), Read(y, x.Length), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(dy, x.Length), Take(dDestination, destination));

    /// <summary><c>dx += d·y</c>, <c>dy += d·x</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Multiply))]
    public static void Multiply<T>(ReadOnlySpan<T> x, T y, [Unread] Span<T> destination, Span<T> dx, ref T dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(MultiplyRule<T>), Read(x, x.Length), Read(y), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(ref dy), Take(dDestination, destination));

    private readonly struct MultiplyRule<T> : IBinaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public (Vector512<T> A, Vector512<T> B) Pull(Vector512<T> a, Vector512<T> b, Vector512<T> y, Vector512<T> d) => (d * b, d * a);
    }

    /// <summary><c>dx += d / y</c>, <c>dy −= (d / y)·(x / y)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Divide))]
    public static void Divide<T>([Unread] ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination, Span<T> dx, Span<T> dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(DivideRule<T>), Read(x, x.Length), Read(y, x.Length), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(dy, x.Length), Take(dDestination, destination));

    /// <summary><c>dx += d / y</c>, <c>dy −= (d / y)·(x / y)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Divide))]
    public static void Divide<T>([Unread] ReadOnlySpan<T> x, T y, Span<T> destination, Span<T> dx, ref T dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(DivideRule<T>), Read(x, x.Length), Read(y), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(ref dy), Take(dDestination, destination));

    /// <summary><c>dx += d / y</c>, <c>dy −= (d / y)·(x / y)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Divide))]
    public static void Divide<T>([Unread] T x, ReadOnlySpan<T> y, Span<T> destination, ref T dx, Span<T> dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            y.Length, default(DivideRule<T>), Read(x), Read(y, y.Length), Result<T>(destination, y.Length),
            AddTo(ref dx), AddTo(dy, y.Length), Take(dDestination, destination));

    private readonly struct DivideRule<T> : IBinaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public (Vector512<T> A, Vector512<T> B) Pull(Vector512<T> a, Vector512<T> b, Vector512<T> y, Vector512<T> d)
        {
            Vector512<T> slope = d / b;
            return (slope, -slope * y);
        }
    }

    /// <summary><c>dx += d</c>, <c>dy −= d·n</c> where n is how many times y was taken away; at a jump, the slope of the side that was returned.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Remainder))]
    public static void Remainder<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination, Span<T> dx, Span<T> dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(RemainderRule<T>), Read(x, x.Length), Read(y, x.Length), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(dy, x.Length), Take(dDestination, destination));

    /// <summary><c>dx += d</c>, <c>dy −= d·n</c> where n is how many times y was taken away; at a jump, the slope of the side that was returned.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Remainder))]
    public static void Remainder<T>(ReadOnlySpan<T> x, T y, Span<T> destination, Span<T> dx, ref T dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(RemainderRule<T>), Read(x, x.Length), Read(y), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(ref dy), Take(dDestination, destination));

    /// <summary><c>dx += d</c>, <c>dy −= d·n</c> where n is how many times y was taken away; at a jump, the slope of the side that was returned.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Remainder))]
    public static void Remainder<T>(T x, ReadOnlySpan<T> y, Span<T> destination, ref T dx, Span<T> dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            y.Length, default(RemainderRule<T>), Read(x), Read(y, y.Length), Result<T>(destination, y.Length),
            AddTo(ref dx), AddTo(dy, y.Length), Take(dDestination, destination));

    private readonly struct RemainderRule<T> : IBinaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public (Vector512<T> A, Vector512<T> B) Pull(Vector512<T> a, Vector512<T> b, Vector512<T> y, Vector512<T> d) => (d, -d * Times(a, b, y));
    }

    /// <summary>As <see cref="Remainder{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T}, Span{T}, Span{T}, Span{T})"/>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Ieee754Remainder))]
    public static void Ieee754Remainder<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination, Span<T> dx, Span<T> dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(RemainderRule<T>), Read(x, x.Length), Read(y, x.Length), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(dy, x.Length), Take(dDestination, destination));

    /// <summary>As <see cref="Remainder{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T}, Span{T}, Span{T}, Span{T})"/>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Ieee754Remainder))]
    public static void Ieee754Remainder<T>(ReadOnlySpan<T> x, T y, Span<T> destination, Span<T> dx, ref T dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(RemainderRule<T>), Read(x, x.Length), Read(y), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(ref dy), Take(dDestination, destination));

    /// <summary>As <see cref="Remainder{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T}, Span{T}, Span{T}, Span{T})"/>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Ieee754Remainder))]
    public static void Ieee754Remainder<T>(T x, ReadOnlySpan<T> y, Span<T> destination, ref T dx, Span<T> dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            y.Length, default(RemainderRule<T>), Read(x), Read(y, y.Length), Result<T>(destination, y.Length),
            AddTo(ref dx), AddTo(dy, y.Length), Take(dDestination, destination));
}
