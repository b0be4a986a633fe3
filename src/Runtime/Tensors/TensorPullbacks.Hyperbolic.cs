using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using static Backprop.Tensors.Spans;
using static Backprop.Tensors.Vectors;

namespace Backprop.Tensors;

/// <content>Hyperbolic functions of one span.</content>
public static partial class TensorPullbacks
{
    /// <summary><c>dx += d·cosh x</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Sinh))]
    public static void Sinh<T>(ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(SinhRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct SinhRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d * Vectors.Cosh(x);
    }

    /// <summary><c>dx += d·sinh x</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Cosh))]
    public static void Cosh<T>(ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(CoshRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct CoshRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d * Vectors.Sinh(x);
    }

    /// <summary><c>dx += d·(1 − y²)</c>: 0 where y has rounded to ±1.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Tanh))]
    public static void Tanh<T>([Unread] ReadOnlySpan<T> x, Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(TanhRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct TanhRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d * (Vector512<T>.One - y * y);
    }

    /// <summary><c>dx += d / √(1 + x²)</c>, without overflow.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Asinh))]
    public static void Asinh<T>(ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(AsinhRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct AsinhRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d / Vectors.Hypot(x, Vector512<T>.One);
    }

    /// <summary><c>dx += d / (√(x − 1)·√(x + 1))</c>: +∞ at 1.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Acosh))]
    public static void Acosh<T>(ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(AcoshRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct AcoshRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d / (Vector512.Sqrt(x - Vector512<T>.One) * Vector512.Sqrt(x + Vector512<T>.One));
    }

    /// <summary><c>dx += d / (1 − x²)</c>: +∞ at −1 and 1.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Atanh))]
    public static void Atanh<T>(ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(AtanhRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct AtanhRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d / ((Vector512<T>.One - x) * (Vector512<T>.One + x));
    }
}
