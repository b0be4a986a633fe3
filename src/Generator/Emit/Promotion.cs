using Backprop.Generator.IR;

namespace Backprop.Generator.Emit;

/// <summary>The conversions between numbers that C# makes by itself.</summary>
internal static class Promotion
{
    /// <summary>Whether C# converts from one type to another without a cast. Two type parameters are two types.</summary>
    public static bool IsImplicit(Scalar from, Scalar to) => from != Scalar.Generic && to != Scalar.Generic && (from == to || from switch
    {
        Scalar.SByte => to is Scalar.Int16 or Scalar.Int32 or Scalar.Int64 or Scalar.NInt or Scalar.Single or Scalar.Double,
        Scalar.Byte => to is not (Scalar.SByte or Scalar.Char or Scalar.Bool),
        Scalar.Int16 => to is Scalar.Int32 or Scalar.Int64 or Scalar.NInt or Scalar.Single or Scalar.Double,
        Scalar.UInt16 => to is not (Scalar.SByte or Scalar.Byte or Scalar.Int16 or Scalar.Char or Scalar.Bool),
        Scalar.Char => to is not (Scalar.SByte or Scalar.Byte or Scalar.Int16 or Scalar.Bool),
        Scalar.Int32 => to is Scalar.Int64 or Scalar.NInt or Scalar.Single or Scalar.Double,
        Scalar.UInt32 => to is Scalar.Int64 or Scalar.UInt64 or Scalar.NUInt or Scalar.Single or Scalar.Double,
        Scalar.NInt => to is Scalar.Int64 or Scalar.Single or Scalar.Double,
        Scalar.NUInt => to is Scalar.UInt64 or Scalar.Single or Scalar.Double,
        Scalar.Int64 or Scalar.UInt64 => to is Scalar.Single or Scalar.Double,
        Scalar.Single => to is Scalar.Double,
        _ => false,
    });

    /// <summary>The type in which C# computes with operands of two types; null where it would not, or where the rule is not worth spelling out.</summary>
    public static Scalar? Of(Scalar a, Scalar b)
    {
        bool Either(Scalar s) => a == s || b == s;
        if (Either(Scalar.Generic))
        {
            return a == b ? a : null;
        }

        bool isNative = Either(Scalar.NInt) || Either(Scalar.NUInt);
        if (isNative || Either(Scalar.Bool))
        {
            return a == b ? a : null;
        }

        if (Either(Scalar.Double) || Either(Scalar.Single))
        {
            return Either(Scalar.Double) ? Scalar.Double : Scalar.Single;
        }

        if (Either(Scalar.UInt64))
        {
            return IsSigned(a) || IsSigned(b) ? null : Scalar.UInt64;
        }

        if (Either(Scalar.Int64))
        {
            return Scalar.Int64;
        }

        return !Either(Scalar.UInt32) ? Scalar.Int32 : IsSigned(a) || IsSigned(b) ? Scalar.Int64 : Scalar.UInt32;
    }

    public static bool IsInteger(IrType type) => type is ScalarType { Kind: not (Scalar.Bool or Scalar.Single or Scalar.Double or Scalar.Generic) };

    private static bool IsSigned(Scalar s) => s is Scalar.SByte or Scalar.Int16 or Scalar.Int32 or Scalar.Int64;
}
