using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop;

/// <summary>The checks that emitted methods make before any work.</summary>
public static class Require
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
        }
    }

    /// <summary>An object or table that a method was given is not written by methods called after it.</summary>
    /// <exception cref="NotSupportedException">It is; the message names <paramref name="parameter"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Unwritten(bool mayBeWritten, string parameter, string method)
    {
        if (mayBeWritten)
        {
            ThrowWritten(parameter, method);
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

    /// <summary>Memory that the backward pass writes is not memory that it also needs as something else.</summary>
    /// <exception cref="ArgumentException">The two overlap; the message names <paramref name="name"/> and <paramref name="otherName"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apart<T>(ReadOnlySpan<T> memory, ReadOnlySpan<T> other, string name, string otherName)
    {
        if (memory.Overlaps(other))
        {
            ThrowOverlap(name, otherName);
        }
    }

    /// <summary>Two arrays of arrays, or two rectangular arrays, are not the same one.</summary>
    /// <exception cref="ArgumentException">They are; the message names <paramref name="name"/> and <paramref name="otherName"/>.</exception>
    public static void NotSame(Array memory, Array other, string name, string otherName)
    {
        if (ReferenceEquals(memory, other) && memory.Length > 0)
        {
            ThrowOverlap(name, otherName);
        }
    }

    /// <summary>Two <c>ref</c> parameters do not name the same variable.</summary>
    /// <exception cref="ArgumentException">They do; the message names both.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Distinct<T>(ref readonly T variable, ref readonly T other, string name, string otherName)
    {
        if (Unsafe.AreSame(in variable, in other))
        {
            ThrowOverlap(name, otherName);
        }
    }

    /// <summary>The gradient of a model has the model's shape, and is not the model itself.</summary>
    /// <exception cref="ArgumentException">A leaf has another shape, or is memory of the model; the message names the leaf or <paramref name="accumulator"/>.</exception>
    public static void SameLeaves<T>(T gradient, T model, string accumulator)
        where T : class, IDifferentiable<T>
    {
        ArgumentNullException.ThrowIfNull(gradient, accumulator);
        var apart = new ApartVisitor();
        try
        {
            gradient.VisitLeaves(model, ref apart);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException(e.Message, accumulator, e);
        }

        if (apart.Overlaps)
        {
            throw new ArgumentException("The gradient shares memory with the model: make it with ZerosLike().", accumulator);
        }
    }

    private ref struct ApartVisitor : ILeafPairVisitor
    {
        public bool Overlaps { get; private set; }

        public void Visit<T>(Span<T> values, Span<T> other)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
            => Overlaps |= values.Overlaps(other);
    }

    /// <summary>A variable that a method is handed is not part of memory that it is handed too.</summary>
    /// <exception cref="ArgumentException">It is; the message names both.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Outside<T, TElement>(ref readonly T variable, ReadOnlySpan<TElement> memory, string name, string otherName)
    {
        nint offset = Unsafe.ByteOffset(ref Unsafe.As<TElement, byte>(ref MemoryMarshal.GetReference(memory)), ref Unsafe.As<T, byte>(ref Unsafe.AsRef(in variable)));
        if (offset > -Unsafe.SizeOf<T>() && offset < (nint)memory.Length * Unsafe.SizeOf<TElement>())
        {
            ThrowOverlap(name, otherName);
        }
    }

    [DoesNotReturn]
    private static void ThrowLength(int actual, int expected, string accumulator)
        => throw new ArgumentException($"The accumulator has {actual} elements, its parameter has {expected}.", accumulator);

    /// <summary>Says that a method which returns one of its arguments cannot be called from a differentiable method: two names would have two cotangents.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    [DoesNotReturn]
    public static void NewResult(string method)
        => throw new NotSupportedException($"'{method}' returns an array that it was given, so its cotangent would have two places. Let it return a new array, or nothing.");

    [DoesNotReturn]
    private static void ThrowWritten(string parameter, string method)
        => throw new NotSupportedException($"What '{method}' was given as '{parameter}' is written by a method called after it, and its pullback needs it as it was. Let that method take a span or a ReadOnlySpan, or return what it computes.");

    [DoesNotReturn]
    private static void ThrowOverlap(string name, string otherName)
        => throw new ArgumentException($"'{name}' overlaps '{otherName}', and the method writes one of them: their cotangents could not be told apart.", name);
}
