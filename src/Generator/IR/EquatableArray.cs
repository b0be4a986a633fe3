using System.Collections;

namespace Backprop.Generator.IR;

/// <summary>An immutable list that is equal to another when their elements are: what lets the generator's steps be cached.</summary>
internal readonly struct EquatableArray<T> : IReadOnlyList<T>, ICollection<T>, IEquatable<EquatableArray<T>>
    where T : IEquatable<T>
{
    private readonly T[]? items;

    /// <param name="items">Nobody else writes it.</param>
    internal EquatableArray(T[] items) => this.items = items.Length == 0 ? null : items;

    public static EquatableArray<T> Empty => default;

    public int Count => items?.Length ?? 0;

    bool ICollection<T>.IsReadOnly => true;

    public T this[int index] => items![index];

    /// <summary>Whether it is the very same list.</summary>
    public bool IsSame(EquatableArray<T> other) => ReferenceEquals(items, other.items);

    public bool Equals(EquatableArray<T> other)
    {
        if (IsSame(other))
        {
            return true;
        }

        if (Count != other.Count)
        {
            return false;
        }

        for (int i = 0; i < Count; i++)
        {
            if (!this[i].Equals(other[i]))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    public override int GetHashCode()
    {
        int hash = 17;
        for (int i = 0; i < Count; i++)
        {
            hash = unchecked((hash * 31) + this[i].GetHashCode());
        }

        return hash;
    }

    public Enumerator GetEnumerator() => new(items);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)(items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => (items ?? []).GetEnumerator();

    bool ICollection<T>.Contains(T item) => Array.IndexOf(items ?? [], item) >= 0;

    void ICollection<T>.CopyTo(T[] array, int arrayIndex) => items?.CopyTo(array, arrayIndex);

    void ICollection<T>.Add(T item) => throw new NotSupportedException();

    void ICollection<T>.Clear() => throw new NotSupportedException();

    bool ICollection<T>.Remove(T item) => throw new NotSupportedException();

    /// <summary>Costs no memory.</summary>
    public struct Enumerator(T[]? items)
    {
        private readonly T[]? items = items;
        private int index = -1;

        public readonly T Current => items![index];

        public bool MoveNext() => items is not null && ++index < items.Length;
    }
}

internal static class EquatableArray
{
    public static EquatableArray<T> ToEquatable<T>(this IEnumerable<T> items)
        where T : IEquatable<T> => items is EquatableArray<T> same ? same : new(items.ToArray());

    /// <param name="items">Nobody writes it any more.</param>
    public static EquatableArray<T> Of<T>(params T[] items)
        where T : IEquatable<T> => new(items);

    /// <summary>What becomes of each element; the very same list where each stays the object that it is.</summary>
    public static EquatableArray<T> Map<T>(this EquatableArray<T> list, Func<T, T> map)
        where T : class, IEquatable<T>
    {
        T[]? mapped = null;
        for (int i = 0; i < list.Count; i++)
        {
            T item = map(list[i]);
            if (mapped is null && !ReferenceEquals(item, list[i]))
            {
                mapped = new T[list.Count];
                for (int j = 0; j < i; j++)
                {
                    mapped[j] = list[j];
                }
            }

            if (mapped is not null)
            {
                mapped[i] = item;
            }
        }

        return mapped is null ? list : new(mapped);
    }

    /// <summary>The elements for which it holds; the very same list where it holds for all.</summary>
    public static EquatableArray<T> Keep<T>(this EquatableArray<T> list, Func<T, bool> holds)
        where T : class, IEquatable<T>
    {
        List<T> kept = new(list.Count);
        foreach (T item in list)
        {
            if (holds(item))
            {
                kept.Add(item);
            }
        }

        return kept.Count == list.Count ? list : kept.ToEquatable();
    }

    /// <summary>The very same list where these are its elements.</summary>
    public static EquatableArray<T> With<T>(this EquatableArray<T> list, List<T> items)
        where T : class, IEquatable<T>
    {
        bool isSame = items.Count == list.Count;
        for (int i = 0; isSame && i < items.Count; i++)
        {
            isSame = ReferenceEquals(items[i], list[i]);
        }

        return isSame ? list : items.ToEquatable();
    }
}
