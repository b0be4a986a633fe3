using System.Text.Json;

namespace Backprop;

/// <summary>The JSON header of a safetensors file, read with nothing taken on trust.</summary>
internal sealed class SafetensorsHeader
{
    private readonly List<Entry> entries = [];
    private readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);

    private SafetensorsHeader()
    {
    }

    /// <summary>The tensors in the order of their data, which they cover without gap or overlap.</summary>
    public IReadOnlyList<Entry> Entries => entries;

    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>Where in the header the eight digits of the check stand, or -1.</summary>
    public int CheckOffset { get; private set; } = -1;

    /// <exception cref="CheckpointException">The header is malformed or does not describe that many bytes.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataLength)
    {
        var header = new SafetensorsHeader();
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
            header.Read(ref reader);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            // The reader reports bad UTF-8 and lone surrogates in strings as InvalidOperationException.
            throw new CheckpointException($"The header is not a safetensors header: {error.Message}", error);
        }

        header.CheckLayout(dataLength);
        return header;
    }

    private void Read(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        while (ReadName(ref reader) is { } name)
        {
            if (name == Safetensors.MetadataKey)
                ReadMetadata(ref reader);
            else
                entries.Add(ReadEntry(name, ref reader));
        }

        if (reader.Read())
            throw new JsonException("Text follows the header.");
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        while (ReadName(ref reader) is { } name)
        {
            Expect(ref reader, JsonTokenType.String);
            if (name == Safetensors.CheckKey && !reader.ValueIsEscaped && reader.ValueSpan.Length == Safetensors.CheckDigits)
                CheckOffset = (int)reader.TokenStartIndex + 1;
            if (!metadata.TryAdd(name, reader.GetString()!))
                throw new JsonException($"The metadata has '{name}' twice.");
        }
    }

    private static Entry ReadEntry(string name, ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        TensorType? type = null;
        long[]? shape = null, offsets = null;
        while (ReadName(ref reader) is { } property)
        {
            switch (property)
            {
                case "dtype":
                    Expect(ref reader, JsonTokenType.String);
                    type = TensorTypes.Parse(reader.GetString())
                        ?? throw new JsonException($"'{name}' has an element type that is not known.");
                    break;
                case "shape":
                    shape = ReadIntegers(ref reader);
                    break;
                case "data_offsets":
                    offsets = ReadIntegers(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (type is null || shape is null || offsets is not { Length: 2 })
            throw new JsonException($"'{name}' lacks dtype, shape or data_offsets.");
        return new Entry(name, type.Value, shape, offsets[0], offsets[1]);
    }

    private static long[] ReadIntegers(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        var values = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long value) || value < 0)
                throw new JsonException("A shape or offset is not a whole number from zero on.");
            values.Add(value);
        }

        return values.ToArray();
    }

    private static string? ReadName(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
            throw new JsonException("The header ends too early.");
        return reader.TokenType == JsonTokenType.EndObject ? null : reader.GetString();
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
            throw new JsonException($"Found {reader.TokenType} in place of {type} at byte {reader.TokenStartIndex}.");
    }

    private void CheckLayout(long dataLength)
    {
        entries.Sort(static (a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        long position = 0;
        foreach (Entry entry in entries)
        {
            if (entry.Begin != position || entry.End < entry.Begin || entry.End > dataLength)
                throw new CheckpointException($"The data of '{entry.Name}' leaves a gap, overlaps, or lies outside the file.");
            if (ByteCount(entry) != (UInt128)(entry.End - entry.Begin))
                throw new CheckpointException($"The data of '{entry.Name}' is not as long as its shape says.");
            position = entry.End;
        }

        if (position != dataLength)
            throw new CheckpointException($"The tensors cover {position} of {dataLength} data bytes.");
    }

    private static UInt128 ByteCount(Entry entry)
    {
        // No dimension may be multiplied after the product has left 64 bits, or 2^64 * 2^64 would come back as 0.
        UInt128 count = (UInt128)TensorTypes.Size(entry.Type);
        if (Array.IndexOf(entry.Shape, 0L) >= 0)
            return 0;
        foreach (long extent in entry.Shape)
        {
            count *= (UInt128)extent;
            if (count > long.MaxValue)
                return UInt128.MaxValue;
        }

        return count;
    }

    public sealed record Entry(string Name, TensorType Type, long[] Shape, long Begin, long End);
}
