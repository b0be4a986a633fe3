using static Backprop.Generator.Rules.Formulas;
using Expr = Backprop.Generator.IR.Expr;

namespace Backprop.Generator.Rules;

/// <summary>
/// The table of scalar functions, a line each. <c>x</c>, <c>a</c>, <c>b</c> are operands, <c>y</c> is the result, <c>dy</c> its
/// cotangent; each formula is the cotangent of one operand, null where none flows. A formula means the derivative's limit where
/// there is one; where there is none, docs/rules.md says what it gives. Members that double and float inherit from the
/// generic-math interfaces are under <see cref="Types"/>.
/// </summary>
internal static class ScalarRules
{
    private static readonly string[] Everywhere = ["Math", "MathF", "double", "float"];
    private static readonly string[] Classes = ["Math", "MathF"];
    private static readonly string[] Types = ["double", "float"];

    private const string Neighbour =
        "it steps to the neighbouring bit pattern, which is rounding and not arithmetic; use the number itself, "
        + "or put the call in Gradient.Stop(…) if no gradient shall flow";

    private const string Bits =
        "the bits of a number have no derivative; compute with the number itself, "
        + "or put the argument in Gradient.Stop(…) if no gradient shall flow";

    private const string OutParameter = "it hands its result over in an out parameter; use Parse, or pass the number in";

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
            Ternary("FusedMultiplyAdd", (a, b, c, y, dy) => dy * b, (a, b, c, y, dy) => dy * a, (a, b, c, y, dy) => dy),
            Binary("ScaleB", (x, n, y, dy) => ScaleB(dy, n), null),
            Unary("Abs", (x, y, dy) => Select(x > 0, dy, If(x < 0, -dy))),
            Binary("CopySign", (x, s, y, dy) => Unless(IsZero(x), Select(Equal(x, y), dy, -dy)), null),
            Binary("Max", (a, b, y, dy) => If(FirstIsMax(a, b), dy), (a, b, y, dy) => Unless(FirstIsMax(a, b), dy)),
            Binary("Min", (a, b, y, dy) => If(FirstIsMin(a, b), dy), (a, b, y, dy) => Unless(FirstIsMin(a, b), dy)),
            Binary("MaxMagnitude", (a, b, y, dy) => If(IsFirst(a, y), dy), (a, b, y, dy) => Unless(IsFirst(a, y), dy)),
            Binary("MinMagnitude", (a, b, y, dy) => If(IsFirst(a, y), dy), (a, b, y, dy) => Unless(IsFirst(a, y), dy)),
            Zero("Ceiling"),
            Zero("Floor"),
            Zero("ILogB"),
            Zero("Round"),
            Zero("Sign"),
            Zero("Truncate"),
            Refused("BitDecrement", Neighbour),
            Refused("BitIncrement", Neighbour)),
        .. On(
            Types,
            Unary("Exp2", (x, y, dy) => dy * (Ln2 * y)),
            Unary("Exp10", (x, y, dy) => dy * (Ln10 * y)),
            Unary("ExpM1", (x, y, dy) => dy * (y + 1)),
            Unary("Exp2M1", (x, y, dy) => dy * (Ln2 * (y + 1))),
            Unary("Exp10M1", (x, y, dy) => dy * (Ln10 * (y + 1))),
            Unary("LogP1", (x, y, dy) => dy / (x + 1)),
            Unary("Log2P1", (x, y, dy) => dy / ((x + 1) * Ln2)),
            Unary("Log10P1", (x, y, dy) => dy / ((x + 1) * Ln10)),
            Binary("RootN", (x, n, y, dy) => dy * RootSlope(x, As(n, x), y), null),
            Binary("Hypot", (a, b, y, dy) => dy * Unless(IsZero(y), a / y), (a, b, y, dy) => dy * Unless(IsZero(y), b / y)),
            Unary("SinPi", (x, y, dy) => dy * (Math.PI * CosPi(x))),
            Unary("CosPi", (x, y, dy) => -dy * (Math.PI * SinPi(x))),
            Unary("TanPi", (x, y, dy) => dy * (Math.PI * (1 + (y * y)))),
            Unary("AsinPi", (x, y, dy) => dy / (Math.PI * Sqrt((1 - x) * (1 + x)))),
            Unary("AcosPi", (x, y, dy) => -dy / (Math.PI * Sqrt((1 - x) * (1 + x)))),
            Unary("AtanPi", (x, y, dy) => dy / (Math.PI * (1 + (x * x)))),
            Binary(
                "Atan2Pi",
                (a, b, y, dy) => dy * (b / Hypot(a, b)) / (Math.PI * Hypot(a, b)),
                (a, b, y, dy) => -dy * (a / Hypot(a, b)) / (Math.PI * Hypot(a, b))),
            Unary("DegreesToRadians", (x, y, dy) => dy * (Math.PI / 180)),
            Unary("RadiansToDegrees", (x, y, dy) => dy * (180 / Math.PI)),
            Ternary("Lerp", (a, b, t, y, dy) => dy * (1 - t), (a, b, t, y, dy) => dy * t, (a, b, t, y, dy) => dy * (b - a)),
            Ternary("MultiplyAddEstimate", (a, b, c, y, dy) => dy * b, (a, b, c, y, dy) => dy * a, (a, b, c, y, dy) => dy),
            Binary("Ieee754Remainder", (a, b, y, dy) => dy, (a, b, y, dy) => -dy * Times(a, b, y)),
            Binary("MaxNative", (a, b, y, dy) => If(a >= b, dy), (a, b, y, dy) => Unless(a >= b, dy)),
            Binary("MinNative", (a, b, y, dy) => If(a <= b, dy), (a, b, y, dy) => Unless(a <= b, dy)),
            Binary("MaxNumber", (a, b, y, dy) => If(Equal(y, a), dy), (a, b, y, dy) => Unless(Equal(y, a), dy)),
            Binary("MinNumber", (a, b, y, dy) => If(Equal(y, a), dy), (a, b, y, dy) => Unless(Equal(y, a), dy)),
            Binary("MaxMagnitudeNumber", (a, b, y, dy) => If(Equal(y, a), dy), (a, b, y, dy) => Unless(Equal(y, a), dy)),
            Binary("MinMagnitudeNumber", (a, b, y, dy) => If(Equal(y, a), dy), (a, b, y, dy) => Unless(Equal(y, a), dy)),
            Clamp("ClampNative"),
            Unary("CreateChecked", (x, y, dy) => As(dy, x)),
            Unary("CreateSaturating", (x, y, dy) => As(dy, x)),
            Unary("CreateTruncating", (x, y, dy) => As(dy, x)),
            Zero("ConvertToInteger"),
            Zero("ConvertToIntegerNative"),
            Zero("IsEvenInteger"),
            Zero("IsFinite"),
            Zero("IsInfinity"),
            Zero("IsInteger"),
            Zero("IsNaN"),
            Zero("IsNegative"),
            Zero("IsNegativeInfinity"),
            Zero("IsNormal"),
            Zero("IsOddInteger"),
            Zero("IsPositive"),
            Zero("IsPositiveInfinity"),
            Zero("IsPow2"),
            Zero("IsRealNumber"),
            Zero("IsSubnormal"),
            Zero("Parse"),
            Refused("TryParse", OutParameter)),
        .. On(["Math", "double", "float"], Clamp("Clamp")),
        .. On(Classes, Binary("IEEERemainder", (a, b, y, dy) => dy, (a, b, y, dy) => -dy * Times(a, b, y))),
        .. On(
            ["BitConverter"],
            Refused("DoubleToInt64Bits", Bits),
            Refused("DoubleToUInt64Bits", Bits),
            Refused("GetBytes", Bits),
            Refused("Int32BitsToSingle", Bits),
            Refused("Int64BitsToDouble", Bits),
            Refused("SingleToInt32Bits", Bits),
            Refused("SingleToUInt32Bits", Bits),
            Refused("ToDouble", Bits),
            Refused("ToSingle", Bits),
            Refused("TryWriteBytes", Bits),
            Refused("UInt32BitsToSingle", Bits),
            Refused("UInt64BitsToDouble", Bits)),
    ];

    private static Rule Clamp(string member) => Ternary(
        member,
        (x, min, max, y, dy) => Unless(Or(x < min, x > max), dy),
        (x, min, max, y, dy) => If(x < min, dy),
        (x, min, max, y, dy) => If(x > max, dy));

    /// <summary>The rules of members that each of the hosts has.</summary>
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
