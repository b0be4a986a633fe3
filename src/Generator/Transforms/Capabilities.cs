using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>What the emitted code of a generic method asks of its type parameters beyond what their constraints give.</summary>
internal static class Capabilities
{
    /// <summary>The first static member that is missing, as <c>T.Log</c>; null where all are there.</summary>
    public static string? Missing(Unit unit) => unit.Functions
        .SelectMany(function => function.TypeParameters.Where(parameter => parameter.Members.Count > 0)
            .SelectMany(parameter => MembersIn(function.Body).Where(pair => pair.Type == parameter.Name && !parameter.Members.Contains(pair.Member))))
        .Select(pair => $"{pair.Type}.{pair.Member}")
        .FirstOrDefault();

    private static IEnumerable<(string Type, string Member)> MembersIn(Block body) => body.Deep().SelectMany(static stmt => stmt.Expressions()).SelectMany(MembersIn);

    private static IEnumerable<(string Type, string Member)> MembersIn(Expr expr)
    {
        IEnumerable<(string, string)> own = expr switch
        {
            Apply apply when apply.Arguments.FirstOrDefault(argument => argument.Type.IsGeneric) is { Type: ScalarType type }
                => [(type.Name, apply.Primitive.Substring(apply.Primitive.LastIndexOf('.') + 1))],
            Binary { Left.Type: ScalarType { Kind: Scalar.Generic } type, Op: BinaryOp.Less or BinaryOp.LessOrEqual or BinaryOp.Greater or BinaryOp.GreaterOrEqual }
                => [(type.Name, "op_LessThan")],
            _ => [],
        };
        return own.Concat(expr.Operands().SelectMany(MembersIn));
    }
}
