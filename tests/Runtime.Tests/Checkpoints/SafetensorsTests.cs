using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Xunit.Abstractions;

namespace Backprop.Tests;

public class SafetensorsTests(ITestOutputHelper output)
{
    [Fact]
    public void What_is_written_is_read_back()
    {
        using var folder = new TemporaryFolder();
        Checkpoint saved = Example();
        Safetensors.Write(folder.File("a.safetensors"), saved);

        Checkpoint read = Safetensors.Read(folder.File("a.safetensors"));

        Assert.Equal(saved.Metadata.OrderBy(t => t.Key), read.Metadata.OrderBy(t => t.Key));
        Assert.Equal(saved.Tensors.Keys.Order(), read.Tensors.Keys.Order());
        foreach (var (name, tensor) in saved.Tensors)
        {
            Assert.Equal(tensor.Type, read.Tensors[name].Type);
            Assert.Equal(tensor.Shape, read.Tensors[name].Shape);
            Assert.True(tensor.Data.Span.SequenceEqual(read.Tensors[name].Data.Span));
        }
    }

    [Fact]
    public void The_file_is_as_the_format_says()
    {
        using var folder = new TemporaryFolder();
        Safetensors.Write(folder.File("a.safetensors"), Example());
        byte[] file = File.ReadAllBytes(folder.File("a.safetensors"));

        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        Assert.Equal(0, (8 + length) % 8);
        Assert.Equal((byte)'{', file[8]);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, length));
        Assert.Equal("7", header.RootElement.GetProperty("__metadata__").GetProperty("trainer/step").GetString());
        JsonElement w = header.RootElement.GetProperty("Layers[0].W");
        Assert.Equal("F32", w.GetProperty("dtype").GetString());
        Assert.Equal([2, 3], w.GetProperty("shape").EnumerateArray().Select(e => e.GetInt32()));
        int begin = w.GetProperty("data_offsets")[0].GetInt32();
        Assert.Equal(24, w.GetProperty("data_offsets")[1].GetInt32() - begin);
        Assert.Equal(5f, BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(8 + length + begin + 16)));
        JsonElement d = header.RootElement.GetProperty("optimizer/m");
        Assert.Equal(0, d.GetProperty("data_offsets")[0].GetInt32() % 8);
    }

    [Fact]
    public void A_file_of_another_tool_is_read()
    {
        byte[] file = Raw("""{"b":{"dtype":"BF16","shape":[2],"data_offsets":[8,12]},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8],"note":{"x":[1]}}}   """, 12);
        Checkpoint read = Safetensors.Read(new MemoryStream(file));
        Assert.Equal([1L, 2L], read.Tensors["a"].Shape);
        Assert.Equal(4, read.Tensors["b"].Data.Length);
    }

    public static TheoryData<string, int> Malformed => new()
    {
        { "", 0 },
        { "[]", 0 },
        { "{", 0 },
        { "{}x", 0 },
        { "{}", 1 },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3 },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5 },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4 },
        { """{"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}""", 4 },
        { """{"a":{"dtype":"F32","shape":[1]}}""", 4 },
        { """{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4 },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4 },
        { """{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4 },
        { """{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", 0 },
        { """{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0 },
        { """{"a":{"dtype":"U8","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]}}""", 4 },
        { """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3 },
        { """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}""", 3 },
        { """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2 },
        { """{"__metadata__":{"a":1}}""", 0 },
        { """{"__metadata__":{"a":"1","a":"2"}}""", 0 },
        { """{"\ud800":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}""", 1 },
        { """{"a":[[[[[[[[[[[[1]]]]]]]]]]]]}""", 0 },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_header_is_one_exception(string header, int dataLength) =>
        Assert.Throws<CheckpointException>(() => Safetensors.Read(new MemoryStream(Raw(header, dataLength))));

    [Fact]
    public void A_changed_bit_anywhere_is_noticed()
    {
        // But for the name of the check: without it the file is one of another tool's. A folder refuses such a file.
        byte[] file = Encode(Example());
        int name = Encoding.Latin1.GetString(file).IndexOf("backprop.crc32c", StringComparison.Ordinal);
        foreach (int i in Enumerable.Range(0, file.Length).Where(i => i < name || i >= name + 15))
        {
            for (int bit = 0; bit < 8; bit++)
            {
                file[i] ^= (byte)(1 << bit);
                Assert.Throws<CheckpointException>(() => Safetensors.Read(new MemoryStream(file)));
                file[i] ^= (byte)(1 << bit);
            }
        }
    }

    [Fact]
    public void Twenty_thousand_mutated_files_load_or_give_the_one_exception()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        Regressor model = Regressor.Create(1);
        byte[][] originals = [Encode(OfModel(model)), WithoutCheck(Encode(Example())), WithoutCheck(Encode(OfModel(model)))];
        int loaded = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] file = Mutate(originals[random.Next(originals.Length)], random);
            try
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                bool isRead = TryLoad(file, model);
                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                loaded += isRead ? 1 : 0;

                // Strings, list nodes and an exception's text cost more than their bytes in the file, but only in proportion.
                Assert.True(allocated < (40L * file.Length) + 100_000, $"{allocated} bytes allocated for a file of {file.Length}");
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"Seed {seed}, file {i}: {Convert.ToBase64String(file)}", error);
            }
        }

        Assert.True(loaded is > 200 and < 19_000, $"Seed {seed}: {loaded} files loaded, so the mutations are too harsh or too mild.");
    }

    private static bool TryLoad(byte[] file, Regressor model)
    {
        try
        {
            Checkpoint read = Safetensors.Read(new MemoryStream(file));
            read.Root.CopyLeavesTo(model);
            return true;
        }
        catch (CheckpointException)
        {
            return false;
        }
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        byte[] file = [.. original];
        int times = random.Next(1, 3);
        for (int i = 0; i < times && file.Length > 0; i++)
        {
            int headerEnd = Math.Min(file.Length, 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(original));
            int at = random.Next(3) == 0 && headerEnd < file.Length ? random.Next(headerEnd, file.Length) : random.Next(headerEnd);
            switch (random.Next(8))
            {
                case 0: file[at] = (byte)random.Next(256); break;
                case 1: file[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: file[at] = (byte)"0123456789{}[],:\"\\ -.eE"[random.Next(23)]; break;
                case 3: file = file[..at]; break;
                case 4: file = [.. file, .. new byte[random.Next(64)]]; break;
                case 5: file = [.. file[..at], .. file[Math.Min(file.Length, at + random.Next(1, 20))..]]; break;
                case 6: file = [.. file[..at], .. file.AsSpan(random.Next(file.Length), 0), .. file[at..(at + Math.Min(30, file.Length - at))], .. file[at..]]; break;
                default: random.NextBytes(file.AsSpan(0, Math.Min(8, file.Length))); break;
            }
        }

        return file;
    }

    internal static byte[] Encode(Checkpoint checkpoint)
    {
        using var folder = new TemporaryFolder();
        Safetensors.Write(folder.File("x.safetensors"), checkpoint);
        return File.ReadAllBytes(folder.File("x.safetensors"));
    }

    private static byte[] WithoutCheck(byte[] file) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(file).Replace("backprop.crc32c", "backprop.crc32_"));

    private static byte[] Raw(string header, int dataLength)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + json.Length + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)json.Length);
        json.CopyTo(file, 8);
        return file;
    }

    private static Checkpoint OfModel(Regressor model)
    {
        var checkpoint = new Checkpoint();
        checkpoint.Root.AddLeaves(model);
        return checkpoint;
    }

    private static Checkpoint Example()
    {
        var checkpoint = new Checkpoint();
        checkpoint.Root.Add<float>("Layers[0].W", [1, 2, 3, 4, 5, 6], 2, 3);
        checkpoint.Root.Add<float>("Empty", [], 0, 5);
        checkpoint.Root.Add<double>("Scale", [0.1]);
        checkpoint.Section("optimizer").Add<double>("m", [1, 2], 2);
        checkpoint.Section("optimizer").Add<byte>("flags", [1, 2, 3], 3);
        checkpoint.Section("trainer").SetInteger("step", 7);
        checkpoint.Root.SetText("note", "quotes \" and ünïcode +");
        return checkpoint;
    }
}
