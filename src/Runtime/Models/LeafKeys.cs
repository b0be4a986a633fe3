using System.Buffers;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>The keys of a dictionary in their order, whatever the order in which they were added; strings by ordinal. Allocates nothing
/// after the first use.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct LeafKeys<TKey>
    where TKey : notnull
{
    private readonly TKey[] rented;
    private readonly int count;

    internal LeafKeys(TKey[] rented, int count) => (this.rented, this.count) = (rented, count);

    /// <summary>For <c>foreach</c>.</summary>
    public Span<TKey>.Enumerator GetEnumerator() => rented.AsSpan(0, count).GetEnumerator();

    /// <summary>Gives the storage back.</summary>
    public void Dispose() => ArrayPool<TKey>.Shared.Return(rented, RuntimeHelpers.IsReferenceOrContainsReferences<TKey>());
}

/// <summary>Makes <see cref="LeafKeys{TKey}"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LeafKeys
{
    /// <summary>The keys of <paramref name="entries"/> in their order.</summary>
    public static LeafKeys<TKey> Of<TKey, TValue>(Dictionary<TKey, TValue> entries)
        where TKey : notnull
    {
        TKey[] rented = ArrayPool<TKey>.Shared.Rent(entries.Count);
        entries.Keys.CopyTo(rented, 0);
        if (rented is string[] texts)
        {
            texts.AsSpan(0, entries.Count).Sort(string.CompareOrdinal);
        }
        else
        {
            rented.AsSpan(0, entries.Count).Sort(static (a, b) => Comparer<TKey>.Default.Compare(a, b));
        }

        return new LeafKeys<TKey>(rented, entries.Count);
    }
}
