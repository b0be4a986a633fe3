using System.Runtime.InteropServices;

namespace Backprop;

/// <summary>One named array of a checkpoint: row-major numbers, little-endian as on disk.</summary>
public sealed class CheckpointTensor
{
    private readonly long[] shape;

    internal CheckpointTensor(TensorType type, long[] shape, ReadOnlyMemory<byte> data)
    {
        Type = type;
        this.shape = shape;
        Data = data;
    }

    /// <summary>Type of the elements.</summary>
    public TensorType Type { get; }

    /// <summary>Extent of each dimension; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape => shape;

    /// <summary>The elements' bytes.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The elements, row-major.</summary>
    /// <typeparam name="T">The C# type of <see cref="Type"/>.</typeparam>
    /// <exception cref="CheckpointException">The elements are of another type.</exception>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged
    {
        if (TensorTypes.Element(Type) != typeof(T))
            throw new CheckpointException($"The elements are {TensorTypes.Name(Type)}, not {typeof(T).Name}.");
        return MemoryMarshal.Cast<byte, T>(Data.Span);
    }

    /// <summary>Shows the numbers as state. Only for tensors that nobody else holds: the visitor may overwrite them.</summary>
    internal void VisitState(string name, IStateVisitor visitor)
    {
        int[] extents = [.. shape.Select(static extent => (int)extent)];
        Span<byte> bytes = MemoryMarshal.AsMemory(Data).Span;
        if (Type == TensorType.Float32)
            visitor.VisitLeaf(name, extents, MemoryMarshal.Cast<byte, float>(bytes));
        else
            visitor.VisitLeaf(name, extents, MemoryMarshal.Cast<byte, double>(bytes));
    }

    internal string Describe() => $"{TensorTypes.Name(Type)}[{string.Join(", ", shape)}]";

    internal bool Matches(LeafInfo leaf)
    {
        if (TensorTypes.Element(Type) != leaf.ElementType || shape.Length != leaf.Shape.Count)
            return false;
        for (int i = 0; i < shape.Length; i++)
        {
            if (shape[i] != leaf.Shape[i])
                return false;
        }

        return true;
    }
}
