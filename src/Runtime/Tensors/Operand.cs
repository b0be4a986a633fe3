using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Backprop.Tensors;

/// <summary>A value that a pullback reads, element by element: a span, or a scalar that stands in every place.</summary>
internal readonly ref struct Operand<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly ref T first;
    private readonly Vector512<T> repeated;

    internal Operand(ReadOnlySpan<T> values) => first = ref MemoryMarshal.GetReference(values);

    internal Operand(T scalar)
    {
        first = ref Unsafe.NullRef<T>();
        repeated = Vector512.Create(scalar);
    }

    /// <summary>The <paramref name="count"/> elements from <paramref name="index"/> on, zeros after them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector512<T> Load(int index, int count) => Unsafe.IsNullRef(ref first) ? repeated : Block.Load(ref first, index, count);
}
