using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop;

/// <summary>The checks that emitted methods make before any work.</summary>
public static partial class Require
{
    /// <summary>An accumulator is as long as the parameter whose gradient it takes.</summary>
    /// <exception cref="ArgumentException">It is not; the message names <paramref name="accumulator"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SameLength(int actual, int expected, string accumulator)
    {
        if (actual != expected)
        {
            ThrowLength(actual, expected, accumulator);
        }
    }

    /// <summary>An accumulator is as long as the parameter whose gradient it takes; that of no array is empty.</summary>
    /// <exception cref="ArgumentException">It is not; the message names <paramref name="accumulator"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SameLength<T>(ReadOnlySpan<T> actual, ReadOnlySpan<T> expected, string accumulator) => SameLength(actual.Length, expected.Length, accumulator);

    /// <summary>An array that takes its memory from elsewhere has no negative length either.</summary>
    /// <exception cref="OverflowException">It has.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Extent(int length)
    {
        if (length < 0)
        {
            ThrowExtent();
        }
    }

    [DoesNotReturn]
    private static void ThrowExtent() => throw new OverflowException();

    /// <summary>A rectangular accumulator has the extents of its parameter.</summary>
    /// <exception cref="ArgumentException">It has not; the message names <paramref name="accumulator"/>.</exception>
    public static void SameShape(Array actual, Array expected, string accumulator)
    {
        ArgumentNullException.ThrowIfNull(actual, accumulator);
        for (int d = 0; d < expected.Rank; d++)
        {
            if (actual.GetLength(d) != expected.GetLength(d))
            {
                throw new ArgumentException(
                    $"Dimension {d} of the accumulator has {actual.GetLength(d)} elements, its parameter has {expected.GetLength(d)}.", accumulator);
            }
        }
    }

    /// <summary>A jagged accumulator has a row of equal length for every row of its parameter.</summary>
    /// <exception cref="ArgumentException">It has not; the message names <paramref name="accumulator"/> and the row.</exception>
    public static void SameRows<T>(T[][] actual, T[][] expected, string accumulator)
    {
        ArgumentNullException.ThrowIfNull(actual, accumulator);
        SameLength(actual.Length, expected.Length, accumulator);
        for (int row = 0; row < expected.Length; row++)
        {
            if (actual[row]?.Length != expected[row]?.Length)
            {
                throw new ArgumentException(
                    $"Row {row} of the accumulator has {actual[row]?.Length} elements, the row of its parameter has {expected[row]?.Length}.", accumulator);
            }

            if (expected[row] is { Length: > 0 } && ReferenceEquals(actual[row], expected[row]))
            {
                throw new ArgumentException($"Row {row} of the accumulator is the row of its parameter.", accumulator);
            }
        }
    }

    /// <summary>A row that is there twice, in a table that a method writes, has one gradient.</summary>
    /// <exception cref="ArgumentException">It has two, or two rows have one; the message names <paramref name="accumulator"/> and a row.</exception>
    public static void SharedAlike<T>(T[][] actual, T[][] expected, string accumulator)
    {
        LeafWalk walk = LeafWalk.Start();
        try
        {
            for (int row = 0; row < expected.Length; row++)
            {
                walk.Pair(row, actual[row], expected[row]);
            }
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException(e.Message, accumulator, e);
        }
        finally
        {
            walk.HandBack();
        }
    }

    /// <summary>The gradient of an object that a method knows by a base class is of the object's own class.</summary>
    /// <exception cref="ArgumentException">It is not; the message names <paramref name="accumulator"/>.</exception>
    public static T Gradient<T>(object gradient, string accumulator)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(gradient, accumulator);
        return gradient as T ?? throw new ArgumentException($"The gradient is a {gradient.GetType().Name}, and that of this object is a {typeof(T).Name}: make it with ZerosLike().", accumulator);
    }

    /// <summary>The gradient of a model has the model's shape, and is not the model itself. Where there is no model, there is nothing that a gradient could not have.</summary>
    /// <exception cref="ArgumentException">A leaf has another shape, or is memory of the model; the message names the leaf or <paramref name="accumulator"/>.</exception>
    public static void SameLeaves<T>(T? gradient, T? model, string accumulator)
        where T : class, IDifferentiable<T>
    {
        if (model is null)
        {
            return;
        }

        ArgumentNullException.ThrowIfNull(gradient, accumulator);
        var apart = new ApartVisitor();
        LeafWalk walk = LeafWalk.Start();
        try
        {
            walk.Root(gradient, model, ref apart);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException(e.Message, accumulator, e);
        }
        finally
        {
            walk.HandBack();
        }

        apart.Check(accumulator);
    }

    /// <summary>The gradients of models have the models' shapes, and are not the models themselves.</summary>
    /// <exception cref="ArgumentException">
    /// A leaf has another shape, or is memory of a model, or one model is there twice and its gradient is not; the message names the leaf or <paramref name="accumulator"/>.
    /// </exception>
    public static void SameLeaves<T>(ReadOnlySpan<T?> gradients, ReadOnlySpan<T?> models, string accumulator)
        where T : class, IDifferentiable<T>
    {
        SameLength(gradients.Length, models.Length, accumulator);
        var apart = new ApartVisitor();
        LeafWalk walk = LeafWalk.Start();
        try
        {
            for (int i = 0; i < models.Length; i++)
            {
                walk.Model(i, gradients[i], models[i], ref apart);
            }
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException(e.Message, accumulator, e);
        }
        finally
        {
            walk.HandBack();
        }

        apart.Check(accumulator);
    }

    private ref struct ApartVisitor : ILeafPairVisitor
    {
        private bool overlaps;

        public void Visit<T>(Span<T> values, Span<T> other)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
            => overlaps |= values.Overlaps(other);

        public readonly void Check(string accumulator)
        {
            if (overlaps)
            {
                throw new ArgumentException("The gradient shares memory with the model: make it with ZerosLike().", accumulator);
            }
        }
    }

    [DoesNotReturn]
    private static void ThrowLength(int actual, int expected, string accumulator)
        => throw new ArgumentException($"The accumulator has {actual} elements, its parameter has {expected}.", accumulator);
}
