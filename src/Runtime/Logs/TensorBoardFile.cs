using System.Buffers.Binary;
using System.Globalization;

namespace Backprop;

/// <summary>Writes an event file that TensorBoard reads: scalars, histograms and text.</summary>
/// <remarks>Records: length as 64 bits, its masked CRC-32C, the data, their masked CRC-32C, all little-endian (TensorFlow,
/// "TFRecord"). Data: an <c>Event</c> message of TensorFlow's <c>event.proto</c>; the field numbers below are from there and
/// from <c>summary.proto</c>, <c>tensor.proto</c> and <c>tensor_shape.proto</c>.</remarks>
public sealed class TensorBoardFile : IDisposable
{
    private const int Bins = 30;
    private readonly FileStream file;
    private readonly TimeProvider time;

    /// <summary>Starts a new event file in a folder.</summary>
    /// <param name="folder">The folder, which is created when it does not exist: one run.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public TensorBoardFile(string folder, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        this.time = time ?? TimeProvider.System;
        Directory.CreateDirectory(folder);
        file = Create(folder, this.time.GetUtcNow().ToUnixTimeSeconds());
        Write(Event(0).Text(3, "brain.Event:2"));
    }

    /// <summary>Full path of the file.</summary>
    public string FilePath => file.Name;

    /// <summary>Adds a point to a curve.</summary>
    /// <param name="tag">Name of the curve; a slash separates groups.</param>
    /// <param name="value">The value; stored in single precision.</param>
    /// <param name="step">The step.</param>
    public void AddScalar(string tag, double value, long step) =>
        Write(Summary(step, Value(tag).Single(2, (float)value)));

    /// <summary>Adds the distribution of some numbers, in 30 bins of equal width.</summary>
    /// <param name="tag">Name of the histogram.</param>
    /// <param name="values">The numbers; those that are not finite are left out.</param>
    /// <param name="step">The step.</param>
    public void AddHistogram(string tag, ReadOnlySpan<double> values, long step) =>
        Write(Summary(step, Value(tag).Message(5, Histogram(values))));

    /// <summary>Adds text.</summary>
    /// <param name="tag">Name of the text.</param>
    /// <param name="text">The text; Markdown is shown as such.</param>
    /// <param name="step">The step.</param>
    public void AddText(string tag, string text, long step)
    {
        const int stringType = 7;
        ProtocolBuffer plugin = new ProtocolBuffer().Text(1, "text");
        ProtocolBuffer shape = new ProtocolBuffer().Message(2, new ProtocolBuffer().Integer(1, 1));
        ProtocolBuffer tensor = new ProtocolBuffer().Integer(1, stringType).Message(2, shape).Text(8, text);
        Write(Summary(step, Value(tag).Message(8, tensor).Message(9, new ProtocolBuffer().Message(1, plugin))));
    }

    /// <summary>Tells TensorBoard that a run was resumed: points of earlier files from this step on are no longer shown.</summary>
    /// <param name="step">The first step that is written again.</param>
    public void AddRestart(long step)
    {
        const int start = 1;
        Write(Event(step).Message(7, new ProtocolBuffer().Integer(1, start)));
    }

    /// <summary>Hands what was written to the operating system.</summary>
    public void Flush() => file.Flush();

    /// <summary>Closes the file.</summary>
    public void Dispose() => file.Dispose();

    internal static uint MaskedCrc(ReadOnlySpan<byte> bytes)
    {
        uint crc = Crc32C.Of(bytes);
        return ((crc >> 15) | (crc << 17)) + 0xa282ead8u;
    }

    private static FileStream Create(string folder, long seconds)
    {
        // TensorBoard reads the files of a run in the order of their names. Two runs may start within a second.
        for (int attempt = 0; ; attempt++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{seconds:D10}.{attempt:D4}");
            string path = Path.Combine(folder, name);
            if (!File.Exists(path))
                return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite);
        }
    }

    private static ProtocolBuffer Value(string tag)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        return new ProtocolBuffer().Text(1, tag);
    }

    private static ProtocolBuffer Histogram(ReadOnlySpan<double> values)
    {
        double min = double.PositiveInfinity, max = double.NegativeInfinity, sum = 0, squares = 0;
        int count = 0;
        foreach (double value in values)
        {
            if (!double.IsFinite(value))
                continue;
            (min, max) = (Math.Min(min, value), Math.Max(max, value));
            (sum, squares) = (sum + value, squares + (value * value));
            count++;
        }

        if (count == 0)
            (min, max) = (0, 0);
        double width = (max - min) / Bins;
        double[] limits = new double[Bins], counts = new double[Bins];
        for (int i = 0; i < Bins; i++)
            limits[i] = i == Bins - 1 ? max : min + (width * (i + 1));
        foreach (double value in values)
        {
            if (double.IsFinite(value))
                counts[width > 0 ? Math.Min((int)((value - min) / width), Bins - 1) : Bins - 1]++;
        }

        return new ProtocolBuffer().Double(1, min).Double(2, max).Double(3, count).Double(4, sum).Double(5, squares)
            .Doubles(6, limits).Doubles(7, counts);
    }

    private ProtocolBuffer Event(long step)
    {
        double seconds = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        return new ProtocolBuffer().Double(1, seconds).Integer(2, step);
    }

    private ProtocolBuffer Summary(long step, ProtocolBuffer value) =>
        Event(step).Message(5, new ProtocolBuffer().Message(1, value));

    private void Write(ProtocolBuffer message)
    {
        byte[] data = message.ToArray();
        Span<byte> length = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(length[8..], MaskedCrc(length[..8]));
        file.Write(length);
        file.Write(data);
        Span<byte> crc = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(crc, MaskedCrc(data));
        file.Write(crc);
    }
}
