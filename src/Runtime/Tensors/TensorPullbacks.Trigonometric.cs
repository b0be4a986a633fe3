using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using static Backprop.Tensors.Spans;
using static Backprop.Tensors.Vectors;

namespace Backprop.Tensors;

/// <content>Trigonometric functions of one span.</content>
public static partial class TensorPullbacks
{
    /// <summary><c>dx += d·cos x</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Sin))]
    public static void Sin<T>(ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(SinRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct SinRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d * Vectors.Cos(x);
    }

    /// <summary><c>dx −= d·sin x</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Cos))]
    public static void Cos<T>(ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(CosRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct CosRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => -d * Vectors.Sin(x);
    }

    /// <summary><c>dx += d·(1 + y²)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Tan))]
    public static void Tan<T>([Unread] ReadOnlySpan<T> x, Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(TanRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct TanRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d * (Vector512<T>.One + y * y);
    }

    /// <summary><c>dx += d·π·cos πx</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.SinPi))]
    public static void SinPi<T>(ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(SinPiRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct SinPiRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d * Number<T>(Math.PI) * Vectors.CosPi(x);
    }

    /// <summary><c>dx −= d·π·sin πx</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.CosPi))]
    public static void CosPi<T>(ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(CosPiRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct CosPiRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => -d * Number<T>(Math.PI) * Vectors.SinPi(x);
    }

    /// <summary><c>dx += d·π·(1 + y²)</c>: +∞ at the poles.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.TanPi))]
    public static void TanPi<T>([Unread] ReadOnlySpan<T> x, Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(TanPiRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct TanPiRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d * Number<T>(Math.PI) * (Vector512<T>.One + y * y);
    }

    /// <summary><c>dx += d / √(1 − x²)</c>: +∞ at −1 and 1.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Asin))]
    public static void Asin<T>(ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(AsinRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct AsinRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d / Vector512.Sqrt((Vector512<T>.One - x) * (Vector512<T>.One + x));
    }

    /// <summary><c>dx −= d / √(1 − x²)</c>: −∞ at −1 and 1.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Acos))]
    public static void Acos<T>(ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(AcosRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct AcosRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => -d / Vector512.Sqrt((Vector512<T>.One - x) * (Vector512<T>.One + x));
    }

    /// <summary><c>dx += d / (1 + x²)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Atan))]
    public static void Atan<T>(ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(AtanRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct AtanRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d / (Vector512<T>.One + x * x);
    }

    /// <summary><c>dx += d / (π·√(1 − x²))</c>: +∞ at −1 and 1.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.AsinPi))]
    public static void AsinPi<T>(ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(AsinPiRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct AsinPiRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d / (Number<T>(Math.PI) * Vector512.Sqrt((Vector512<T>.One - x) * (Vector512<T>.One + x)));
    }

    /// <summary><c>dx −= d / (π·√(1 − x²))</c>: −∞ at −1 and 1.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.AcosPi))]
    public static void AcosPi<T>(ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(AcosPiRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct AcosPiRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => -d / (Number<T>(Math.PI) * Vector512.Sqrt((Vector512<T>.One - x) * (Vector512<T>.One + x)));
    }

    /// <summary><c>dx += d / (π·(1 + x²))</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.AtanPi))]
    public static void AtanPi<T>(ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(AtanPiRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct AtanPiRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d / (Number<T>(Math.PI) * (Vector512<T>.One + x * x));
    }

    /// <summary><c>dx += d·π / 180</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.DegreesToRadians))]
    public static void DegreesToRadians<T>([Unread] ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(DegreesToRadiansRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct DegreesToRadiansRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d * Number<T>(Math.PI / 180);
    }

    /// <summary><c>dx += d·180 / π</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.RadiansToDegrees))]
    public static void RadiansToDegrees<T>([Unread] ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(RadiansToDegreesRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct RadiansToDegreesRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d * Number<T>(180 / Math.PI);
    }
}
