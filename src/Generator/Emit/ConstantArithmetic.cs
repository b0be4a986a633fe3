using Backprop.Generator.IR;

namespace Backprop.Generator.Emit;

/// <summary>
/// C# computes constant expressions when it compiles, and refuses those that overflow or divide by zero. A value of a variable that was put in its place must not make one of
/// what the program does when it runs, if it ever does it.
/// </summary>
internal static class ConstantArithmetic
{
    /// <summary>Whether C# takes an expression for a constant, and it may be none that the type has.</summary>
    public static bool MayOverflow(Expr expr) => IsConstant(expr) && ValueOf(expr) is null;

    /// <summary>The same operation, where C# would refuse the constant of something that C# does not know beforehand.</summary>
    public static Binary AtRunTime(Binary e) => e switch
    {
        { Op: BinaryOp.Divide or BinaryOp.Remainder, Type.IsFloating: false } when IsConstant(e.Right) && (ValueOf(e.Right) is null or 0 || (ValueOf(e.Right) is -1 && IsConstant(e.Left))) => e with { Right = Unknown(e.Right) },
        { Overflow: Overflow.Checked } when MayOverflow(e) => e with { Right = Unknown(e.Right) },
        _ => e,
    };

    public static Unary AtRunTime(Unary e) => e.Overflow == Overflow.Checked && MayOverflow(e) ? e with { Operand = Unknown(e.Operand) } : e;

    public static IR.Convert AtRunTime(IR.Convert e) => e.Overflow == Overflow.Checked && MayOverflow(e) ? e with { Operand = Unknown(e.Operand) } : e;

    private static External Unknown(Expr value) => new("global::System.Math.Max({0}, {0})", EquatableArray.Of(value), value.Type, Effect.Pure, 0);

    private static bool IsConstant(Expr expr) => expr switch
    {
        Literal or Default => expr.Type is ScalarType { Kind: not Scalar.Generic },
        Unary or Binary or IR.Convert or Conditional or Stop => expr.Operands().All(IsConstant),
        _ => false,
    };

    // Of integers of up to 32 bits; null for anything else, and for what overflows.
    private static long? ValueOf(Expr expr) => expr switch
    {
        Literal { Type.IsFloating: false, Bits: >= int.MinValue and <= uint.MaxValue and var bits } => bits,
        Default { Type.IsFloating: false } => 0,
        Unary { Op: UnaryOp.Negate } e => InRange(-ValueOf(e.Operand), e.Type),
        IR.Convert e => InRange(ValueOf(e.Operand), e.Type),
        Binary { Op: BinaryOp.Add } e => InRange(ValueOf(e.Left) + ValueOf(e.Right), e.Type),
        Binary { Op: BinaryOp.Subtract } e => InRange(ValueOf(e.Left) - ValueOf(e.Right), e.Type),
        _ => null,
    };

    private static long? InRange(long? value, IrType type)
    {
        (long least, long most) = type is not ScalarType { Kind: var kind } ? (0, -1) : kind switch
        {
            Scalar.SByte => (sbyte.MinValue, sbyte.MaxValue),
            Scalar.Byte => (byte.MinValue, byte.MaxValue),
            Scalar.Int16 => (short.MinValue, short.MaxValue),
            Scalar.UInt16 or Scalar.Char => (ushort.MinValue, ushort.MaxValue),
            Scalar.Int32 or Scalar.NInt => (int.MinValue, int.MaxValue),
            Scalar.UInt32 or Scalar.NUInt or Scalar.UInt64 => (uint.MinValue, uint.MaxValue),
            Scalar.Int64 => (int.MinValue, (long)uint.MaxValue),
            _ => (0L, -1L),
        };
        return value >= least && value <= most ? value : null;
    }
}
