using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using static Backprop.Tensors.Spans;
using static Backprop.Tensors.Vectors;

namespace Backprop.Tensors;

/// <content>Functions that are constant between jumps: the destination was overwritten, and nothing flows to x.</content>
public static partial class TensorPullbacks
{
    /// <summary>A whole number: nothing flows, at a jump neither.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Ceiling))]
    public static void Ceiling<T>([Unread] ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Drop<T>(x.Length, destination, dx, dDestination);

    /// <summary>A whole number: nothing flows, at a jump neither.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Floor))]
    public static void Floor<T>([Unread] ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Drop<T>(x.Length, destination, dx, dDestination);

    /// <summary>A whole number: nothing flows, at a jump neither.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Truncate))]
    public static void Truncate<T>([Unread] ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Drop<T>(x.Length, destination, dx, dDestination);

    /// <summary>A whole number: nothing flows, at a jump neither.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Round))]
    public static void Round<T>([Unread] ReadOnlySpan<T> x, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Drop<T>(x.Length, destination, dx, dDestination);

    /// <summary>A whole number: nothing flows, at a jump neither.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Round))]
    public static void Round<T>([Unread] ReadOnlySpan<T> x, MidpointRounding mode, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Drop<T>(x.Length, destination, dx, dDestination);

    /// <summary>A rounded number: nothing flows, at a jump neither.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Round))]
    public static void Round<T>([Unread] ReadOnlySpan<T> x, int digits, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Drop<T>(x.Length, destination, dx, dDestination);

    /// <summary>A rounded number: nothing flows, at a jump neither.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Round))]
    public static void Round<T>([Unread] ReadOnlySpan<T> x, int digits, MidpointRounding mode, [Unread] Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
        => Drop<T>(x.Length, destination, dx, dDestination);

    private static void Drop<T>(int length, Span<T> destination, Span<T> dx, Span<T> dDestination)
        where T : IFloatingPointIeee754<T>
    {
        AtLeast(destination.Length, length, nameof(destination));
        _ = IsWanted(dx, length);
        Same(dDestination.Length, destination.Length, nameof(dDestination));
        dDestination[..length].Clear();
    }
}
