using System.Buffers.Binary;
using System.Numerics;

namespace Backprop;

/// <summary>The Castagnoli cyclic redundancy check: reflected polynomial 0x82F63B78, initial value and final xor all ones
/// (RFC 3720, appendix B.4).</summary>
internal static class Crc32C
{
    /// <summary>The check of one run of bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Update(~0u, bytes);

    /// <summary>Continues a check whose bits are still inverted; start from all ones and invert the end.</summary>
    public static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (byte value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return crc;
    }
}
