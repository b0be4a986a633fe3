namespace Backprop;

/// <summary>Element types of the safetensors format that this library reads and writes.</summary>
public enum TensorType
{
    /// <summary><c>F64</c>: IEEE 754 binary64.</summary>
    Float64,

    /// <summary><c>F32</c>: IEEE 754 binary32.</summary>
    Float32,

    /// <summary><c>F16</c>: IEEE 754 binary16.</summary>
    Float16,

    /// <summary><c>BF16</c>: the upper half of a binary32.</summary>
    BFloat16,

    /// <summary><c>F8_E4M3</c>: one byte, 4 exponent bits.</summary>
    Float8E4M3,

    /// <summary><c>F8_E5M2</c>: one byte, 5 exponent bits.</summary>
    Float8E5M2,

    /// <summary><c>I64</c>.</summary>
    Int64,

    /// <summary><c>I32</c>.</summary>
    Int32,

    /// <summary><c>I16</c>.</summary>
    Int16,

    /// <summary><c>I8</c>.</summary>
    Int8,

    /// <summary><c>U64</c>.</summary>
    UInt64,

    /// <summary><c>U32</c>.</summary>
    UInt32,

    /// <summary><c>U16</c>.</summary>
    UInt16,

    /// <summary><c>U8</c>.</summary>
    UInt8,

    /// <summary><c>BOOL</c>: one byte.</summary>
    Boolean,
}
