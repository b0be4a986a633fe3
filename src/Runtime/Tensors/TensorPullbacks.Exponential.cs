using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using static Backprop.Tensors.Spans;
using static Backprop.Tensors.Vectors;

namespace Backprop.Tensors;

/// <content>Exponentials, logarithms, powers and roots of one span.</content>
public static partial class TensorPullbacks
{
    /// <summary><c>dx += d·y</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Exp))]
    public static void Exp<T>([Unread] ReadOnlySpan<T> x, Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(ExpRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct ExpRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d * y;
    }

    /// <summary><c>dx += d·ln 2·y</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Exp2))]
    public static void Exp2<T>([Unread] ReadOnlySpan<T> x, Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(Exp2Rule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct Exp2Rule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d * Number<T>(Ln2) * y;
    }

    /// <summary><c>dx += d·ln 10·y</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Exp10))]
    public static void Exp10<T>([Unread] ReadOnlySpan<T> x, Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(Exp10Rule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct Exp10Rule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d * Number<T>(Ln10) * y;
    }

    /// <summary><c>dx += d·(y + 1)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.ExpM1))]
    public static void ExpM1<T>([Unread] ReadOnlySpan<T> x, Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(ExpM1Rule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct ExpM1Rule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d * (y + Vector512<T>.One);
    }

    /// <summary><c>dx += d·ln 2·(y + 1)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Exp2M1))]
    public static void Exp2M1<T>([Unread] ReadOnlySpan<T> x, Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(Exp2M1Rule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct Exp2M1Rule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d * Number<T>(Ln2) * (y + Vector512<T>.One);
    }

    /// <summary><c>dx += d·ln 10·(y + 1)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Exp10M1))]
    public static void Exp10M1<T>([Unread] ReadOnlySpan<T> x, Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(Exp10M1Rule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct Exp10M1Rule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d * Number<T>(Ln10) * (y + Vector512<T>.One);
    }

    /// <summary><c>dx += d / x</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Log))]
    public static void Log<T>(ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(LogRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct LogRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d / x;
    }

    /// <summary><c>dx += d / (x·ln 2)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Log2))]
    public static void Log2<T>(ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(Log2Rule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct Log2Rule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d / (x * Number<T>(Ln2));
    }

    /// <summary><c>dx += d / (x·ln 10)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Log10))]
    public static void Log10<T>(ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(Log10Rule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct Log10Rule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d / (x * Number<T>(Ln10));
    }

    /// <summary><c>dx += d / (x + 1)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.LogP1))]
    public static void LogP1<T>(ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(LogP1Rule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct LogP1Rule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d / (x + Vector512<T>.One);
    }

    /// <summary><c>dx += d / ((x + 1)·ln 2)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Log2P1))]
    public static void Log2P1<T>(ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(Log2P1Rule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct Log2P1Rule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d / ((x + Vector512<T>.One) * Number<T>(Ln2));
    }

    /// <summary><c>dx += d / ((x + 1)·ln 10)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Log10P1))]
    public static void Log10P1<T>(ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(Log10P1Rule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct Log10P1Rule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d / ((x + Vector512<T>.One) * Number<T>(Ln10));
    }

    /// <summary><c>dx += d / (2·y)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Sqrt))]
    public static void Sqrt<T>([Unread] ReadOnlySpan<T> x, Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(SqrtRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct SqrtRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d / (y + y);
    }

    /// <summary><c>dx += d / (3·y²)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Cbrt))]
    public static void Cbrt<T>([Unread] ReadOnlySpan<T> x, Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(CbrtRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct CbrtRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d / (Number<T>(3) * y * y);
    }
}
