using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Tensors;

/// <summary>Checks the length of each argument of a pullback and says what it is there for. All throw before any work.</summary>
internal static class Spans
{
    /// <summary>An operand of the primal, as long as the others.</summary>
    internal static Operand<T> Read<T>(ReadOnlySpan<T> x, int length, [CallerArgumentExpression(nameof(x))] string name = "")
        where T : IFloatingPointIeee754<T>
    {
        Same(x.Length, length, name);
        return new(x);
    }

    /// <summary>A scalar operand.</summary>
    internal static Operand<T> Read<T>(T x)
        where T : IFloatingPointIeee754<T>
        => new(x);

    /// <summary>What the primal left in its destination, which may be longer than the operands.</summary>
    internal static Operand<T> Result<T>(ReadOnlySpan<T> destination, int length, [CallerArgumentExpression(nameof(destination))] string name = "")
        where T : IFloatingPointIeee754<T>
    {
        AtLeast(destination.Length, length, name);
        return new(destination);
    }

    /// <summary>A destination whose contents no rule needs.</summary>
    internal static ReadOnlySpan<T> Left<T>(ReadOnlySpan<T> destination, int length, [CallerArgumentExpression(nameof(destination))] string name = "")
    {
        AtLeast(destination.Length, length, name);
        return destination;
    }

    /// <summary>The accumulator of a span, as long as the span, or empty.</summary>
    internal static Accumulator<T> AddTo<T>(Span<T> dx, int length, [CallerArgumentExpression(nameof(dx))] string name = "")
        where T : IFloatingPointIeee754<T>
        => IsWanted(dx, length, name) ? new(dx) : default;

    /// <summary>Whether an accumulator is there, as long as the span; where it is empty, nobody asks for that gradient.</summary>
    internal static bool IsWanted<T>(Span<T> dx, int length, [CallerArgumentExpression(nameof(dx))] string name = "")
    {
        if (!dx.IsEmpty)
        {
            Same(dx.Length, length, name);
        }

        return !dx.IsEmpty;
    }

    /// <summary>The accumulator of a scalar.</summary>
    internal static Accumulator<T> AddTo<T>(ref T dx)
        where T : IFloatingPointIeee754<T>
        => new(ref dx);

    /// <summary>The cotangents of a destination, as long as the destination.</summary>
    internal static Seed<T> Take<T>(Span<T> dDestination, ReadOnlySpan<T> destination, [CallerArgumentExpression(nameof(dDestination))] string name = "")
        where T : IFloatingPointIeee754<T>
    {
        Same(dDestination.Length, destination.Length, name);
        return new(dDestination);
    }

    internal static void Same(int actual, int expected, string name)
    {
        if (actual != expected)
        {
            ThrowLength(actual, expected, name);
        }
    }

    internal static void AtLeast(int actual, int expected, string name)
    {
        if (actual < expected)
        {
            ThrowLength(actual, expected, name);
        }
    }

    /// <summary>Two destinations of one call: what the first left would be lost, and with it the slope of the second.</summary>
    internal static void Apart<T>(Span<T> dFirst, Span<T> dSecond, [CallerArgumentExpression(nameof(dSecond))] string name = "")
    {
        if (dFirst.Overlaps(dSecond))
        {
            throw new ArgumentException($"'{name}' is the memory of another destination.", name);
        }
    }

    [DoesNotReturn]
    private static void ThrowLength(int actual, int expected, string name)
        => throw new ArgumentException($"'{name}' has {actual} elements, the pullback needs {expected}.", name);
}
