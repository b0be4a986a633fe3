using System.Runtime.CompilerServices;

namespace Backprop.Tensors;

/// <summary>A few elements on the stack, of a type that need not be known to be unmanaged.</summary>
[InlineArray(Length)]
internal struct Chunk<T>
{
    internal const int Length = 64;

    private T first;
}
