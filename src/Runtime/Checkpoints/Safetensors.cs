using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Backprop;

/// <summary>Reads and writes checkpoints as safetensors files.</summary>
/// <remarks>Format: the header's length as a little-endian 64-bit integer, a JSON header, the tensors' data, row-major and
/// little-endian (https://github.com/huggingface/safetensors, "Format"). Files written here also carry a CRC-32C of header
/// and data in their metadata; other readers see it as text. A tool that rewrites such a file must drop that entry.</remarks>
public static class Safetensors
{
    internal const string MetadataKey = "__metadata__";
    internal const string CheckKey = "backprop.crc32c";
    internal const int CheckDigits = 8;

    // The format's reference implementation refuses longer headers too.
    private const long MaxHeaderLength = 100_000_000;

    /// <summary>Writes a checkpoint; a crash at any moment leaves the old file or the new one.</summary>
    /// <exception cref="IOException">The file cannot be written; a file of that name is untouched.</exception>
    public static void Write(string path, Checkpoint checkpoint)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(checkpoint);
        DurableFile.Replace(path, SafetensorsEncoder.Encode(checkpoint));
    }

    /// <summary>Reads a checkpoint.</summary>
    /// <exception cref="CheckpointException">The file is malformed or damaged.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static Checkpoint Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream file = Open(path);
        return Read(file);
    }

    /// <summary>Reads a checkpoint from the present position of a stream to its end.</summary>
    /// <param name="stream">A stream that knows its length.</param>
    /// <exception cref="CheckpointException">The content is malformed or damaged.</exception>
    public static Checkpoint Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        byte[] json = ReadHeader(stream);
        SafetensorsHeader header = SafetensorsHeader.Parse(json, stream.Length - stream.Position);
        uint crc = StartCheck(json, header);
        var checkpoint = new Checkpoint();
        foreach (SafetensorsHeader.Entry entry in header.Entries)
        {
            byte[] data = ReadBytes(stream, entry.End - entry.Begin);
            if (header.CheckOffset >= 0)
                crc = Crc32C.Update(crc, data);
            if (!checkpoint.TryAdd(entry.Name, new CheckpointTensor(entry.Type, entry.Shape, data)))
                throw new CheckpointException($"The header has '{entry.Name}' twice.");
        }

        FinishCheck(json, header, crc);
        foreach (var (name, text) in header.Metadata)
        {
            if (name != CheckKey)
                checkpoint.TryAddText(name, text);
        }

        checkpoint.IsChecked = header.CheckOffset >= 0;
        return checkpoint;
    }

    /// <summary>Reads the text of a checkpoint and none of its numbers.</summary>
    /// <exception cref="CheckpointException">The header is malformed.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream file = Open(path);
        byte[] json = ReadHeader(file);
        return SafetensorsHeader.Parse(json, file.Length - file.Position).Metadata;
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);

    private static byte[] ReadHeader(Stream stream)
    {
        long available = stream.Length - stream.Position - sizeof(ulong);
        if (available < 2)
            throw new CheckpointException("The file is too short to be a safetensors file.");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(ReadBytes(stream, sizeof(ulong)));
        if (length > (ulong)Math.Min(available, MaxHeaderLength))
            throw new CheckpointException($"The header claims {length} bytes; the file has {available}.");
        return ReadBytes(stream, (long)length);
    }

    private static byte[] ReadBytes(Stream stream, long length)
    {
        if (length > Array.MaxLength)
            throw new CheckpointException($"A tensor of {length} bytes is larger than an array can be.");
        byte[] bytes = new byte[length];
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length ? bytes : throw new CheckpointException("The file ended while it was read.");
    }

    private static uint StartCheck(byte[] json, SafetensorsHeader header)
    {
        if (header.CheckOffset < 0)
            return 0;
        uint crc = Crc32C.Update(~0u, json.AsSpan(0, header.CheckOffset));
        crc = Crc32C.Update(crc, "00000000"u8);
        return Crc32C.Update(crc, json.AsSpan(header.CheckOffset + CheckDigits));
    }

    private static void FinishCheck(byte[] json, SafetensorsHeader header, uint crc)
    {
        if (header.CheckOffset < 0)
            return;
        string digits = Encoding.ASCII.GetString(json, header.CheckOffset, CheckDigits);
        if (digits != (~crc).ToString("x8", CultureInfo.InvariantCulture))
            throw new CheckpointException("The file is damaged: its content does not match its check.");
    }
}
