using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using static Backprop.Tensors.Spans;

namespace Backprop.Tensors;

/// <content>Numbers made of two spans.</content>
public static partial class TensorPullbacks
{
    /// <summary><c>dx += d·y</c>, <c>dy += d·x</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Dot))]
    public static void Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, [Unread] T value, Span<T> dx, Span<T> dy, T seed)
        where T : IFloatingPointIeee754<T>
    {
        Same(y.Length, x.Length, nameof(y));
        bool isWantedX = IsWanted(dx, x.Length), isWantedY = IsWanted(dy, x.Length);
        if (isWantedX)
        {
            TensorPrimitives.MultiplyAdd(y, seed, dx, dx);
        }

        if (isWantedY)
        {
            TensorPrimitives.MultiplyAdd(x, seed, dy, dy);
        }
    }

    /// <summary><c>dx += d·(x − y) / ‖x − y‖</c>, <c>dy</c> the opposite: 0 where the distance is 0.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Distance))]
    public static void Distance<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, T value, Span<T> dx, Span<T> dy, T seed)
        where T : IFloatingPointIeee754<T>
        => Sweep.Binary(
            x.Length, default(DistanceRule<T>), Read(x, x.Length), Read(y, x.Length), Read(value),
            AddTo(dx, x.Length), AddTo(dy, x.Length), new Seed<T>(seed));

    private readonly struct DistanceRule<T> : IBinaryRule<T>
        where T : IFloatingPointIeee754<T>
    {
        public (Vector512<T> A, Vector512<T> B) Pull(Vector512<T> a, Vector512<T> b, Vector512<T> y, Vector512<T> d)
        {
            Vector512<T> slope = Vectors.Unless(Vectors.IsZero(y), d * ((a - b) / y));
            return (slope, -slope);
        }
    }

    /// <summary><c>dx += d·(y / ‖y‖ − c·x / ‖x‖) / ‖x‖</c>, <c>dy</c> likewise, c the similarity; NaN, as c is, where a norm is 0.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.CosineSimilarity))]
    public static void CosineSimilarity<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, T value, Span<T> dx, Span<T> dy, T seed)
        where T : IFloatingPointIeee754<T>
    {
        Same(y.Length, x.Length, nameof(y));
        bool isWantedX = IsWanted(dx, x.Length), isWantedY = IsWanted(dy, x.Length);
        T normX = TensorPrimitives.Norm(x), normY = TensorPrimitives.Norm(y);
        T across = seed / normX / normY;
        if (isWantedX)
        {
            TensorPrimitives.MultiplyAdd(y, across, dx, dx);
            TensorPrimitives.MultiplyAdd(x, -seed * value / normX / normX, dx, dx);
        }

        if (isWantedY)
        {
            TensorPrimitives.MultiplyAdd(x, across, dy, dy);
            TensorPrimitives.MultiplyAdd(y, -seed * value / normY / normY, dy, dy);
        }
    }
}
