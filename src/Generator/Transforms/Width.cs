using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>About how many columns an expression takes when printed.</summary>
internal static class Width
{
    private const int MadeUpName = 4;

    public static int Of(Expr expr)
    {
        int width = OfNode(expr);
        foreach (Expr operand in Operands.Of(expr))
        {
            width += Of(operand);
        }

        return width;
    }

    private static int OfNode(Expr expr) => expr switch
    {
        Read e => e.Variable.Name.Length == 0 ? MadeUpName : e.Variable.Name.Length,
        Literal or Default => 3,
        Unary => 1,
        Binary => 4,
        IR.Convert => 6,
        Conditional => 6,
        Apply e => e.Primitive.Length + (2 * e.Arguments.Count),
        External e => e.Format.Length,
        Element e => 2 * e.Indices.Count,
        Length => 7,
        Slice => 10,
        Allocate => 12,
        _ => 0,
    };

    public static int Nodes(Expr expr) => 1 + Operands.Of(expr).Sum(Nodes);
}
