using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Backprop.Tensors;

/// <summary>Moves one vector's worth of elements, or the few that are left at the end of a span.</summary>
internal static class Block
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Load<T>(ref T source, int index, int count)
        => count == Vector512<T>.Count ? Vector512.LoadUnsafe(ref source, (nuint)index) : LoadRest(ref Unsafe.Add(ref source, index), count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store<T>(Vector512<T> values, ref T target, int index, int count)
    {
        if (count == Vector512<T>.Count)
        {
            values.StoreUnsafe(ref target, (nuint)index);
        }
        else
        {
            StoreRest(values, ref Unsafe.Add(ref target, index), count);
        }
    }

    /// <summary>The first elements, zeros in place of the others: what a rule makes of the zeros beyond the end is not a contribution.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> First<T>(Vector512<T> values, int count)
        => count == Vector512<T>.Count ? values : LoadRest(ref Unsafe.As<Vector512<T>, T>(ref values), count);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<T> LoadRest<T>(ref T source, int count)
    {
        Vector512<T> values = default;
        MemoryMarshal.CreateReadOnlySpan(ref source, count).CopyTo(Elements(ref values));
        return values;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StoreRest<T>(Vector512<T> values, ref T target, int count)
        => Elements(ref values)[..count].CopyTo(MemoryMarshal.CreateSpan(ref target, count));

    private static Span<T> Elements<T>(ref Vector512<T> values)
        => MemoryMarshal.CreateSpan(ref Unsafe.As<Vector512<T>, T>(ref values), Vector512<T>.Count);
}
