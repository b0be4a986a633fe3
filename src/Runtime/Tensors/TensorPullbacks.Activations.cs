using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using static Backprop.Tensors.Spans;
using static Backprop.Tensors.Vectors;

namespace Backprop.Tensors;

/// <content>Sigmoid and SoftMax.</content>
public static partial class TensorPullbacks
{
    /// <summary><c>dx += d·y·(1 − y)</c>: 0 where y has rounded to 0 or 1.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Sigmoid))]
    public static void Sigmoid<T>([Unread] ReadOnlySpan<T> x, Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, default(SigmoidRule<T>), Read(x, x.Length), Result<T>(destination, x.Length), AddTo(dx, x.Length), Take(dDestination, destination));

    private readonly struct SigmoidRule<T> : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => d * (y * (Vector512<T>.One - y));
    }

    /// <summary><c>dx += y·(d − Σ y·d)</c>.</summary>
    /// <exception cref="ArgumentException">
    /// The destination is longer than x: up to version 11.0.0 the primal then divides by a sum that counts what was beyond, and divides that too.
    /// </exception>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.SoftMax))]
    public static void SoftMax<T>([Unread] ReadOnlySpan<T> x, Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
    {
        Same(destination.Length, x.Length, nameof(destination));
        Operand<T> result = Result<T>(destination, x.Length);
        Accumulator<T> accumulator = AddTo(dx, x.Length);
        Seed<T> seed = Take(dDestination, destination);
        T mean = TensorPrimitives.Dot<T>(destination[..x.Length], dDestination[..x.Length]);
        Sweep.Unary(x.Length, new SoftMaxRule<T>(mean), Read(x, x.Length), result, accumulator, seed);
    }

    private readonly struct SoftMaxRule<T>(T mean) : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d) => y * (d - Vector512.Create(mean));
    }
}
