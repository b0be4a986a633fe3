using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using static Backprop.Tensors.Spans;
using static Backprop.Tensors.Vectors;

namespace Backprop.Tensors;

/// <content>Sine and cosine at once.</content>
public static partial class TensorPullbacks
{
    /// <summary><c>dx += (dSin·cos − dCos·sin)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.SinCos))]
    public static void SinCos<T>(
        [Unread] ReadOnlySpan<T> x, Span<T> sinDestination, Span<T> cosDestination, Span<T> dx, Span<T> dSinDestination, Span<T> dCosDestination)
        where T : IFloatingPointIeee754<T>
    {
        Apart(dSinDestination, dCosDestination);
        Operand<T> sin = Result<T>(sinDestination, x.Length), cos = Result<T>(cosDestination, x.Length);
        Accumulator<T> accumulator = AddTo(dx, x.Length);
        Seed<T> dSin = Take(dSinDestination, sinDestination), dCos = Take(dCosDestination, cosDestination);
        T scale = T.One;

        // The destination that replaced x gives its cotangent first: dx is the same memory.
        if (dx.Overlaps(dCosDestination))
        {
            Sweep.Unary(x.Length, new ScaleRule<T>(-scale), sin, sin, accumulator, dCos);
            Sweep.Unary(x.Length, new ScaleRule<T>(scale), cos, cos, accumulator, dSin);
        }
        else
        {
            Sweep.Unary(x.Length, new ScaleRule<T>(scale), cos, cos, accumulator, dSin);
            Sweep.Unary(x.Length, new ScaleRule<T>(-scale), sin, sin, accumulator, dCos);
        }
    }

    /// <summary><c>dx += π·(dSin·cos − dCos·sin)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.SinCosPi))]
    public static void SinCosPi<T>(
        [Unread] ReadOnlySpan<T> x, Span<T> sinPiDestination, Span<T> cosPiDestination, Span<T> dx, Span<T> dSinPiDestination, Span<T> dCosPiDestination)
        where T : IFloatingPointIeee754<T>
    {
        Apart(dSinPiDestination, dCosPiDestination);
        Operand<T> sin = Result<T>(sinPiDestination, x.Length), cos = Result<T>(cosPiDestination, x.Length);
        Accumulator<T> accumulator = AddTo(dx, x.Length);
        Seed<T> dSin = Take(dSinPiDestination, sinPiDestination), dCos = Take(dCosPiDestination, cosPiDestination);
        T scale = T.Pi;

        // The destination that replaced x gives its cotangent first: dx is the same memory.
        if (dx.Overlaps(dCosPiDestination))
        {
            Sweep.Unary(x.Length, new ScaleRule<T>(-scale), sin, sin, accumulator, dCos);
            Sweep.Unary(x.Length, new ScaleRule<T>(scale), cos, cos, accumulator, dSin);
        }
        else
        {
            Sweep.Unary(x.Length, new ScaleRule<T>(scale), cos, cos, accumulator, dSin);
            Sweep.Unary(x.Length, new ScaleRule<T>(-scale), sin, sin, accumulator, dCos);
        }
    }

    private readonly struct ScaleRule<T>(T scale) : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d * scale * x;
    }
}
