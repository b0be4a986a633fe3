using System.Buffers.Binary;
using System.IO.Compression;

namespace Digits;

/// <summary>Reads the IDX files in which MNIST and its kin are published, plain or compressed by gzip.</summary>
/// <remarks>Two zero bytes, the element type (8: unsigned bytes), the number of dimensions, each extent as a big-endian 32-bit
/// integer, then the elements row by row. LeCun, Cortes and Burges, <em>The MNIST database of handwritten digits</em>, 1998.</remarks>
public static class IdxFile
{
    /// <summary>Reads pictures and labels.</summary>
    /// <param name="folder">Where the files are.</param>
    /// <param name="prefix"><c>train</c> or <c>t10k</c>.</param>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is not what it should be; the message names it.</exception>
    public static Digit[] Read(string folder, string prefix)
    {
        var (extents, pixels) = ReadBytes(folder, $"{prefix}-images-idx3-ubyte", 3);
        var (counts, labels) = ReadBytes(folder, $"{prefix}-labels-idx1-ubyte", 1);
        if (extents[1] != Digit.Size || extents[2] != Digit.Size || extents[0] != counts[0])
        {
            throw new InvalidDataException(
                $"The {prefix} files hold {extents[0]} pictures of {extents[1]}×{extents[2]} and {counts[0]} labels; pictures of {Digit.Size}×{Digit.Size} are needed.");
        }

        const int Length = Digit.Size * Digit.Size;
        return [.. labels.Select((label, i) => label < Digit.Classes
            ? new Digit([.. pixels.AsSpan(i * Length, Length).ToArray().Select(static value => value / 255f)], label)
            : throw new InvalidDataException($"Label {i} of the {prefix} files is {label}."))];
    }

    private static (int[] Extents, byte[] Elements) ReadBytes(string folder, string name, int dimensions)
    {
        byte[] bytes = ReadBytes(Path.Combine(folder, name));
        int header = 4 + 4 * dimensions;
        if (bytes.Length < header || bytes[0] != 0 || bytes[1] != 0 || bytes[2] != 8 || bytes[3] != dimensions)
        {
            throw new InvalidDataException($"{name} is not an IDX file of bytes in {dimensions} dimension(s).");
        }

        int[] extents = new int[dimensions];
        long length = 1;
        for (int d = 0; d < dimensions; d++)
        {
            extents[d] = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4 + 4 * d));
            length = extents[d] > 0 && length <= int.MaxValue
                ? length * extents[d]
                : throw new InvalidDataException($"{name} has extents that make no sense.");
        }

        return length == bytes.Length - header
            ? (extents, bytes[header..])
            : throw new InvalidDataException($"{name} has {bytes.Length - header} elements, and its header promises {length}.");
    }

    private static byte[] ReadBytes(string path)
    {
        if (!File.Exists(path + ".gz"))
        {
            return File.ReadAllBytes(path);
        }

        using var file = new GZipStream(File.OpenRead(path + ".gz"), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        try
        {
            file.CopyTo(memory);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)}.gz is not compressed by gzip, or is damaged.", error);
        }

        return memory.ToArray();
    }
}
