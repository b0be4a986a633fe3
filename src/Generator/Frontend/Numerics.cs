using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>The vector types of <c>System.Numerics</c>: which of their members work on each number for itself.</summary>
internal static class Numerics
{
    private static readonly string[] vectors = ["Vector2", "Vector3", "Vector4"];

    /// <summary>An operator or method that does the same scalar operation on each component; null for any other.</summary>
    public static Pack? Elementwise(IMethodSymbol target, IReadOnlyList<Expr> operands)
    {
        if (!vectors.Contains(target.ContainingType.Name) || TypeLowering.Lower(target.ReturnType) is not StructType type)
        {
            return null;
        }

        BinaryOp? op = target.Name switch
        {
            "op_Addition" or "Add" => BinaryOp.Add,
            "op_Subtraction" or "Subtract" => BinaryOp.Subtract,
            "op_Multiply" or "Multiply" => BinaryOp.Multiply,
            "op_Division" or "Divide" => BinaryOp.Divide,
            _ => null,
        };
        return op is { } known && operands.Count == 2
            ? Each(type, i => new Binary(known, Component(operands[0], i), Component(operands[1], i), IrType.Single))
            : target.Name is "op_UnaryNegation" or "Negate" ? Each(type, i => new Unary(UnaryOp.Negate, Component(operands[0], i), IrType.Single))
            : null;
    }

    private static Pack Each(StructType type, Func<int, Expr> component) => new(Enumerable.Range(0, type.LeafCount).Select(component).ToEquatable(), type);

    private static Expr Component(Expr operand, int i) => operand is Pack pack ? pack.Leaves[i] : operand;
}
