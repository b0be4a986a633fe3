namespace Backprop;

/// <summary>The columns of a file of comma-separated values.</summary>
internal sealed class CsvColumns
{
    private readonly Dictionary<string, int> indices = new(StringComparer.Ordinal);

    /// <exception cref="FormatException">Two columns have one name.</exception>
    public CsvColumns(string[]? names, int count)
    {
        Count = count;
        foreach (string name in names ?? [])
        {
            if (!indices.TryAdd(name, indices.Count))
                throw new FormatException($"Two columns are called '{name}'.");
        }
    }

    public int Count { get; }

    public int IndexOf(string name) => indices.TryGetValue(name, out int index)
        ? index
        : throw new ArgumentException($"There is no column '{name}'. The columns: {string.Join(", ", indices.Keys)}.", nameof(name));
}
