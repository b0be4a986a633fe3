using System.Numerics;
using System.Runtime.InteropServices;

namespace Backprop;

/// <summary>A copy of the state of something <see cref="IStateful"/>, by name: what a file of saved state holds.</summary>
public sealed class StateSnapshot
{
    private readonly Dictionary<string, Leaf> leaves = [];
    private readonly Dictionary<string, long> counters = [];

    /// <summary>Name, shape and element type of every leaf, in the order in which they were added.</summary>
    public IEnumerable<LeafInfo> Leaves => leaves.Values.Select(static leaf => leaf.Info);

    /// <summary>The scalar counters, by name.</summary>
    public IReadOnlyDictionary<string, long> Counters => counters;

    /// <summary>Copies the state of <paramref name="source"/>.</summary>
    public static StateSnapshot Of(IStateful source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var snapshot = new StateSnapshot();
        source.VisitState(new Capture(snapshot));
        return snapshot;
    }

    /// <summary>Adds a copy of a leaf.</summary>
    /// <param name="name">Its unique name.</param>
    /// <param name="shape">Extent of each dimension.</param>
    /// <param name="values">The numbers, row-major.</param>
    /// <exception cref="ArgumentException">The name is taken, or the shape does not hold that many numbers.</exception>
    public void Add<T>(string name, IReadOnlyList<int> shape, ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var info = new LeafInfo(name, [.. shape], typeof(T));
        if (info.Length != values.Length)
            throw new ArgumentException($"'{name}' has shape {Leaf.Show(shape)} but {values.Length} numbers.", nameof(values));
        if (!leaves.TryAdd(name, new Leaf(info, MemoryMarshal.AsBytes(values).ToArray())))
            throw new ArgumentException($"Two leaves of state are called '{name}'.", nameof(name));
    }

    /// <summary>Adds a counter.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void AddCounter(string name, long value)
    {
        if (!counters.TryAdd(name, value))
            throw new ArgumentException($"Two counters are called '{name}'.", nameof(name));
    }

    /// <summary>The numbers of a leaf, row-major.</summary>
    /// <exception cref="KeyNotFoundException">There is no such leaf.</exception>
    /// <exception cref="ArgumentException">The leaf has another element type.</exception>
    public ReadOnlySpan<T> Values<T>(string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Leaf leaf = leaves[name];
        if (leaf.Info.ElementType != typeof(T))
            throw new ArgumentException($"'{name}' holds {leaf.Info.ElementType.Name}, not {typeof(T).Name}.", nameof(name));
        return MemoryMarshal.Cast<byte, T>(leaf.Bytes);
    }

    /// <summary>Overwrites the state of <paramref name="target"/> with this copy, bit for bit.</summary>
    /// <exception cref="StateMismatchException">The names or shapes differ; nothing has been overwritten.</exception>
    public void RestoreTo(IStateful target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var compare = new Compare(this);
        target.VisitState(compare);
        compare.ThrowIfDifferent();
        target.VisitState(new Restore(this));
    }

    private sealed record Leaf(LeafInfo Info, byte[] Bytes)
    {
        public static string Show(IEnumerable<int> shape) => $"[{string.Join(", ", shape)}]";
    }

    private sealed class Capture(StateSnapshot snapshot) : IStateVisitor
    {
        public void VisitLeaf<T>(string name, IReadOnlyList<int> shape, Span<T> values)
            where T : unmanaged, IFloatingPointIeee754<T> => snapshot.Add<T>(name, shape, values);

        public void VisitCounter(string name, ref long value) => snapshot.AddCounter(name, value);
    }

    private sealed class Restore(StateSnapshot snapshot) : IStateVisitor
    {
        public void VisitLeaf<T>(string name, IReadOnlyList<int> shape, Span<T> values)
            where T : unmanaged, IFloatingPointIeee754<T> => snapshot.Values<T>(name).CopyTo(values);

        public void VisitCounter(string name, ref long value) => value = snapshot.counters[name];
    }

    private sealed class Compare(StateSnapshot snapshot) : IStateVisitor
    {
        private readonly HashSet<string> seen = [];
        private readonly List<string> missing = [], misshaped = [];

        public void VisitLeaf<T>(string name, IReadOnlyList<int> shape, Span<T> values)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            seen.Add(name);
            if (!snapshot.leaves.TryGetValue(name, out Leaf? saved))
                missing.Add(name);
            else if (saved.Info.ElementType != typeof(T) || !saved.Info.Shape.SequenceEqual(shape))
                misshaped.Add($"{name} (saved {saved.Info.ElementType.Name}{Leaf.Show(saved.Info.Shape)}, wanted {typeof(T).Name}{Leaf.Show(shape)})");
        }

        public void VisitCounter(string name, ref long value)
        {
            seen.Add(name);
            if (!snapshot.counters.ContainsKey(name)) missing.Add(name);
        }

        public void ThrowIfDifferent()
        {
            string[] unexpected = [.. snapshot.leaves.Keys.Concat(snapshot.counters.Keys).Except(seen)];
            if (missing.Count + misshaped.Count + unexpected.Length > 0)
                throw new StateMismatchException(missing, unexpected, misshaped);
        }
    }
}
