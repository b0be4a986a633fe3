using Backprop.Generator.IR;
using Convert = Backprop.Generator.IR.Convert;

namespace Backprop.Generator.Tests.Rules;

/// <summary>Computes IR expressions with C#'s own arithmetic and the real library functions.</summary>
internal sealed class Evaluator(IReadOnlyDictionary<Variable, object> values)
{
    // Formulas share their parts as objects; without this their cost would double with every level.
    private readonly Dictionary<Expr, object> known = new(ReferenceComparer.Of<Expr>());

    public object Evaluate(Expr expr) => known.TryGetValue(expr, out object? value) ? value : known[expr] = Computed(expr);

    private object Computed(Expr expr) => expr switch
    {
        Read read => values[read.Variable],
        Literal literal => As(literal.Number, literal.Type),
        Unary unary => Evaluate(unary.Op, Evaluate(unary.Operand)),
        Binary binary => Evaluate(binary),
        Convert convert => As(Evaluate(convert.Operand), convert.To),
        Conditional conditional => Evaluate((bool)Evaluate(conditional.Test) ? conditional.Then : conditional.Else),
        Apply apply => Call(apply.Primitive, apply.Arguments.Select(Evaluate).ToArray()),
        _ => throw new NotSupportedException(expr.ToString()),
    };

    public static object Call(string primitive, params object[] arguments)
        => Primitives.Find(primitive, arguments.Select(a => a.GetType())).Invoke(null, arguments)!;

    public static object As(object value, IrType type)
        => type == IrType.Double ? System.Convert.ToDouble(value)
        : type == IrType.Single ? System.Convert.ToSingle(value)
        : type == IrType.Bool ? value
        : System.Convert.ToInt32(value);

    private static object Evaluate(UnaryOp op, dynamic x) => op switch
    {
        UnaryOp.Negate => -x,
        UnaryOp.Plus => +x,
        UnaryOp.Not => !x,
        _ => throw new NotSupportedException(op.ToString()),
    };

    private object Evaluate(Binary binary)
    {
        dynamic a = Evaluate(binary.Left);
        return binary.Op switch
        {
            BinaryOp.AndAlso => (bool)a && (bool)Evaluate(binary.Right),
            BinaryOp.OrElse => (bool)a || (bool)Evaluate(binary.Right),
            _ => Evaluate(binary.Op, a, (dynamic)Evaluate(binary.Right)),
        };
    }

    private static object Evaluate(BinaryOp op, dynamic a, dynamic b) => op switch
    {
        BinaryOp.Add => a + b,
        BinaryOp.Subtract => a - b,
        BinaryOp.Multiply => a * b,
        BinaryOp.Divide => a / b,
        BinaryOp.Remainder => a % b,
        BinaryOp.Equal => a == b,
        BinaryOp.Less => a < b,
        BinaryOp.LessOrEqual => a <= b,
        BinaryOp.Greater => a > b,
        BinaryOp.GreaterOrEqual => a >= b,
        _ => throw new NotSupportedException(op.ToString()),
    };
}
