using System.Buffers.Binary;
using System.Text;

namespace Backprop.Tests;

/// <summary>Reads event files with a parser of its own: records, bitwise CRC, protocol-buffer fields.</summary>
public sealed class TensorBoardFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_first_record_names_the_version()
    {
        new TensorBoardFile(folder.FullPath).Dispose();
        Message record = Assert.Single(Records());
        Assert.Equal("brain.Event:2", record.Text(3));
        Assert.InRange(record.Double(1), 1.5e9, 1e11);
    }

    [Fact]
    public void A_scalar_has_tag_step_and_value()
    {
        using (var file = new TensorBoardFile(folder.FullPath))
            file.AddScalar("a/loss", -1.25, 1L << 40);
        Message record = Records()[1];
        Assert.Equal(1L << 40, record.Integer(2));
        Message value = record.Part(5).Part(1);
        Assert.Equal("a/loss", value.Text(1));
        Assert.Equal(-1.25f, value.Single(2));
    }

    [Fact]
    public void A_histogram_counts_the_finite_values()
    {
        double[] values = Enumerable.Range(0, 1000).Select(i => Math.Sin(i)).Concat([double.NaN, double.PositiveInfinity]).ToArray();
        using (var file = new TensorBoardFile(folder.FullPath))
            file.AddHistogram("w", values, 3);
        double[] finite = values[..1000];
        Message histogram = Records()[1].Part(5).Part(1).Part(5);
        Assert.Equal((finite.Min(), finite.Max(), 1000), (histogram.Double(1), histogram.Double(2), histogram.Double(3)));
        Assert.Equal(finite.Sum(), histogram.Double(4), 9);
        Assert.Equal(finite.Sum(v => v * v), histogram.Double(5), 9);
        double[] limits = histogram.Doubles(6), counts = histogram.Doubles(7);
        Assert.Equal(limits.Length, counts.Length);
        Assert.Equal(limits.Order(), limits);
        Assert.Equal(finite.Max(), limits[^1]);
        for (int i = 0; i < limits.Length - 1; i++)
            Assert.InRange(counts[..(i + 1)].Sum(), finite.Count(v => v < limits[i] - 1e-9), finite.Count(v => v <= limits[i] + 1e-9));
        Assert.Equal(1000, counts.Sum());
    }

    [Theory]
    [InlineData]
    [InlineData(2.5)]
    [InlineData(2.5, 2.5)]
    [InlineData(double.NaN)]
    public void A_histogram_of_few_values_is_sound(params double[] values)
    {
        using (var file = new TensorBoardFile(folder.FullPath))
            file.AddHistogram("w", values, 3);
        Message histogram = Records()[1].Part(5).Part(1).Part(5);
        Assert.Equal(values.Count(double.IsFinite), histogram.Doubles(7).Sum());
        Assert.All(histogram.Doubles(6), limit => Assert.True(double.IsFinite(limit)));
    }

    [Fact]
    public void Text_is_a_string_tensor_of_the_text_plugin()
    {
        using (var file = new TensorBoardFile(folder.FullPath))
            file.AddText("note", "größer", 0);
        Message value = Records()[1].Part(5).Part(1);
        Assert.Equal("text", value.Part(9).Part(1).Text(1));
        Message tensor = value.Part(8);
        Assert.Equal(7, tensor.Integer(1));
        Assert.Equal(1, tensor.Part(2).Part(2).Integer(1));
        Assert.Equal("größer", tensor.Text(8));
    }

    [Fact]
    public void A_training_logs_curves_and_a_resumed_one_takes_over()
    {
        Sample[] samples = Sample.Create(20);
        Checkpoint? saved = null;
        var recorder = new Recorder { OnEpochContext = c => saved ??= c.CaptureState() };
        FitOptions Options() => new()
        {
            Epochs = 2,
            BatchSize = 4,
            Callbacks = [new TensorBoardLog(folder.FullPath) { EverySteps = 5, Histograms = LeafHistograms.EveryEpoch }, recorder],
        };
        Trainers.Create().Fit(samples, Options(), Trainers.Validation());
        IEnumerable<(string, long)> Points() => Records().Where(r => r.Has(5)).Select(r => (r.Part(5).Part(1).Text(1), r.Integer(2)));
        foreach (string tag in (string[])["step/loss", "step/gradient_norm", "step/learning_rate", "epoch/loss", "epoch/validation_loss", "leaves/W1", "leaves/Out.B"])
            Assert.Equal([(tag, 5), (tag, 10)], Points().Where(p => p.Item1 == tag));

        Trainers.Create().Fit(samples, Options() with { Resume = saved }, Trainers.Validation());
        Assert.Equal(2, Directory.GetFiles(folder.FullPath).Length);
        Message restart = Assert.Single(Records(), r => r.Has(7));
        Assert.Equal((6, 1), (restart.Integer(2), restart.Part(7).Integer(1)));
    }

    private List<Message> Records()
    {
        var records = new List<Message>();
        foreach (string path in Directory.GetFiles(folder.FullPath).Order(StringComparer.Ordinal))
        {
            Assert.Contains("tfevents", path);
            byte[] bytes = File.ReadAllBytes(path);
            for (int at = 0; at < bytes.Length;)
            {
                int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)));
                Assert.Equal(Masked(bytes.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
                Assert.Equal(Masked(bytes.AsSpan(at + 12, length)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)));
                records.Add(new Message(bytes.AsSpan(at + 12, length).ToArray()));
                at += 16 + length;
            }
        }

        return records;
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }

        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xa282ead8;
    }

    private sealed class Message
    {
        private readonly Dictionary<int, byte[]> fields = [];

        public Message(byte[] bytes)
        {
            for (int at = 0; at < bytes.Length;)
            {
                ulong key = Varint(bytes, ref at);
                int start = at;
                int length = (key & 7) switch
                {
                    0 => Skip(bytes, at),
                    1 => 8,
                    2 => (int)Varint(bytes, ref at),
                    5 => 4,
                    _ => throw new InvalidDataException($"wire type {key & 7}"),
                };
                fields.Add((int)(key >> 3), bytes[at..(at + length)]);
                at += length;
            }
        }

        public bool Has(int field) => fields.ContainsKey(field);

        public string Text(int field) => Encoding.UTF8.GetString(fields[field]);

        public double Double(int field) => BinaryPrimitives.ReadDoubleLittleEndian(fields[field]);

        public float Single(int field) => BinaryPrimitives.ReadSingleLittleEndian(fields[field]);

        public Message Part(int field) => new(fields[field]);

        public long Integer(int field)
        {
            int at = 0;
            return (long)Varint(fields[field], ref at);
        }

        public double[] Doubles(int field) =>
            fields[field].Chunk(8).Select(chunk => BinaryPrimitives.ReadDoubleLittleEndian(chunk)).ToArray();

        private static int Skip(byte[] bytes, int at)
        {
            int start = at;
            Varint(bytes, ref at);
            return at - start;
        }

        private static ulong Varint(byte[] bytes, ref int at)
        {
            ulong value = 0;
            for (int shift = 0; ; shift += 7)
            {
                value |= (ulong)(bytes[at] & 0x7F) << shift;
                if (bytes[at++] < 0x80)
                    return value;
            }
        }
    }
}
