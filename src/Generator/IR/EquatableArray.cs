using System.Collections;

namespace Backprop.Generator.IR;

/// <summary>An immutable list that is equal to another when their elements are: what lets the generator's steps be cached.</summary>
internal readonly struct EquatableArray<T> : IReadOnlyList<T>, IEquatable<EquatableArray<T>>
    where T : IEquatable<T>
{
    private readonly T[]? items;

    private EquatableArray(T[] items) => this.items = items;

    public static EquatableArray<T> Empty => default;

    public int Count => items?.Length ?? 0;

    public T this[int index] => items![index];

    public static EquatableArray<T> From(IEnumerable<T> items)
    {
        T[] array = items.ToArray();
        return array.Length == 0 ? Empty : new(array);
    }

    public bool Equals(EquatableArray<T> other)
    {
        if (ReferenceEquals(items, other.items))
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

    public IEnumerator<T> GetEnumerator() => (items ?? Enumerable.Empty<T>()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

internal static class EquatableArray
{
    public static EquatableArray<T> ToEquatable<T>(this IEnumerable<T> items)
        where T : IEquatable<T> => EquatableArray<T>.From(items);

    public static EquatableArray<T> Of<T>(params T[] items)
        where T : IEquatable<T> => EquatableArray<T>.From(items);
}
