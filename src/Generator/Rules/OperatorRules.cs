using Backprop.Generator.IR;
using static Backprop.Generator.Rules.Formulas;
using Convert = Backprop.Generator.IR.Convert;

namespace Backprop.Generator.Rules;

/// <summary>The formulas of C#'s operators, conversions and <c>?:</c>.</summary>
internal static class OperatorRules
{
    private static readonly Partials Same = Partials.Unary((x, y, dy) => As(dy, x));

    private static readonly Partials Negate = Partials.Unary((x, y, dy) => -dy);

    private static readonly Partials Add = Partials.Binary((a, b, y, dy) => dy, (a, b, y, dy) => dy);

    private static readonly Partials Subtract = Partials.Binary((a, b, y, dy) => dy, (a, b, y, dy) => -dy);

    private static readonly Partials Multiply = Partials.Binary((a, b, y, dy) => dy * b, (a, b, y, dy) => dy * a);

    private static readonly Partials Divide = Partials.Binary((a, b, y, dy) => dy / b, (a, b, y, dy) => -(dy / b) * y);

    private static readonly Partials Remainder = Partials.Binary((a, b, y, dy) => dy, (a, b, y, dy) => -dy * Times(a, b, y));

    private static readonly Partials Choose = Partials.Ternary(
        null, (test, a, b, y, dy) => If(test, dy), (test, a, b, y, dy) => Unless(test, dy));

    public static Partials Of(UnaryOp op) => op switch
    {
        UnaryOp.Plus => Same,
        UnaryOp.Negate => Negate,
        _ => Partials.None,
    };

    public static Partials Of(BinaryOp op) => op switch
    {
        BinaryOp.Add => Add,
        BinaryOp.Subtract => Subtract,
        BinaryOp.Multiply => Multiply,
        BinaryOp.Divide => Divide,
        BinaryOp.Remainder => Remainder,
        _ => Partials.None,
    };

    /// <summary>A copy or a conversion between <c>float</c> and <c>double</c>: the cotangent is converted back.</summary>
    public static Partials Conversion => Same;

    public static Partials Conditional => Choose;
}
