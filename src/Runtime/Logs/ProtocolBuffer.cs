using System.Buffers.Binary;
using System.Text;

namespace Backprop;

/// <summary>Writes the fields of a protocol-buffer message (https://protobuf.dev/programming-guides/encoding).</summary>
internal sealed class ProtocolBuffer
{
    private readonly List<byte> bytes = [];

    private enum WireType
    {
        Varint = 0,
        Fixed64 = 1,
        Length = 2,
        Fixed32 = 5,
    }

    public byte[] ToArray() => bytes.ToArray();

    public ProtocolBuffer Integer(int field, long value)
    {
        Key(field, WireType.Varint);
        Varint((ulong)value);
        return this;
    }

    public ProtocolBuffer Double(int field, double value)
    {
        Key(field, WireType.Fixed64);
        Fixed(value);
        return this;
    }

    public ProtocolBuffer Single(int field, float value)
    {
        Key(field, WireType.Fixed32);
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(four, value);
        bytes.AddRange(four);
        return this;
    }

    public ProtocolBuffer Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtocolBuffer Message(int field, ProtocolBuffer message) => Bytes(field, message.ToArray());

    public ProtocolBuffer Doubles(int field, ReadOnlySpan<double> values)
    {
        Key(field, WireType.Length);
        Varint((ulong)values.Length * sizeof(double));
        foreach (double value in values)
            Fixed(value);
        return this;
    }

    private ProtocolBuffer Bytes(int field, ReadOnlySpan<byte> value)
    {
        Key(field, WireType.Length);
        Varint((ulong)value.Length);
        bytes.AddRange(value);
        return this;
    }

    private void Key(int field, WireType type) => Varint(((ulong)field << 3) | (ulong)type);

    private void Fixed(double value)
    {
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(eight, value);
        bytes.AddRange(eight);
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
    }
}
