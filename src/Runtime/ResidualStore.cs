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
    private readonly List<Pool> pools = [];

    // What was rented of values that hold references, last one last: what to give back when a frame closes.
    private readonly List<Pool> rented = [];
    private int chunk;
    private int used;

    private ResidualStore()
    {
    }

    private static ResidualStore Current => current ??= new ResidualStore();

    /// <summary>Opens a frame on this thread's store. Dispose it to give back everything rented since.</summary>
    public static Frame Open() => new(Current);

    /// <summary>The same where a method that is called here keeps memory; else a frame of nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Frame OpenIf(bool keepsMemory) => keepsMemory ? new(Current) : default;

    /// <summary>
    /// What a method keeps for a caller: in the caller's store, whose frame is open and will give it back; without one, in a store of its own,
    /// which lives as long as what was kept in it.
    /// </summary>
    public static Frame Within(ResidualStore? store) => new(store ?? new ResidualStore());

    private Span<T> Take<T>(int length)
    {
        if (length < 0)
        {
            throw new OverflowException("The length of an array must not be negative.");
        }

        return RuntimeHelpers.IsReferenceOrContainsReferences<T>()
            ? PoolOf<T>().Take(length)
            : MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetReference(TakeBytes(checked(length * Unsafe.SizeOf<T>())))), length);
    }

    private Pool<T> PoolOf<T>()
    {
        Pool<T>? pool = null;
        foreach (Pool candidate in pools)
        {
            pool ??= candidate as Pool<T>;
        }

        if (pool is null)
        {
            pools.Add(pool = new Pool<T>());
        }

        rented.Add(pool);
        return pool;
    }

    private Span<byte> TakeBytes(int bytes)
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

        long size = Math.Max(this == current ? SmallestChunk : Alignment, chunks.Count == 0 ? 0 : 2L * chunks[^1].Length);
        size = Math.Min(Math.Max(size, bytes + (long)Alignment), Array.MaxLength);
        chunks.Add(GC.AllocateUninitializedArray<byte>(checked((int)size), pinned: true));
        return TakeBytes(bytes);
    }

    private static unsafe int Align(byte[] storage, int offset)
    {
        // Chunks are pinned, so an aligned address stays aligned.
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(storage)) + (nuint)offset;
        return offset + (int)((Alignment - (address % Alignment)) % Alignment);
    }

    private ResidualMemory Find<T>(ReadOnlySpan<T> kept)
        => TryFind(kept, out ResidualMemory found) ? found : throw new InvalidOperationException("Only memory of this store can be kept.");

    private bool TryFind<T>(ReadOnlySpan<T> kept, out ResidualMemory found)
    {
        found = default;
        if (kept.IsEmpty)
        {
            return true;
        }

        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            return pools.Find(static pool => pool is Pool<T>) is Pool<T> own && own.TryFind(kept, out found);
        }

        ref byte first = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(kept));
        foreach (byte[] storage in chunks)
        {
            nint offset = Unsafe.ByteOffset(ref MemoryMarshal.GetArrayDataReference(storage), ref first);
            if (offset >= 0 && offset < storage.Length)
            {
                found = new ResidualMemory(storage, offset, kept.Length);
                return true;
            }
        }

        return false;
    }

    /// <summary>What was rented since <see cref="Open"/>.</summary>
    public readonly ref struct Frame
    {
        private readonly ResidualStore store;
        private readonly int chunk;
        private readonly int used;
        private readonly int rented;

        internal Frame(ResidualStore store)
        {
            this.store = store;
            chunk = store.chunk;
            used = store.used;
            rented = store.rented.Count;
        }

        /// <summary>For the methods that are called here: where they keep what their pullbacks need.</summary>
        public ResidualStore? Store => store;

        /// <summary>Storage for <paramref name="length"/> elements, with whatever was in it.</summary>
        /// <exception cref="OverflowException"><paramref name="length"/> is negative or the storage would exceed 2 GB.</exception>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public Span<T> Rent<T>(int length) => store.Take<T>(length);

        /// <summary>Zeroed storage for <paramref name="length"/> elements: what <c>new T[length]</c> gives the primal.</summary>
        /// <exception cref="OverflowException"><paramref name="length"/> is negative or the storage would exceed 2 GB.</exception>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public Span<T> RentZeroed<T>(int length)
        {
            Span<T> storage = Rent<T>(length);
            storage.Clear();
            return storage;
        }

        /// <summary>A zeroed grid: what <c>new T[rows, columns]</c> gives the primal.</summary>
        /// <exception cref="OverflowException">An extent is negative or the storage would exceed 2 GB.</exception>
        public Grid<T> RentGrid<T>(int rows, int columns) => new(RentZeroed<T>(Grid.Cells(rows, columns)), rows, columns);

        /// <summary>Twice the storage, beginning with what <paramref name="full"/> holds.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public Span<T> Grow<T>(ReadOnlySpan<T> full)
        {
            Span<T> larger = Rent<T>(checked(Math.Max(full.Length, 32) * 2));
            full.CopyTo(larger);
            return larger;
        }

        /// <summary>Names rented storage, so that it can be found again while the frame is open.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public ResidualMemory Keep<T>(ReadOnlySpan<T> rented) => store.Find(rented);

        /// <summary>Names a rented grid, so that it can be found again while the frame is open.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public ResidualMemory Keep<T>(Grid<T> rented) => store.Find<T>(rented.Storage).WithShape(rented.Rows, rented.Columns);

        /// <summary>Keeps a value.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public ResidualMemory KeepValue<T>(in T value)
        {
            Span<T> storage = Rent<T>(1);
            storage[0] = value;
            return store.Find<T>(storage);
        }

        /// <summary>Keeps what <paramref name="memory"/> holds now.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public ResidualMemory KeepCopy<T>(ReadOnlySpan<T> memory)
        {
            Span<T> storage = Rent<T>(memory.Length);
            memory.CopyTo(storage);
            return store.Find<T>(storage);
        }

        /// <summary>Names storage that was rented, or keeps what other memory holds now.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public ResidualMemory KeepOrCopy<T>(ReadOnlySpan<T> memory) => store.TryFind(memory, out ResidualMemory found) ? found : KeepCopy(memory);

        /// <summary>Gives back what was rented in this frame.</summary>
        public void Dispose()
        {
            if (store is null)
            {
                return;
            }

            store.chunk = chunk;
            store.used = used;
            for (int i = store.rented.Count - 1; i >= rented; i--)
            {
                store.rented[i].GiveBack();
            }

            store.rented.RemoveRange(rented, store.rented.Count - rented);
        }
    }

    /// <summary>Values of one type that hold references.</summary>
    private abstract class Pool
    {
        /// <summary>Takes back what was rented last, and forgets what it referred to.</summary>
        public abstract void GiveBack();
    }

    private sealed class Pool<T> : Pool
    {
        private const int SmallestChunk = 32;

        private readonly List<T[]> chunks = [];
        private readonly Stack<(int Chunk, int Used)> before = [];
        private int chunk;
        private int used;

        public Span<T> Take(int length)
        {
            before.Push((chunk, used));
            while (chunk < chunks.Count && used + (long)length > chunks[chunk].Length)
            {
                chunk++;
                used = 0;
            }

            if (chunk == chunks.Count)
            {
                chunks.Add(new T[Math.Max(length, chunks.Count == 0 ? SmallestChunk : (int)Math.Min(2L * chunks[^1].Length, Array.MaxLength))]);
                used = 0;
            }

            Span<T> taken = chunks[chunk].AsSpan(used, length);
            used += length;
            return taken;
        }

        public bool TryFind(ReadOnlySpan<T> kept, out ResidualMemory found)
        {
            foreach (T[] storage in chunks)
            {
                nint offset = Unsafe.ByteOffset(ref MemoryMarshal.GetArrayDataReference(storage), ref MemoryMarshal.GetReference(kept));
                if (offset >= 0 && offset < (nint)storage.Length * Unsafe.SizeOf<T>())
                {
                    found = new ResidualMemory(storage, offset, kept.Length);
                    return true;
                }
            }

            found = default;
            return false;
        }

        public override void GiveBack()
        {
            (int Chunk, int Used) start = before.Pop();
            for (int i = chunk; i > start.Chunk; i--)
            {
                chunks[i].AsSpan(0, i == chunk ? used : chunks[i].Length).Clear();
            }

            int end = chunk == start.Chunk ? used : start.Chunk < chunks.Count ? chunks[start.Chunk].Length : 0;
            if (start.Chunk < chunks.Count)
            {
                chunks[start.Chunk].AsSpan(start.Used, end - start.Used).Clear();
            }

            (chunk, used) = start;
        }
    }
}
