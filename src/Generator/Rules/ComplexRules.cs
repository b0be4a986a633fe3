using Backprop.Generator.IR;
using static Backprop.Generator.Rules.Formulas;
using static Backprop.Generator.Rules.PartsRule;

namespace Backprop.Generator.Rules;

/// <summary>
/// Complex numbers, as two real ones: the cotangent of <c>z</c> is the pair of the cotangents of its real and imaginary part. A function with a complex
/// derivative f′ hands on conj(f′)·dy.
/// </summary>
internal static class ComplexRules
{
    private const string Decimal = "its numbers are not floating-point numbers of the machine; convert to double first";

    private const string Generic = "its argument is of any type; write new Complex(x, 0)";

    private const string OutParameter = "it hands its result over in an out parameter; use Parse, or pass the number in";

    public static IEnumerable<PartsRule> All =>
    [
        Same("Complex.new(double, double)", Vector.Of),
        .. new[] { "double", "float" }.Select(type => Same($"Complex.op_Implicit({type})", a => Real(As(a[0], Double)))),
        Same("Complex.Conjugate(Complex)", a => ((ComplexNumber)a[0]).Conjugate),
        .. ArithmeticRules.Both("op_Addition", "Add", "(Complex, double)", "Complex", a => new([a[0][0] + a[1][0], a[0][1]])),
        .. ArithmeticRules.Both("op_Addition", "Add", "(double, Complex)", "Complex", a => new([a[0][0] + a[1][0], a[1][1]])),
        .. ArithmeticRules.Both("op_Subtraction", "Subtract", "(Complex, double)", "Complex", a => new([a[0][0] - a[1][0], a[0][1]])),
        .. ArithmeticRules.Both("op_Subtraction", "Subtract", "(double, Complex)", "Complex", a => new([a[0][0] - a[1][0], -a[1][1]])),
        .. Both("op_Multiply", "Multiply", "Complex, Complex", (a, y, dy) => [((ComplexNumber)a[1]).Conjugate * dy, ((ComplexNumber)a[0]).Conjugate * dy]),
        .. Both("op_Multiply", "Multiply", "Complex, double", (a, y, dy) => [dy * (Expr)a[1], Vector.Dot(a[0], dy)]),
        .. Both("op_Multiply", "Multiply", "double, Complex", (a, y, dy) => [Vector.Dot(a[1], dy), dy * (Expr)a[0]]),
        .. Both("op_Division", "Divide", "Complex, Complex", (a, y, dy) => [Quotient(dy, a[1]), -(((ComplexNumber)y).Conjugate * Quotient(dy, a[1]))]),
        .. Both("op_Division", "Divide", "Complex, double", (a, y, dy) => [dy / (Expr)a[1], -Vector.Dot(y, dy) / a[1]]),
        .. Both("op_Division", "Divide", "double, Complex", (a, y, dy) => [Quotient(dy, a[1]).Re, -(((ComplexNumber)y).Conjugate * Quotient(dy, a[1]))]),
        .. new[] { "Complex.Abs(Complex)", "Complex.this.Magnitude" }.Select(member => PartsRule.Of(member, (a, y, dy) => [a[0] * VectorRules.Slope(y, dy)])),
        Like("Complex.this.Phase", a => Atan2(a[0][1], a[0][0])),
        Like("Complex.FromPolarCoordinates(double, double)", a => new([(Expr)a[0] * Cos(a[1]), (Expr)a[0] * Sin(a[1])])),
        Holomorphic("Reciprocal", (z, y) => -(y * y)),
        Holomorphic("Exp", (z, y) => y),
        Holomorphic("Log", (z, y) => 1 / z),
        Holomorphic("Log10", (z, y) => 1 / Ln10 / z),
        Holomorphic("Sqrt", (z, y) => 0.5 / y),
        Holomorphic("Sin", (z, y) => Cosine(z)),
        Holomorphic("Cos", (z, y) => -Sine(z)),
        Holomorphic("Tan", (z, y) => 1 + (y * y)),
        Holomorphic("Sinh", (z, y) => Cosine(z.TimesI)),
        Holomorphic("Cosh", (z, y) => -Sine(z.TimesI).TimesI),
        Holomorphic("Tanh", (z, y) => 1 - (y * y)),
        Holomorphic("Asin", (z, y) => 1 / Cosine(y)),
        Holomorphic("Acos", (z, y) => -1 / Sine(y)),
        Holomorphic("Atan", (z, y) => 1 / (1 + (z * z))),
        PartsRule.Of("Complex.Log(Complex, double)", (a, y, dy) => [Turned(1 / (Logarithm(a[1]) * a[0]), dy), Turned(-(ComplexNumber)y / (Logarithm(a[1]) * a[1]), dy).Re]),
        PartsRule.Of("Complex.Pow(Complex, Complex)", (a, y, dy) => [Turned(a[1] * ((ComplexNumber)y / a[0]), dy), Turned((ComplexNumber)y * Logarithm(a[0]), dy)]),
        PartsRule.Of("Complex.Pow(Complex, double)", (a, y, dy) => [Turned((ComplexNumber)y / a[0] * a[1], dy), Turned((ComplexNumber)y * Logarithm(a[0]), dy).Re]),
        .. new[] { "MaxMagnitude", "MinMagnitude" }.Select(member => PartsRule.Of($"Complex.{member}(Complex, Complex)", Chosen)),
        .. new[] { "byte", "char", "short", "int", "long", "nint", "sbyte", "ushort", "uint", "ulong", "nuint" }.Select(type => Zero($"Complex.op_Implicit({type})")),
        .. new[] { "Int128", "UInt128", "BigInteger" }.Select(type => Zero($"Complex.op_Explicit({type})")),
        Refused("Complex.op_Explicit(decimal)", Decimal),
        Refused("Complex.op_Implicit(Half)", Decimal),
        .. new[] { "op_Increment", "op_Decrement" }.Select(member => Refused($"Complex.{member}(Complex)", "a complex variable is not counted up; write z += 1")),
        .. new[] { "CreateChecked", "CreateSaturating", "CreateTruncating" }.Select(member => Refused($"Complex.{member}(TOther)", Generic)),
        .. Parsing("string").Concat(Parsing("ReadOnlySpan<char>")),
    ];

