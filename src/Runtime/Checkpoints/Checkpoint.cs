using System.Runtime.InteropServices;

namespace Backprop;

/// <summary>Saved training state in memory: named tensors and named text, the content of one safetensors file.</summary>
/// <remarks>Leaves of the model bear their paths (<c>Layers[1].W</c>). All other names start with a section and a slash
/// (<c>optimizer/momentum/Layers[1].W</c>), which no path contains, so that other tools can read the model alone.</remarks>
public sealed class Checkpoint
{
    private readonly Dictionary<string, CheckpointTensor> tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);

    /// <summary>Creates an empty checkpoint.</summary>
    public Checkpoint() => Root = new CheckpointSection(this, "");

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, CheckpointTensor> Tensors => tensors;

    /// <summary>The text by name: the <c>__metadata__</c> of the file.</summary>
    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>The section without prefix, where the model's leaves are.</summary>
    public CheckpointSection Root { get; }

    /// <summary>The names that start with <paramref name="name"/> and a slash.</summary>
    /// <param name="name">Name of the section, such as <c>optimizer</c>.</param>
    public CheckpointSection Section(string name) => Root.Section(name);

    /// <summary>Whether it was read from a file whose content was compared with its check.</summary>
    internal bool IsChecked { get; set; }

    internal void Add<T>(string name, ReadOnlySpan<T> values, ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        long[] extents = new long[shape.Length];
        long length = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            extents[i] = shape[i];
            length *= shape[i];
        }

        if (length != values.Length)
            throw new ArgumentException($"{name}: the shape has {length} elements, the values are {values.Length}.", nameof(shape));
        byte[] data = MemoryMarshal.AsBytes(values).ToArray();
        Add(name, new CheckpointTensor(TensorTypes.Of(typeof(T)), extents, data));
    }

    internal void Add(string name, CheckpointTensor tensor)
    {
        if (name == Safetensors.MetadataKey || !tensors.TryAdd(name, tensor))
            throw new ArgumentException($"The checkpoint already has '{name}'.", nameof(name));
    }

    internal bool TryAdd(string name, CheckpointTensor tensor) => tensors.TryAdd(name, tensor);

    internal bool TryAddText(string name, string text) => metadata.TryAdd(name, text);

    internal void SetText(string name, string text) => metadata[name] = text;
}
