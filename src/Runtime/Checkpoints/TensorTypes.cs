namespace Backprop;

/// <summary>The one table of <see cref="TensorType"/>: name in the file, size in bytes, type in C#.</summary>
internal static class TensorTypes
{
    private static readonly (TensorType Type, string Name, int Size, Type? Element)[] Table =
    [
        (TensorType.Float64, "F64", 8, typeof(double)),
        (TensorType.Float32, "F32", 4, typeof(float)),
        (TensorType.Float16, "F16", 2, typeof(Half)),
        (TensorType.BFloat16, "BF16", 2, null),
        (TensorType.Float8E4M3, "F8_E4M3", 1, null),
        (TensorType.Float8E5M2, "F8_E5M2", 1, null),
        (TensorType.Int64, "I64", 8, typeof(long)),
        (TensorType.Int32, "I32", 4, typeof(int)),
        (TensorType.Int16, "I16", 2, typeof(short)),
        (TensorType.Int8, "I8", 1, typeof(sbyte)),
        (TensorType.UInt64, "U64", 8, typeof(ulong)),
        (TensorType.UInt32, "U32", 4, typeof(uint)),
        (TensorType.UInt16, "U16", 2, typeof(ushort)),
        (TensorType.UInt8, "U8", 1, typeof(byte)),
        (TensorType.Boolean, "BOOL", 1, typeof(bool)),
    ];

    public static string Name(TensorType type) => Table[(int)type].Name;

    public static int Size(TensorType type) => Table[(int)type].Size;

    public static Type? Element(TensorType type) => Table[(int)type].Element;

    public static TensorType? Parse(string? name)
    {
        foreach (var row in Table)
        {
            if (row.Name == name)
                return row.Type;
        }

        return null;
    }

    /// <exception cref="NotSupportedException">The format has no such element type.</exception>
    public static TensorType Of(Type element)
    {
        foreach (var row in Table)
        {
            if (row.Element == element)
                return row.Type;
        }

        throw new NotSupportedException($"A checkpoint cannot hold elements of type {element}.");
    }
}
