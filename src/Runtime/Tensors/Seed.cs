using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Backprop.Tensors;

/// <summary>The cotangent that comes in: of a destination, taken away because the call overwrote it, or of a scalar result.</summary>
internal readonly ref struct Seed<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly ref T first;
    private readonly Vector512<T> repeated;

    internal Seed(Span<T> cotangents) => first = ref MemoryMarshal.GetReference(cotangents);

    internal Seed(T cotangent)
    {
        first = ref Unsafe.NullRef<T>();
        repeated = Vector512.Create(cotangent);
    }

    /// <summary>Takes the elements and leaves zeros, before anything is added to an accumulator that may be the same memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector512<T> Take(int index, int count)
    {
        if (Unsafe.IsNullRef(ref first))
        {
            return repeated;
        }

        Vector512<T> taken = Block.Load(ref first, index, count);
        Block.Store(Vector512<T>.Zero, ref first, index, count);
        return taken;
    }
}
