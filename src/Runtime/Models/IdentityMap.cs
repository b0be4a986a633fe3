using System.Runtime.CompilerServices;

namespace Backprop;

/// <summary>A map from objects to objects by identity. Few entries are compared one by one, many are hashed; clearing keeps the storage.</summary>
internal sealed class IdentityMap
{
    private const int Few = 8;

    private (object Key, object Value)[] entries = new (object, object)[Few];
    private int[] buckets = []; // One more than the number of an entry; 0 where there is none.
    private int count;

    public int Count => count;

    /// <summary>The value of a key, or null.</summary>
    public object? Find(object key) => IndexOf(key) is var entry && entry < 0 ? null : entries[entry].Value;

    /// <summary>How many keys were added before a key; -1 where it is not there.</summary>
    public int IndexOf(object key)
    {
        if (count > Few)
        {
            return buckets[BucketOf(key)] - 1;
        }

        for (int entry = 0; entry < count; entry++)
        {
            if (ReferenceEquals(entries[entry].Key, key))
            {
                return entry;
            }
        }

        return -1;
    }

    /// <summary>Adds a key that is not there.</summary>
    public void Add(object key, object value)
    {
        if (count == entries.Length)
        {
            Array.Resize(ref entries, 2 * count);
        }

        entries[count++] = (key, value);
        if (count > Few && (count == Few + 1 || 4 * count > buckets.Length))
        {
            Rehash();
        }
        else if (count > Few)
        {
            buckets[BucketOf(key)] = count;
        }
    }

    public void Clear()
    {
        entries.AsSpan(0, count).Clear();
        if (count > Few)
        {
            buckets.AsSpan().Clear();
        }

        count = 0;
    }

    private void Rehash()
    {
        if (4 * count > buckets.Length)
        {
            buckets = new int[8 * entries.Length];
        }

        for (int entry = 0; entry < count; entry++)
        {
            buckets[BucketOf(entries[entry].Key)] = entry + 1;
        }
    }

    /// <summary>Where the key is, or where it would go.</summary>
    private int BucketOf(object key)
    {
        // The number of buckets is a power of two.
        int mask = buckets.Length - 1;
        int bucket = RuntimeHelpers.GetHashCode(key) & mask;
        while (buckets[bucket] is var entry && entry != 0 && !ReferenceEquals(entries[entry - 1].Key, key))
        {
            bucket = (bucket + 1) & mask;
        }

        return bucket;
    }
}
