using static Backprop.Generator.Rules.Formulas;
using Expr = Backprop.Generator.IR.Expr;

namespace Backprop.Generator.Rules;

/// <summary>
/// The table of scalar functions, a line each. <c>x</c>, <c>a</c>, <c>b</c> are operands, <c>y</c> is the result, <c>dy</c> its
/// cotangent; the formula is the cotangent of the operand. docs/rules.md says how each behaves at its singular points.
/// </summary>
internal static class ScalarRules
{
    private static readonly string[] Everywhere = ["Math", "MathF", "double", "float"];
    private static readonly string[] Types = ["double", "float"];

    internal static IReadOnlyList<Rule> All { get; } =
    [
        .. On(
            Everywhere,
            Unary("Exp", (x, y, dy) => dy * y),
            Unary("Log", (x, y, dy) => dy / x),
            Unary("Log2", (x, y, dy) => dy / (x * Ln2)),
            Unary("Log10", (x, y, dy) => dy / (x * Ln10)),
            Binary("Log", (x, b, y, dy) => dy / (x * Log(b)), (x, b, y, dy) => -dy * y / (b * Log(b))),
            Binary("Pow", PowSlope, (x, p, y, dy) => dy * Unless(And(IsZero(y), x >= 0), y * Log(x))),
            Unary("Sqrt", (x, y, dy) => dy / (2 * y)),
            Unary("Cbrt", (x, y, dy) => dy / (3 * (y * y))),
            Unary("ReciprocalEstimate", (x, y, dy) => -dy * (y * y)),
            Unary("ReciprocalSqrtEstimate", (x, y, dy) => dy * (-0.5 * (y * y * y))),

            Unary("Sin", (x, y, dy) => dy * Cos(x)),
            Unary("Cos", (x, y, dy) => -dy * Sin(x)),
            Unary("Tan", (x, y, dy) => dy * (1 + (y * y))),
            Unary("Asin", (x, y, dy) => dy / Sqrt((1 - x) * (1 + x))),
            Unary("Acos", (x, y, dy) => -dy / Sqrt((1 - x) * (1 + x))),
            Unary("Atan", (x, y, dy) => dy / (1 + (x * x))),
            Binary(
                "Atan2",
                (a, b, y, dy) => dy * (b / Hypot(a, b)) / Hypot(a, b),
                (a, b, y, dy) => -dy * (a / Hypot(a, b)) / Hypot(a, b)),

            Unary("Sinh", (x, y, dy) => dy * Cosh(x)),
            Unary("Cosh", (x, y, dy) => dy * Sinh(x)),
            Unary("Tanh", (x, y, dy) => dy * (1 - (y * y))),
            Unary("Asinh", (x, y, dy) => dy / Hypot(x, OneOf(x))),
            Unary("Acosh", (x, y, dy) => dy / (Sqrt(x - 1) * Sqrt(x + 1))),
            Unary("Atanh", (x, y, dy) => dy / ((1 - x) * (1 + x))),

            Unary("Abs", (x, y, dy) => Select(x > 0, dy, Select(x < 0, -dy, ZeroOf(dy)))),
            Binary("CopySign", (x, s, y, dy) => Unless(IsZero(x), Select(Equal(x, y), dy, -dy)), null),
            Binary("Max", (a, b, y, dy) => If(FirstIsMax(a, b), dy), (a, b, y, dy) => Unless(FirstIsMax(a, b), dy)),
            Binary("Min", (a, b, y, dy) => If(FirstIsMin(a, b), dy), (a, b, y, dy) => Unless(FirstIsMin(a, b), dy)),
            Zero("Floor"),
            Zero("Ceiling"),
            Zero("Round"),
            Zero("Truncate"),
            Zero("Sign")),
    ];

    private static IEnumerable<Rule> On(string[] hosts, params Rule[] members)
        => from host in hosts from member in members select member with { Primitive = $"{host}.{member.Primitive}" };

    private static Rule Unary(string member, Func<Expr, Expr, Expr, Expr> x)
        => new(member, RuleKind.Differentiable, "", [Partials.Unary(x)]);

    private static Rule Binary(string member, Func<Expr, Expr, Expr, Expr, Expr>? a, Func<Expr, Expr, Expr, Expr, Expr>? b)
        => new(member, RuleKind.Differentiable, "", [Partials.Binary(a, b)]);

    private static Rule Ternary(
        string member,
        Func<Expr, Expr, Expr, Expr, Expr, Expr>? a,
        Func<Expr, Expr, Expr, Expr, Expr, Expr>? b,
        Func<Expr, Expr, Expr, Expr, Expr, Expr>? c)
        => new(member, RuleKind.Differentiable, "", [Partials.Ternary(a, b, c)]);

    private static Rule Zero(string member) => new(member, RuleKind.Zero, "", []);

    private static Rule Refused(string member, string reason) => new(member, RuleKind.Refused, reason, []);
}
