using Backprop.Generator.IR;

namespace Backprop.Generator.Emit;

/// <summary>The binary operators of C#.</summary>
internal static class Operators
{
    public static (string Symbol, Precedence Precedence) Of(BinaryOp op) => op switch
    {
        BinaryOp.Add => ("+", Precedence.Additive),
        BinaryOp.Subtract => ("-", Precedence.Additive),
        BinaryOp.Multiply => ("*", Precedence.Multiplicative),
        BinaryOp.Divide => ("/", Precedence.Multiplicative),
        BinaryOp.Remainder => ("%", Precedence.Multiplicative),
        BinaryOp.And => ("&", Precedence.And),
        BinaryOp.Or => ("|", Precedence.Or),
        BinaryOp.Xor => ("^", Precedence.Xor),
        BinaryOp.ShiftLeft => ("<<", Precedence.Shift),
        BinaryOp.ShiftRight => (">>", Precedence.Shift),
        BinaryOp.UnsignedShiftRight => (">>>", Precedence.Shift),
        BinaryOp.Equal => ("==", Precedence.Equality),
        BinaryOp.NotEqual => ("!=", Precedence.Equality),
        BinaryOp.Less => ("<", Precedence.Relational),
        BinaryOp.LessOrEqual => ("<=", Precedence.Relational),
        BinaryOp.Greater => (">", Precedence.Relational),
        BinaryOp.GreaterOrEqual => (">=", Precedence.Relational),
        BinaryOp.AndAlso => ("&&", Precedence.AndAlso),
        _ => ("||", Precedence.OrElse),
    };

    public static bool IsShift(BinaryOp op) => op is BinaryOp.ShiftLeft or BinaryOp.ShiftRight or BinaryOp.UnsignedShiftRight;

    /// <summary>Whether C# has <c>x op= y</c> for it.</summary>
    public static bool IsCompound(BinaryOp op) => op is not (BinaryOp.AndAlso or BinaryOp.OrElse) && Of(op).Precedence is not (Precedence.Equality or Precedence.Relational);
}
