using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop;

/// <summary>A rectangle over storage, row by row: what a local <c>new T[rows, columns]</c> becomes in an emitted method.</summary>
public readonly ref struct Grid<T>
{
    private readonly Span<T> cells;
    private readonly int rows;
    private readonly int columns;

    /// <summary>A grid over the first <paramref name="rows"/> × <paramref name="columns"/> elements of <paramref name="storage"/>.</summary>
    /// <exception cref="OverflowException">An extent is negative, or there are more elements than an <see cref="int"/> counts.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="storage"/> is too short.</exception>
    public Grid(Span<T> storage, int rows, int columns)
    {
        cells = storage[..Grid.Cells(rows, columns)];
        this.rows = rows;
        this.columns = columns;
    }

    internal Span<T> Storage => cells;

    internal int Rows => rows;

    internal int Columns => columns;

    /// <summary>The number of elements.</summary>
    public int Length => cells.Length;

    /// <summary>An element.</summary>
    /// <exception cref="IndexOutOfRangeException">An index is outside of its own dimension, as for an array.</exception>
    public ref T this[int row, int column]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)row >= (uint)rows || (uint)column >= (uint)columns)
            {
                Grid.ThrowIndex();
            }

            return ref Unsafe.Add(ref MemoryMarshal.GetReference(cells), (row * columns) + column);
        }
    }

    /// <summary>A row: what a local array of arrays has for one of its arrays.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such row.</exception>
    public Span<T> this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)row >= (uint)rows)
            {
                Grid.ThrowIndex();
            }

            return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetReference(cells), row * columns), columns);
        }
    }

    /// <summary>The number of rows (dimension 0) or columns (dimension 1).</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such dimension.</exception>
    public int GetLength(int dimension) => dimension switch
    {
        0 => rows,
        1 => columns,
        _ => throw new IndexOutOfRangeException(),
    };

    /// <summary>Sets every element to its default.</summary>
    public void Clear() => cells.Clear();

    /// <summary>Sets every element to <paramref name="value"/>.</summary>
    public void Fill(T value) => cells.Fill(value);
}

/// <summary>What does not depend on the type of a grid's elements.</summary>
public static class Grid
{
    /// <summary>The number of elements of a grid.</summary>
    /// <exception cref="OverflowException">An extent is negative, or the number exceeds an <see cref="int"/>.</exception>
    public static int Cells(int rows, int columns)
    {
        if ((rows | columns) < 0)
        {
            throw new OverflowException("The extents of an array must not be negative.");
        }

        return checked(rows * columns);
    }

    /// <summary>The length of each of <paramref name="rows"/> arrays that a loop makes: without rows it never asks for it.</summary>
    public static int Columns(int rows, int columns) => rows == 0 ? 0 : columns;

    /// <summary>How many elements there are with one more array of <paramref name="length"/>, after <paramref name="before"/> elements of other arrays.</summary>
    /// <exception cref="OverflowException"><paramref name="length"/> is negative, or the number exceeds an <see cref="int"/>.</exception>
    public static int With(int before, int length)
    {
        if (length < 0)
        {
            throw new OverflowException("The length of an array must not be negative.");
        }

        return checked(before + length);
    }

    internal static void ThrowIndex() => throw new IndexOutOfRangeException();
}
