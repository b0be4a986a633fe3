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
    private readonly int rows;
    private readonly int columns;

    /// <summary>A grid of <paramref name="rows"/> × <paramref name="columns"/> elements; a span is a grid of one column. Without elements there is no storage.</summary>
    internal ResidualMemory(Array? storage, nint offset, int rows, int columns = 1)
    {
        this.storage = storage;
        this.offset = offset;
        this.rows = rows;
        this.columns = columns;
    }

    internal ResidualMemory WithShape(int rows, int columns) => new(storage, offset, rows, columns);

    /// <summary>The storage. It must be asked for with the type of element with which it was kept.</summary>
    public Span<T> AsSpan<T>() => storage is null
        ? default
        : MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(storage), offset)), rows * columns);

    /// <summary>The storage as the grid that it was. It must be asked for with the type of element with which it was kept.</summary>
    public Grid<T> AsGrid<T>() => new(AsSpan<T>(), rows, columns);

    /// <summary>The one value that was kept.</summary>
    public ref readonly T Value<T>() => ref AsSpan<T>()[0];
}
