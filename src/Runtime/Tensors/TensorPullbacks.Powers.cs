using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using static Backprop.Tensors.Spans;
using static Backprop.Tensors.Vectors;

namespace Backprop.Tensors;

/// <content>Powers, logarithms to a base, and functions of the plane.</content>
public static partial class TensorPullbacks
{
    /// <summary><c>dx += d·y·xʸ⁻¹</c>, <c>dy += d·xʸ·ln x</c>, the latter 0 where the power of an x that is not negative is 0.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Pow))]
    public static void Pow<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination, Span<T> dx, Span<T> dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(PowRule<T>), Read(x, x.Length), Read(y, x.Length), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(dy, x.Length), Take(dDestination, destination));

    /// <summary><c>dx += d·y·xʸ⁻¹</c>, <c>dy += d·xʸ·ln x</c>, the latter 0 where the power of an x that is not negative is 0.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Pow))]
    public static void Pow<T>(ReadOnlySpan<T> x, T y, Span<T> destination, Span<T> dx, ref T dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(PowRule<T>), Read(x, x.Length), Read(y), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(ref dy), Take(dDestination, destination));

    /// <summary><c>dx += d·y·xʸ⁻¹</c>, <c>dy += d·xʸ·ln x</c>, the latter 0 where the power of an x that is not negative is 0.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Pow))]
    public static void Pow<T>(T x, ReadOnlySpan<T> y, Span<T> destination, ref T dx, Span<T> dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            y.Length, default(PowRule<T>), Read(x), Read(y, y.Length), Result<T>(destination, y.Length),
            AddTo(ref dx), AddTo(dy, y.Length), Take(dDestination, destination));

    private readonly struct PowRule<T> : IBinaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public (Vector512<T> A, Vector512<T> B) Pull(Vector512<T> a, Vector512<T> b, Vector512<T> y, Vector512<T> d)
        {
            Vector512<T> isBottom = IsZero(y) & Vector512.GreaterThanOrEqual(a, Vector512<T>.Zero);
            return (d * Unless(IsZero(b), b * Vectors.Pow(a, b - Vector512<T>.One)), d * Unless(isBottom, y * Vectors.Log(a)));
        }
    }

    /// <summary><c>dx += d / (x·ln y)</c>, <c>dy −= d·log / (y·ln y)</c>; base 1 gives NaN.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Log))]
    public static void Log<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination, Span<T> dx, Span<T> dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(LogBaseRule<T>), Read(x, x.Length), Read(y, x.Length), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(dy, x.Length), Take(dDestination, destination));

    /// <summary><c>dx += d / (x·ln y)</c>, <c>dy −= d·log / (y·ln y)</c>; base 1 gives NaN.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Log))]
    public static void Log<T>(ReadOnlySpan<T> x, T y, Span<T> destination, Span<T> dx, ref T dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(LogBaseRule<T>), Read(x, x.Length), Read(y), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(ref dy), Take(dDestination, destination));

    private readonly struct LogBaseRule<T> : IBinaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public (Vector512<T> A, Vector512<T> B) Pull(Vector512<T> a, Vector512<T> b, Vector512<T> y, Vector512<T> d)
        {
            Vector512<T> log = Vectors.Log(b);
            return (d / (a * log), -d * y / (b * log));
        }
    }

    /// <summary><c>dx += d·x / h</c>, <c>dy += d·y / h</c>; 0 at (0, 0).</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Hypot))]
    public static void Hypot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination, Span<T> dx, Span<T> dy, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(HypotRule<T>), Read(x, x.Length), Read(y, x.Length), Result<T>(destination, x.Length),
            AddTo(dx, x.Length), AddTo(dy, x.Length), Take(dDestination, destination));

    private readonly struct HypotRule<T> : IBinaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public (Vector512<T> A, Vector512<T> B) Pull(Vector512<T> a, Vector512<T> b, Vector512<T> y, Vector512<T> d) => (d * Unless(IsZero(y), a / y), d * Unless(IsZero(y), b / y));
    }

    /// <summary><c>dy += d·x / h²</c>, <c>dx −= d·y / h²</c> with h = Vectors.Hypot(x, y); NaN at (0, 0).</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Atan2))]
    public static void Atan2<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dy, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            y.Length, default(Atan2Rule<T>), Read(y, y.Length), Read(x, y.Length), Result<T>(destination, y.Length),
            AddTo(dy, y.Length), AddTo(dx, y.Length), Take(dDestination, destination));

    /// <summary><c>dy += d·x / h²</c>, <c>dx −= d·y / h²</c> with h = Vectors.Hypot(x, y); NaN at (0, 0).</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Atan2))]
    public static void Atan2<T>(ReadOnlySpan<T> y, T x, [Unread] Span<T> destination, Span<T> dy, ref T dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            y.Length, default(Atan2Rule<T>), Read(y, y.Length), Read(x), Result<T>(destination, y.Length),
            AddTo(dy, y.Length), AddTo(ref dx), Take(dDestination, destination));

    /// <summary><c>dy += d·x / h²</c>, <c>dx −= d·y / h²</c> with h = Vectors.Hypot(x, y); NaN at (0, 0).</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Atan2))]
    public static void Atan2<T>(T y, ReadOnlySpan<T> x, [Unread] Span<T> destination, ref T dy, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(Atan2Rule<T>), Read(y), Read(x, x.Length), Result<T>(destination, x.Length),
            AddTo(ref dy), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct Atan2Rule<T> : IBinaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public (Vector512<T> A, Vector512<T> B) Pull(Vector512<T> a, Vector512<T> b, Vector512<T> y, Vector512<T> d)
        {
            Vector512<T> h = Vectors.Hypot(a, b);
            return (d * (b / h) / h, -d * (a / h) / h);
        }
    }

    /// <summary>Those of <c>Atan2</c> over π.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Atan2Pi))]
    public static void Atan2Pi<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dy, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            y.Length, default(Atan2PiRule<T>), Read(y, y.Length), Read(x, y.Length), Result<T>(destination, y.Length),
            AddTo(dy, y.Length), AddTo(dx, y.Length), Take(dDestination, destination));

    /// <summary>Those of <c>Atan2</c> over π.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Atan2Pi))]
    public static void Atan2Pi<T>(ReadOnlySpan<T> y, T x, [Unread] Span<T> destination, Span<T> dy, ref T dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            y.Length, default(Atan2PiRule<T>), Read(y, y.Length), Read(x), Result<T>(destination, y.Length),
            AddTo(dy, y.Length), AddTo(ref dx), Take(dDestination, destination));

    /// <summary>Those of <c>Atan2</c> over π.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Atan2Pi))]
    public static void Atan2Pi<T>(T y, ReadOnlySpan<T> x, [Unread] Span<T> destination, ref T dy, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(Atan2PiRule<T>), Read(y), Read(x, x.Length), Result<T>(destination, x.Length),
            AddTo(ref dy), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct Atan2PiRule<T> : IBinaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public (Vector512<T> A, Vector512<T> B) Pull(Vector512<T> a, Vector512<T> b, Vector512<T> y, Vector512<T> d)
        {
            Vector512<T> h = Vectors.Hypot(a, b), hPi = h * Number<T>(Math.PI);
            return (d * (b / h) / hPi, -d * (a / h) / hPi);
        }
    }
}
