using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using static Backprop.Tensors.Spans;

namespace Backprop.Tensors;

/// <content>Sums of one span, and what is made of them.</content>
public static partial class TensorPullbacks
{
    /// <summary><c>dx += d</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Sum))]
    public static void Sum<T>([Unread] ReadOnlySpan<T> x, [Unread] T value, Span<T> dx, T seed)
        where T : IFloatingPointIeee754<T>
    {
        if (IsWanted(dx, x.Length))
        {
            TensorPrimitives.Add(dx, seed, dx);
        }
    }

    /// <summary><c>dx += d / n</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Average))]
    public static void Average<T>([Unread] ReadOnlySpan<T> x, [Unread] T value, Span<T> dx, T seed)
        where T : IFloatingPointIeee754<T>
    {
        if (IsWanted(dx, x.Length))
        {
            TensorPrimitives.Add(dx, seed / T.CreateTruncating(x.Length), dx);
        }
    }

    /// <summary><c>dx += 2·d·x</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.SumOfSquares))]
    public static void SumOfSquares<T>(ReadOnlySpan<T> x, [Unread] T value, Span<T> dx, T seed)
        where T : IFloatingPointIeee754<T>
    {
        if (IsWanted(dx, x.Length))
        {
            TensorPrimitives.MultiplyAdd(x, seed + seed, dx, dx);
        }
    }

    /// <summary><c>dx += d·sign x</c>: 0 at 0.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.SumOfMagnitudes))]
    public static void SumOfMagnitudes<T>(ReadOnlySpan<T> x, [Unread] T value, Span<T> dx, T seed)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(x.Length, default(AbsRule<T>), Read(x, x.Length), Read(value), AddTo(dx, x.Length), new Seed<T>(seed));

    /// <summary><c>dx += d·x / ‖x‖</c>: 0 where the norm is 0.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Norm))]
    public static void Norm<T>(ReadOnlySpan<T> x, T value, Span<T> dx, T seed)
        where T : IFloatingPointIeee754<T>
    {
        if (IsWanted(dx, x.Length) && value != T.Zero)
        {
            TensorPrimitives.MultiplyAdd(x, seed / value, dx, dx);
        }
    }

    /// <summary><c>dx += d·(x − mean) / (n·y)</c>: 0 where the deviation is 0.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.StdDev))]
    public static void StdDev<T>(ReadOnlySpan<T> x, T value, Span<T> dx, T seed)
        where T : IFloatingPointIeee754<T>
        => Sweep.Unary(
            x.Length, new DeviationRule<T>(TensorPrimitives.Average(x), T.CreateTruncating(x.Length)),
            Read(x, x.Length), Read(value), AddTo(dx, x.Length), new Seed<T>(seed));

    private readonly struct DeviationRule<T>(T mean, T count) : IUnaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public Vector512<T> Pull(Vector512<T> x, Vector512<T> y, Vector512<T> d)
            => Vectors.Unless(Vectors.IsZero(y), d * ((x - Vector512.Create(mean)) / (y * count)));
    }
}
