using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>The opposite of a test.</summary>
internal static class Negation
{
    public static Expr Of(Expr test) => test switch
    {
        Unary { Op: UnaryOp.Not } e => e.Operand,
        Literal e => e.Bits == 0 ? Numbers.True : Numbers.False,
        Binary { Op: BinaryOp.Equal, Left.Type: ScalarType } e => e with { Op = BinaryOp.NotEqual },
        Binary { Op: BinaryOp.NotEqual, Left.Type: ScalarType } e => e with { Op = BinaryOp.Equal },

        // Of numbers that may be NaN, no comparison is the opposite of another.
        Binary { Left.Type: ScalarType { IsFloating: false } } e when Opposite(e.Op) is { } opposite => e with { Op = opposite },
        _ => new Unary(UnaryOp.Not, test, IrType.Bool),
    };

    private static BinaryOp? Opposite(BinaryOp op) => op switch
    {
        BinaryOp.Less => BinaryOp.GreaterOrEqual,
        BinaryOp.LessOrEqual => BinaryOp.Greater,
        BinaryOp.Greater => BinaryOp.LessOrEqual,
        BinaryOp.GreaterOrEqual => BinaryOp.Less,
        _ => null,
    };
}
