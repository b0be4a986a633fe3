using System.Numerics;
using System.Numerics.Tensors;

namespace Backprop.Tensors;

/// <summary>
/// Multiplies every factor's share: halves hand the product of one to the other, down to blocks that are done by products from the left and from
/// the right. Takes n·log n multiplications and no memory that grows with n.
/// </summary>
internal static class Products
{
    /// <summary>The factors of a product of one or two spans.</summary>
    internal interface IFactors<T>
    {
        static abstract T Product(ReadOnlySpan<T> x, ReadOnlySpan<T> y);

        static abstract void Write(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> factors);

        /// <summary>Adds the cotangents of the factors to those of their operands.</summary>
        static abstract void Pull(ReadOnlySpan<T> cotangents, Span<T> dx, Span<T> dy);
    }

    internal static void Spread<T, TFactors>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> dx, Span<T> dy, T seed)
        where T : IFloatingPointIeee754<T>
        where TFactors : IFactors<T>
    {
        if (x.Length <= Chunk<T>.Length)
        {
            SpreadBlock<T, TFactors>(x, y, dx, dy, seed);
            return;
        }

        int half = x.Length / 2, halfY = y.Length / 2;
        T left = TFactors.Product(x[..half], y[..halfY]), right = TFactors.Product(x[half..], y[halfY..]);
        Spread<T, TFactors>(x[..half], y[..halfY], Part(dx, ..half), Part(dy, ..halfY), seed * right);
        Spread<T, TFactors>(x[half..], y[halfY..], Part(dx, half..), Part(dy, halfY..), seed * left);
    }

    private static Span<T> Part<T>(Span<T> accumulator, Range range) => accumulator.IsEmpty ? accumulator : accumulator[range];

    private static void AddTo<T>(Span<T> accumulator, ReadOnlySpan<T> cotangents)
        where T : IFloatingPointIeee754<T>
    {
        if (!accumulator.IsEmpty)
        {
            TensorPrimitives.Add(accumulator, cotangents, accumulator);
        }
    }

    private static void SpreadBlock<T, TFactors>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> dx, Span<T> dy, T seed)
        where T : IFloatingPointIeee754<T>
        where TFactors : IFactors<T>
    {
        Chunk<T> forFactors = default, forCotangents = default;
        Span<T> factors = forFactors[..x.Length], cotangents = forCotangents[..x.Length];
        TFactors.Write(x, y, factors);

        T before = seed;
        for (int i = 0; i < factors.Length; i++)
        {
            cotangents[i] = before;
            before *= factors[i];
        }

        T after = T.One;
        for (int i = factors.Length - 1; i >= 0; i--)
        {
            cotangents[i] *= after;
            after *= factors[i];
        }

        TFactors.Pull(cotangents, dx, dy);
    }

    internal readonly struct Elements<T> : IFactors<T>
        where T : IFloatingPointIeee754<T>
    {
        public static T Product(ReadOnlySpan<T> x, ReadOnlySpan<T> y) => TensorPrimitives.Product(x);

        public static void Write(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> factors) => x.CopyTo(factors);

        public static void Pull(ReadOnlySpan<T> cotangents, Span<T> dx, Span<T> dy) => AddTo(dx, cotangents);
    }

    internal readonly struct Sums<T> : IFactors<T>
        where T : IFloatingPointIeee754<T>
    {
        public static T Product(ReadOnlySpan<T> x, ReadOnlySpan<T> y) => TensorPrimitives.ProductOfSums(x, y);

        public static void Write(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> factors) => TensorPrimitives.Add(x, y, factors);

        public static void Pull(ReadOnlySpan<T> cotangents, Span<T> dx, Span<T> dy)
        {
            AddTo(dx, cotangents);
            AddTo(dy, cotangents);
        }
    }

    internal readonly struct Differences<T> : IFactors<T>
        where T : IFloatingPointIeee754<T>
    {
        public static T Product(ReadOnlySpan<T> x, ReadOnlySpan<T> y) => TensorPrimitives.ProductOfDifferences(x, y);

        public static void Write(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> factors) => TensorPrimitives.Subtract(x, y, factors);

        public static void Pull(ReadOnlySpan<T> cotangents, Span<T> dx, Span<T> dy)
        {
            AddTo(dx, cotangents);
            if (!dy.IsEmpty)
            {
                TensorPrimitives.Subtract(dy, cotangents, dy);
            }
        }
    }
}
