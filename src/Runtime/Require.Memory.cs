using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop;

/// <summary>No two arguments share memory of which the method writes one's: to the method they are two, and so are their cotangents.</summary>
public static partial class Require
{
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

    /// <summary>Two objects, or two arrays, are not the same one.</summary>
    /// <exception cref="ArgumentException">They are; the message names both.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void NotSame(object? one, object? other, string name, string otherName)
    {
        if (ReferenceEquals(one, other) && one is not null and not Array { Length: 0 })
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

    /// <summary>Two things that are reached through references have nothing in common.</summary>
    /// <exception cref="ArgumentException">They have; the message names both.</exception>
    public static void Apart<TOne, TOther>(TOne one, TOther other, string name, string otherName)
        where TOne : IReachable, allows ref struct
        where TOther : IReachable, allows ref struct
    {
        var any = new NothingVisitor();
        LeafWalk walk = LeafWalk.Start();
        bool hasMet;
        try
        {
            one.Show(walk, ref any);
            walk.Mark();
            other.Show(walk, ref any);
            hasMet = walk.HasMetOther;
        }
        finally
        {
            walk.HandBack();
        }

        if (hasMet)
        {
            ThrowOverlap(name, otherName);
        }
    }

    /// <summary>Memory is not part of what is reached through references.</summary>
    /// <exception cref="ArgumentException">It is; the message names both.</exception>
    public static void Apart<T, TOther>(ReachableMemory<T> memory, TOther other, string name, string otherName)
        where TOther : IReachable, allows ref struct
    {
        var visitor = new OverlapVisitor(memory.Bytes);
        LeafWalk walk = LeafWalk.Start();
        try
        {
            other.Show(walk, ref visitor);
        }
        finally
        {
            walk.HandBack();
        }

        if (visitor.Overlaps)
        {
            ThrowOverlap(name, otherName);
        }
    }

    /// <inheritdoc cref="Apart{T, TOther}(ReachableMemory{T}, TOther, string, string)"/>
    public static void Apart<TOther, T>(TOther other, ReachableMemory<T> memory, string otherName, string name)
        where TOther : IReachable, allows ref struct => Apart(memory, other, otherName, name);

    private readonly struct NothingVisitor : ILeafPairVisitor
    {
        public void Visit<T>(Span<T> values, Span<T> other)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
        }
    }

    private ref struct OverlapVisitor(ReadOnlySpan<byte> memory) : ILeafPairVisitor
    {
        private readonly ReadOnlySpan<byte> memory = memory;

        public bool Overlaps { get; private set; }

        public void Visit<T>(Span<T> values, Span<T> other)
            where T : unmanaged, IFloatingPointIeee754<T>
            => Overlaps |= memory.Overlaps(MemoryMarshal.AsBytes(values));
    }

    [DoesNotReturn]
    private static void ThrowOverlap(string name, string otherName)
        => throw new ArgumentException($"'{name}' overlaps '{otherName}', and the method writes one of them: their cotangents could not be told apart.", name);
}
