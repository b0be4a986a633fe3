using static Backprop.Generator.Rules.PartsRule;
using Expr = Backprop.Generator.IR.Expr;

namespace Backprop.Generator.Rules;

/// <summary>Sums, differences and multiples: the framework computes them number by number, so scalar operations stand in their place.</summary>
internal static class ArithmeticRules
{
    private static readonly string[] vectors = ["Vector2", "Vector3", "Vector4"];

    public static IEnumerable<PartsRule> All =>
    [
        .. vectors.Concat(["Quaternion", "Matrix3x2", "Matrix4x4", "Complex"]).SelectMany(Linear),
        .. vectors.SelectMany(Products),
        .. vectors.Concat(["Quaternion", "Matrix3x2", "Matrix4x4"]).SelectMany(v => Both("op_Multiply", "Multiply", $"({v}, float)", v, static a => a[0] * (Expr)a[1])),
        .. new[] { "Vector2", "Vector3", "Vector4", "Complex" }.Select(v => Same($"{v}.op_UnaryPlus({v})", static a => a[0])),
    ];

    private static IEnumerable<PartsRule> Linear(string v) =>
    [
        .. Both("op_Addition", "Add", $"({v}, {v})", v, static a => a[0] + a[1]),
        .. Both("op_Subtraction", "Subtract", $"({v}, {v})", v, static a => a[0] - a[1]),
        .. Both("op_UnaryNegation", "Negate", $"({v})", v, static a => -a[0]),
    ];

    private static IEnumerable<PartsRule> Products(string v) =>
    [
        .. Both("op_Multiply", "Multiply", $"({v}, {v})", v, static a => Vector.Times(a[0], a[1])),
        .. Both("op_Multiply", "Multiply", $"(float, {v})", v, static a => (Expr)a[0] * a[1]),
        .. Both("op_Division", "Divide", $"({v}, {v})", v, static a => Vector.Zip(a[0], a[1], static (x, y) => x / y)),
        .. Both("op_Division", "Divide", $"({v}, float)", v, static a => a[0] / (Expr)a[1]),
    ];

    /// <summary>An operator and the method of the same meaning.</summary>
    public static IEnumerable<PartsRule> Both(string op, string method, string parameters, string type, Definition definition)
        => new[] { op, method }.Select(name => Same($"{type}.{name}{parameters}", definition));
}