    private static Vector Real(Expr x) => new([x, ZeroOf(x)]);

    private static readonly Literal Double = IrType.Double.Number(0);

    private static IEnumerable<PartsRule> Parsing(string text) =>
    [
        Zero($"Complex.Parse({text}, IFormatProvider)"),
        Zero($"Complex.Parse({text}, NumberStyles, IFormatProvider)"),
        Refused($"Complex.TryParse({text}, IFormatProvider, out Complex)", OutParameter),
        Refused($"Complex.TryParse({text}, NumberStyles, IFormatProvider, out Complex)", OutParameter),
    ];

    private static IEnumerable<PartsRule> Both(string op, string method, string parameters, PartsFormula formula)
        => new[] { op, method }.Select(name => PartsRule.Of($"Complex.{name}({parameters})", formula));

    private static PartsRule Holomorphic(string member, Func<ComplexNumber, ComplexNumber, ComplexNumber> slope)
        => PartsRule.Of($"Complex.{member}(Complex)", (a, y, dy) => [Turned(slope(a[0], y), dy)]);

    /// <summary>What a slope hands on.</summary>
    private static ComplexNumber Turned(ComplexNumber slope, Vector dy) => slope.Conjugate * dy;

    private static ComplexNumber Quotient(Vector dy, Vector divisor) => dy / ((ComplexNumber)divisor).Conjugate;

    private static ComplexNumber Sine(ComplexNumber z) => new(Sin(z.Re) * Cosh(z.Im), Cos(z.Re) * Sinh(z.Im));

    private static ComplexNumber Cosine(ComplexNumber z) => new(Cos(z.Re) * Cosh(z.Im), -(Sin(z.Re) * Sinh(z.Im)));

    private static ComplexNumber Logarithm(ComplexNumber z) => new(Log(Hypot(z.Re, z.Im)), Atan2(z.Im, z.Re));

    private static Vector[] Chosen(Vector[] a, Vector y, Vector dy)
    {
        Expr first = And(Equal(y[0], a[0][0]), Equal(y[1], a[0][1]));
        return [dy.Map(d => If(first, d)), dy.Map(d => Unless(first, d))];
    }
}
