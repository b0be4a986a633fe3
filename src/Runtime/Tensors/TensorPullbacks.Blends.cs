using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using static Backprop.Tensors.Spans;
using static Backprop.Tensors.Vectors;

namespace Backprop.Tensors;

/// <content>A product of a sum, and a linear blend.</content>
public static partial class TensorPullbacks
{
    /// <summary><c>dx += d·m</c>, <c>dy += d·m</c>, <c>dMultiplier += d·(x + y)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.AddMultiply))]
    public static void AddMultiply<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> multiplier, [Unread] Span<T> destination,
        Span<T> dx, Span<T> dy, Span<T> dMultiplier, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Ternary(
            x.Length, default(AddMultiplyRule<T>), Read(x, x.Length), Read(y, x.Length), Read(multiplier, x.Length),
            AddTo(dx, x.Length), AddTo(dy, x.Length), AddTo(dMultiplier, x.Length), Take(dDestination, Left<T>(destination, x.Length)));

    /// <summary><c>dx += d·m</c>, <c>dy += d·m</c>, <c>dMultiplier += d·(x + y)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.AddMultiply))]
    public static void AddMultiply<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> y, T multiplier, [Unread] Span<T> destination,
        Span<T> dx, Span<T> dy, ref T dMultiplier, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Ternary(
            x.Length, default(AddMultiplyRule<T>), Read(x, x.Length), Read(y, x.Length), Read(multiplier),
            AddTo(dx, x.Length), AddTo(dy, x.Length), AddTo(ref dMultiplier), Take(dDestination, Left<T>(destination, x.Length)));

    /// <summary><c>dx += d·m</c>, <c>dy += d·m</c>, <c>dMultiplier += d·(x + y)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.AddMultiply))]
    public static void AddMultiply<T>(
        ReadOnlySpan<T> x, T y, ReadOnlySpan<T> multiplier, [Unread] Span<T> destination,
        Span<T> dx, ref T dy, Span<T> dMultiplier, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Ternary(
            x.Length, default(AddMultiplyRule<T>), Read(x, x.Length), Read(y), Read(multiplier, x.Length),
            AddTo(dx, x.Length), AddTo(ref dy), AddTo(dMultiplier, x.Length), Take(dDestination, Left<T>(destination, x.Length)));

    private readonly struct AddMultiplyRule<T> : ITernaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public (Vector512<T> A, Vector512<T> B, Vector512<T> C) Pull(Vector512<T> a, Vector512<T> b, Vector512<T> c, Vector512<T> d) => (d * c, d * c, d * (a + b));
    }

    /// <summary><c>dx += d·(1 − t)</c>, <c>dy += d·t</c>, <c>dAmount += d·(y − x)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Lerp))]
    public static void Lerp<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> amount, [Unread] Span<T> destination,
        Span<T> dx, Span<T> dy, Span<T> dAmount, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Ternary(
            x.Length, default(LerpRule<T>), Read(x, x.Length), Read(y, x.Length), Read(amount, x.Length),
            AddTo(dx, x.Length), AddTo(dy, x.Length), AddTo(dAmount, x.Length), Take(dDestination, Left<T>(destination, x.Length)));

    /// <summary><c>dx += d·(1 − t)</c>, <c>dy += d·t</c>, <c>dAmount += d·(y − x)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Lerp))]
    public static void Lerp<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> y, T amount, [Unread] Span<T> destination,
        Span<T> dx, Span<T> dy, ref T dAmount, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Ternary(
            x.Length, default(LerpRule<T>), Read(x, x.Length), Read(y, x.Length), Read(amount),
            AddTo(dx, x.Length), AddTo(dy, x.Length), AddTo(ref dAmount), Take(dDestination, Left<T>(destination, x.Length)));

    /// <summary><c>dx += d·(1 − t)</c>, <c>dy += d·t</c>, <c>dAmount += d·(y − x)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Lerp))]
    public static void Lerp<T>(
        ReadOnlySpan<T> x, T y, ReadOnlySpan<T> amount, [Unread] Span<T> destination,
        Span<T> dx, ref T dy, Span<T> dAmount, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Ternary(
            x.Length, default(LerpRule<T>), Read(x, x.Length), Read(y), Read(amount, x.Length),
            AddTo(dx, x.Length), AddTo(ref dy), AddTo(dAmount, x.Length), Take(dDestination, Left<T>(destination, x.Length)));

    private readonly struct LerpRule<T> : ITernaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public (Vector512<T> A, Vector512<T> B, Vector512<T> C) Pull(Vector512<T> a, Vector512<T> b, Vector512<T> c, Vector512<T> d) => (d * (Vector512<T>.One - c), d * c, d * (b - a));
    }
}
