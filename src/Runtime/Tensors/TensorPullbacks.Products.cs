using System.Numerics;
using System.Numerics.Tensors;
using static Backprop.Tensors.Spans;

namespace Backprop.Tensors;

/// <content>Products. The slope of a factor is the product of the others, found without dividing, so that zeros do no harm.</content>
public static partial class TensorPullbacks
{
    /// <summary><c>dx += d·(product of the other elements)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Product))]
    public static void Product<T>(ReadOnlySpan<T> x, [Unread] T value, Span<T> dx, T seed)
        where T : IFloatingPointIeee754<T>
    {
        _ = IsWanted(dx, x.Length);
        Products.Spread<T, Products.Elements<T>>(x, default, dx, default, seed);
    }

    /// <summary><c>dx, dy += d·(product of the other sums)</c>.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.ProductOfSums))]
    public static void ProductOfSums<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, [Unread] T value, Span<T> dx, Span<T> dy, T seed)
        where T : IFloatingPointIeee754<T>
    {
        Same(y.Length, x.Length, nameof(y));
        _ = (IsWanted(dx, x.Length), IsWanted(dy, x.Length));
        Products.Spread<T, Products.Sums<T>>(x, y, dx, dy, seed);
    }

    /// <summary><c>dx += d·(product of the other differences)</c>, <c>dy</c> the opposite.</summary>
    [PullbackOf(typeof(TensorPrimitives), nameof(TensorPrimitives.ProductOfDifferences))]
    public static void ProductOfDifferences<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, [Unread] T value, Span<T> dx, Span<T> dy, T seed)
        where T : IFloatingPointIeee754<T>
    {
        Same(y.Length, x.Length, nameof(y));
        _ = (IsWanted(dx, x.Length), IsWanted(dy, x.Length));
        Products.Spread<T, Products.Differences<T>>(x, y, dx, dy, seed);
    }
}
