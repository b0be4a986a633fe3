using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Backprop;

/// <summary>Lays out a checkpoint as the byte runs of a safetensors file.</summary>
internal static class SafetensorsEncoder
{
    public static IReadOnlyList<ReadOnlyMemory<byte>> Encode(Checkpoint checkpoint)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Checkpoints hold little-endian numbers.");

        // Wider elements first keeps every tensor aligned to its element without gaps, which the format forbids.
        var tensors = checkpoint.Tensors.OrderByDescending(static pair => TensorTypes.Size(pair.Value.Type)).ToArray();
        byte[] header = Header(checkpoint.Metadata, tensors);
        var content = new List<ReadOnlyMemory<byte>> { header };
        content.AddRange(tensors.Where(static pair => pair.Value.Data.Length > 0).Select(static pair => pair.Value.Data));
        WriteCheck(header, content);
        return content;
    }

    private static byte[] Header(IReadOnlyDictionary<string, string> metadata, KeyValuePair<string, CheckpointTensor>[] tensors)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            WriteTensors(json, tensors);
            json.WriteEndObject();
        }

        // Spaces at the end bring the data to a multiple of eight bytes, as the format recommends.
        int length = (buffer.WrittenCount + 7) & ~7;
        byte[] header = new byte[sizeof(ulong) + length];
        header.AsSpan().Fill((byte)' ');
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)length);
        buffer.WrittenSpan.CopyTo(header.AsSpan(sizeof(ulong)));
        return header;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject(Safetensors.MetadataKey);
        json.WriteString(Safetensors.CheckKey, "00000000"u8);
        foreach (var (name, text) in metadata.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            if (name != Safetensors.CheckKey)
                json.WriteString(name, text);
        }

        json.WriteEndObject();
    }

    private static void WriteTensors(Utf8JsonWriter json, KeyValuePair<string, CheckpointTensor>[] tensors)
    {
        long position = 0;
        foreach (var (name, tensor) in tensors)
        {
            json.WriteStartObject(name);
            json.WriteString("dtype"u8, TensorTypes.Name(tensor.Type));
            json.WriteStartArray("shape"u8);
            foreach (long extent in tensor.Shape)
                json.WriteNumberValue(extent);
            json.WriteEndArray();
            json.WriteStartArray("data_offsets"u8);
            json.WriteNumberValue(position);
            json.WriteNumberValue(position += tensor.Data.Length);
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    private static void WriteCheck(byte[] header, List<ReadOnlyMemory<byte>> content)
    {
        uint crc = Crc32C.Update(~0u, header.AsSpan(sizeof(ulong)));
        foreach (ReadOnlyMemory<byte> run in content.Skip(1))
            crc = Crc32C.Update(crc, run.Span);

        // The check is the first text of the header, so its place is known; it was computed with zeros in that place.
        ReadOnlySpan<byte> before = "{\"__metadata__\":{\"backprop.crc32c\":\""u8;
        string digits = (~crc).ToString("x8", CultureInfo.InvariantCulture);
        Encoding.ASCII.GetBytes(digits, header.AsSpan(sizeof(ulong) + before.Length));
    }
}
