using System.Buffers.Binary;
using System.IO.Compression;
using Digits;

namespace Backprop.Tests;

/// <summary>The reader of samples/Digits.</summary>
public sealed class IdxFileTests : IDisposable
{
    private const int Length = Digit.Size * Digit.Size;
    private static readonly byte[] Pixels = [.. Enumerable.Range(0, 3 * Length).Select(static i => (byte)(i % 256))];
    private static readonly byte[] Pictures = [.. Header(3, Digit.Size, Digit.Size), .. Pixels];
    private static readonly byte[] Labels = [.. Header(3), 7, 0, 9];
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, byte[], string> Damages => new()
    {
        { "images-idx3", Pictures[..10], "train-images-idx3-ubyte is not an IDX file of bytes in 3 dimension(s)." },
        { "images-idx3", Pictures[..^1], "has 2351 elements, and its header promises 2352." },
        { "images-idx3", [.. Header(-3, Digit.Size, Digit.Size), .. Pixels], "has extents that make no sense." },
        { "images-idx3", [.. Header(int.MaxValue, int.MaxValue, int.MaxValue), .. Pixels], "has extents that make no sense." },
        { "images-idx3", [.. Header(3, 14, 56), .. Pixels], "pictures of 14×56" },
        { "images-idx3", [0, 0, 13, 3, .. Pictures[4..]], "is not an IDX file of bytes" },
        { "labels-idx1", [], "train-labels-idx1-ubyte is not an IDX file of bytes in 1 dimension(s)." },
        { "labels-idx1", [.. Header(2), 7, 0], "3 pictures of 28×28 and 2 labels" },
        { "labels-idx1", [.. Header(3), 7, 10, 9], "Label 1 of the train files is 10." },
    };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Pictures_and_labels_are_read()
    {
        Write(Pictures, Labels);
        AssertRead();
    }

    [Fact]
    public void Compressed_files_are_read()
    {
        Write(Pictures, Labels);
        string plain = folder.File("train-images-idx3-ubyte");
        using (var file = new GZipStream(File.Create(plain + ".gz"), CompressionLevel.Fastest))
            file.Write(Pictures);
        File.Delete(plain);
        AssertRead();
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_file_is_named_with_what_is_wrong(string which, byte[] content, string message)
    {
        Write(Pictures, Labels);
        File.WriteAllBytes(folder.File($"train-{which}-ubyte"), content);
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => IdxFile.Read(folder.FullPath, "train")).Message);
    }

    [Fact]
    public void What_is_not_compressed_is_named()
    {
        Write(Pictures, Labels);
        File.WriteAllText(folder.File("train-images-idx3-ubyte.gz"), "no gzip at all");
        Assert.Contains("train-images-idx3-ubyte.gz", Assert.Throws<InvalidDataException>(() => IdxFile.Read(folder.FullPath, "train")).Message);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("train-images-idx3-ubyte", Assert.Throws<FileNotFoundException>(() => IdxFile.Read(folder.FullPath, "train")).Message);

    private void AssertRead()
    {
        Digit[] digits = IdxFile.Read(folder.FullPath, "train");
        Assert.Equal([7, 0, 9], digits.Select(static digit => digit.Label));
        for (int i = 0; i < Pixels.Length; i++)
            Assert.Equal(Pixels[i] / 255f, digits[i / Length].Pixels[i % Length]);
    }

    private void Write(byte[] pictures, byte[] labels)
    {
        File.WriteAllBytes(folder.File("train-images-idx3-ubyte"), pictures);
        File.WriteAllBytes(folder.File("train-labels-idx1-ubyte"), labels);
    }

    private static byte[] Header(params ReadOnlySpan<int> extents)
    {
        byte[] header = new byte[4 + 4 * extents.Length];
        (header[2], header[3]) = (8, (byte)extents.Length);
        for (int d = 0; d < extents.Length; d++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * d), extents[d]);
        return header;
    }
}
