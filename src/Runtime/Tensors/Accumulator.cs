using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Backprop.Tensors;

/// <summary>Where the cotangents of an operand are added: to the elements of a span, or all of them to one scalar; the default one takes none.</summary>
internal ref struct Accumulator<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly ref T target;
    private readonly bool isScalar;
    private Vector512<T> sum;

    internal Accumulator(Span<T> targets) => target = ref MemoryMarshal.GetReference(targets);

    internal Accumulator(ref T scalar)
    {
        target = ref scalar;
        isScalar = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(Vector512<T> cotangents, int index, int count)
    {
        if (isScalar)
        {
            sum += Block.First(cotangents, count);
        }
        else if (!Unsafe.IsNullRef(ref target))
        {
            Block.Store(Block.Load(ref target, index, count) + cotangents, ref target, index, count);
        }
    }

    /// <summary>After the last element: a scalar gets its sum.</summary>
    internal readonly void Finish()
    {
        if (isScalar)
        {
            target += Vector512.Sum(sum);
        }
    }
}
