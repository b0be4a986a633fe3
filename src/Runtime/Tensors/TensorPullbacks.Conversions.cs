using System.Numerics;
using System.Numerics.Tensors;
using static Backprop.Tensors.Spans;

namespace Backprop.Tensors;

/// <content>Conversions between types of numbers.</content>
public static partial class TensorPullbacks
{
    /// <summary><c>dSource += d</c>, converted back.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.ConvertChecked))]
    public static void ConvertChecked<TFrom, TTo>([Unread] ReadOnlySpan<TFrom> source, [Unread] Span<TTo> destination, Span<TFrom> dSource, Span<TTo> dDestination)
        where TFrom : IFloatingPointIeee754<TFrom>
        where TTo : IFloatingPointIeee754<TTo>
        => ConvertBack<TFrom, TTo>(source.Length, destination, dSource, dDestination);

    /// <summary>From integers: the destination was overwritten, and nothing flows to them.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.ConvertChecked))]
    public static void ConvertChecked<TFrom, TTo>([Unread] ReadOnlySpan<TFrom> source, [Unread] Span<TTo> destination, Span<TTo> dDestination)
        where TFrom : IBinaryInteger<TFrom>
        where TTo : IFloatingPointIeee754<TTo>
        => DropConverted(source.Length, destination, dDestination);

    /// <summary><c>dSource += d</c>, converted back.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.ConvertSaturating))]
    public static void ConvertSaturating<TFrom, TTo>([Unread] ReadOnlySpan<TFrom> source, [Unread] Span<TTo> destination, Span<TFrom> dSource, Span<TTo> dDestination)
        where TFrom : IFloatingPointIeee754<TFrom>
        where TTo : IFloatingPointIeee754<TTo>
        => ConvertBack<TFrom, TTo>(source.Length, destination, dSource, dDestination);

    /// <summary>From integers: the destination was overwritten, and nothing flows to them.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.ConvertSaturating))]
    public static void ConvertSaturating<TFrom, TTo>([Unread] ReadOnlySpan<TFrom> source, [Unread] Span<TTo> destination, Span<TTo> dDestination)
        where TFrom : IBinaryInteger<TFrom>
        where TTo : IFloatingPointIeee754<TTo>
        => DropConverted(source.Length, destination, dDestination);

    /// <summary><c>dSource += d</c>, converted back.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.ConvertTruncating))]
    public static void ConvertTruncating<TFrom, TTo>([Unread] ReadOnlySpan<TFrom> source, [Unread] Span<TTo> destination, Span<TFrom> dSource, Span<TTo> dDestination)
        where TFrom : IFloatingPointIeee754<TFrom>
        where TTo : IFloatingPointIeee754<TTo>
        => ConvertBack<TFrom, TTo>(source.Length, destination, dSource, dDestination);

    /// <summary>From integers: the destination was overwritten, and nothing flows to them.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.ConvertTruncating))]
    public static void ConvertTruncating<TFrom, TTo>([Unread] ReadOnlySpan<TFrom> source, [Unread] Span<TTo> destination, Span<TTo> dDestination)
        where TFrom : IBinaryInteger<TFrom>
        where TTo : IFloatingPointIeee754<TTo>
        => DropConverted(source.Length, destination, dDestination);

    private static void ConvertBack<TFrom, TTo>(int length, Span<TTo> destination, Span<TFrom> dSource, Span<TTo> dDestination)
        where TFrom : IFloatingPointIeee754<TFrom>
        where TTo : IFloatingPointIeee754<TTo>
    {
        AtLeast(destination.Length, length, nameof(destination));
        bool isWanted = IsWanted(dSource, length);
        Same(dDestination.Length, destination.Length, nameof(dDestination));

        Chunk<TFrom> chunk = default;
        Span<TFrom> block = chunk;
        for (int i = 0; i < length; i += block.Length)
        {
            int count = Math.Min(block.Length, length - i);
            Span<TTo> taken = dDestination.Slice(i, count);
            TensorPrimitives.ConvertTruncating<TTo, TFrom>(taken, block);
            taken.Clear();
            if (isWanted)
            {
                Span<TFrom> target = dSource.Slice(i, count);
                TensorPrimitives.Add<TFrom>(target, block[..count], target);
            }
        }
    }

    private static void DropConverted<T>(int length, Span<T> destination, Span<T> dDestination)
    {
        AtLeast(destination.Length, length, nameof(destination));
        Same(dDestination.Length, destination.Length, nameof(dDestination));
        dDestination[..length].Clear();
    }
}
