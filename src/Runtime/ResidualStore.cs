using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop;

/// <summary>
/// Memory for the values that a backward pass keeps, and for the local arrays of the primal: one store a thread, kept between calls, handed
/// out and taken back in stack order. Emitted code opens a frame, rents spans, and closes the frame also when an exception passes through.
/// </summary>
public sealed class ResidualStore
{
    private const int SmallestChunk = 1 << 16;
    private const int Alignment = 64;

    [ThreadStatic]
    private static ResidualStore? current;

    private readonly List<byte[]> chunks = [];
    private int chunk;
    private int used;

    private ResidualStore()
    {
    }

    /// <summary>Opens a frame on this thread's store. Dispose it to give back everything rented since.</summary>
    public static Frame Open() => new(current ??= new ResidualStore());

    private Span<byte> Take(int bytes)
    {
        while (chunk < chunks.Count)
        {
            byte[] storage = chunks[chunk];
            int start = Align(storage, used);
            if (start + (long)bytes <= storage.Length)
            {
                used = start + bytes;
                return storage.AsSpan(start, bytes);
            }

            chunk++;
            used = 0;
        }

        long size = Math.Max(SmallestChunk, chunks.Count == 0 ? 0 : 2L * chunks[^1].Length);
        size = Math.Min(Math.Max(size, bytes + (long)Alignment), Array.MaxLength);
        chunks.Add(GC.AllocateUninitializedArray<byte>(checked((int)size), pinned: true));
        return Take(bytes);
    }

    private static unsafe int Align(byte[] storage, int offset)
    {
        // Chunks are pinned, so an aligned address stays aligned.
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(storage)) + (nuint)offset;
        return offset + (int)((Alignment - (address % Alignment)) % Alignment);
    }

    /// <summary>What was rented since <see cref="Open"/>.</summary>
    public readonly ref struct Frame
    {
        private readonly ResidualStore store;
        private readonly int chunk;
        private readonly int used;

        internal Frame(ResidualStore store)
        {
            this.store = store;
            chunk = store.chunk;
            used = store.used;
        }

        /// <summary>Storage for <paramref name="length"/> elements, with whatever was in it.</summary>
        /// <exception cref="OverflowException"><paramref name="length"/> is negative or the storage would exceed 2 GB.</exception>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public Span<T> Rent<T>(int length)
            where T : unmanaged
        {
            if (length < 0)
            {
                throw new OverflowException("The length of an array must not be negative.");
            }

            return MemoryMarshal.Cast<byte, T>(store.Take(checked(length * Unsafe.SizeOf<T>())));
        }

        /// <summary>Zeroed storage for <paramref name="length"/> elements: what <c>new T[length]</c> gives the primal.</summary>
        /// <exception cref="OverflowException"><paramref name="length"/> is negative or the storage would exceed 2 GB.</exception>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public Span<T> RentZeroed<T>(int length)
            where T : unmanaged
        {
            Span<T> storage = Rent<T>(length);
            storage.Clear();
            return storage;
        }

        /// <summary>A zeroed grid: what <c>new T[rows, columns]</c> gives the primal.</summary>
        /// <exception cref="OverflowException">An extent is negative or the storage would exceed 2 GB.</exception>
        public Grid<T> RentGrid<T>(int rows, int columns)
            where T : unmanaged => new(RentZeroed<T>(Grid.Cells(rows, columns)), rows, columns);

        /// <summary>Twice the storage, beginning with what <paramref name="full"/> holds.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public Span<T> Grow<T>(ReadOnlySpan<T> full)
            where T : unmanaged
        {
            Span<T> larger = Rent<T>(checked(Math.Max(full.Length, 32) * 2));
            full.CopyTo(larger);
            return larger;
        }

        /// <summary>Gives back what was rented in this frame.</summary>
        public void Dispose()
        {
            store.chunk = chunk;
            store.used = used;
        }
    }
}
