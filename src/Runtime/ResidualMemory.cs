using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop;

/// <summary>
/// Names storage that a method keeps for its pullback, where a span could not stand: in a field of its residuals. It is not generic, so that the
/// residuals of a method that calls itself can name others of their own type.
/// </summary>
public readonly struct ResidualMemory
{
    private readonly Array? storage;
    private readonly nint offset;
    private readonly int length;

    internal ResidualMemory(Array storage, nint offset, int length)
    {
        this.storage = storage;
        this.offset = offset;
        this.length = length;
    }

    /// <summary>The storage. It must be asked for with the type of element with which it was kept.</summary>
    public Span<T> AsSpan<T>() => storage is null
        ? default
        : MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(storage), offset)), length);

    /// <summary>The storage if something was kept, else <paramref name="other"/>.</summary>
    public Span<T> Or<T>(Span<T> other) => storage is null ? other : AsSpan<T>();

    /// <inheritdoc cref="Or"/>
    public ReadOnlySpan<T> OrRead<T>(ReadOnlySpan<T> other) => storage is null ? other : AsSpan<T>();

    /// <summary>The one value that was kept.</summary>
    public ref readonly T Value<T>() => ref AsSpan<T>()[0];
}
