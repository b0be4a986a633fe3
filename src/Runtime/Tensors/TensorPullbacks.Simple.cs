using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using static Backprop.Tensors.Spans;
using static Backprop.Tensors.Vectors;

namespace Backprop.Tensors;

/// <content>Elementary arithmetic of one span.</content>
public static partial class TensorPullbacks
{
    /// <summary><c>dx += d·sign x</c>: 0 at 0 and at NaN.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Abs))]
    public static void Abs<T>(ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(AbsRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct AbsRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => If(Vector512.GreaterThan(x, Vector512<T>.Zero), d) - If(Vector512.LessThan(x, Vector512<T>.Zero), d);
    }

    /// <summary><c>dx −= d</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Negate))]
    public static void Negate<T>([Unread] ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(NegateRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct NegateRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => -d;
    }

    /// <summary><c>dx += d</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Increment))]
    public static void Increment<T>([Unread] ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(IncrementRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct IncrementRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d;
    }

    /// <summary><c>dx += d</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Decrement))]
    public static void Decrement<T>([Unread] ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(DecrementRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct DecrementRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d;
    }

    /// <summary><c>dx −= d·y²</c>: −∞ at 0.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Reciprocal))]
    public static void Reciprocal<T>([Unread] ReadOnlySpan<T> x, Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(ReciprocalRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct ReciprocalRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => -d * y * y;
    }

    /// <summary><c>dx −= d·y²</c>: the slope of 1/x, about as exact as the estimate.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.ReciprocalEstimate))]
    public static void ReciprocalEstimate<T>([Unread] ReadOnlySpan<T> x, Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(ReciprocalEstimateRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct ReciprocalEstimateRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => -d * y * y;
    }

    /// <summary><c>dx −= d·y³ / 2</c>: −∞ at 0.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.ReciprocalSqrt))]
    public static void ReciprocalSqrt<T>([Unread] ReadOnlySpan<T> x, Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(ReciprocalSqrtRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct ReciprocalSqrtRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => Number<T>(-0.5) * d * y * y * y;
    }

    /// <summary><c>dx −= d·y³ / 2</c>: about as exact as the estimate.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.ReciprocalSqrtEstimate))]
    public static void ReciprocalSqrtEstimate<T>([Unread] ReadOnlySpan<T> x, Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(ReciprocalSqrtEstimateRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct ReciprocalSqrtEstimateRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => Number<T>(-0.5) * d * y * y * y;
    }

    /// <summary><c>dx += d·2ⁿ</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.ScaleB))]
    public static void ScaleB<T>([Unread] ReadOnlySpan<T> x, int n, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, new ScaleBRule<T>(n), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct ScaleBRule<T>(int n) : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => Scale(d, n);
    }

    /// <summary><c>dx += d·y / (n·x)</c>; at x = 0 the limit: 1 for n = 1, +∞ for n > 1, −∞ for n &lt; 0, NaN for n = 0.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.RootN))]
    public static void RootN<T>(ReadOnlySpan<T> x, int n, Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, new RootNRule<T>(n), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct RootNRule<T>(int n) : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) =>
            d * Vector512.ConditionalSelect(IsZero(x), Vector512.Create(AtZero), y / x / Number<T>(n));

        private T AtZero => n switch
        {
            0 => T.NaN,
            1 => T.One,
            > 1 => T.PositiveInfinity,
            _ => T.NegativeInfinity,
        };
    }
}
