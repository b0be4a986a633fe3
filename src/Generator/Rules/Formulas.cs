using Backprop.Generator.IR;
using Convert = Backprop.Generator.IR.Convert;

namespace Backprop.Generator.Rules;

/// <summary>The words that formulas are written in, besides the operators of <see cref="Expr"/>.</summary>
internal static class Formulas
{
    public const double Ln2 = 0.693147180559945309417232121458;
    public const double Ln10 = 2.30258509299404568401799145468;

    /// <summary>Whole powers up to here are written as products, which stay within some ulps of <c>Pow</c> and are much faster.</summary>
    private const int LargestProduct = 32;

    public static Expr Log(Expr x) => Function("Log", x);
    public static Expr Sqrt(Expr x) => Function("Sqrt", x);
    public static Expr Sin(Expr x) => Function("Sin", x);
    public static Expr Cos(Expr x) => Function("Cos", x);
    public static Expr Tan(Expr x) => Function("Tan", x);
    public static Expr Acos(Expr x) => Function("Acos", x);
    public static Expr Atan2(Expr y, Expr x) => Function("Atan2", y, x);
    public static Expr Sinh(Expr x) => Function("Sinh", x);
    public static Expr Cosh(Expr x) => Function("Cosh", x);
    public static Expr Round(Expr x) => Function("Round", x);
    public static Expr Pow(Expr x, Expr p) => Function("Pow", x, p);
    public static Expr ScaleB(Expr x, Expr n) => Function("ScaleB", x, n);
    public static Expr SinPi(Expr x) => Member("SinPi", x.Type, x);
    public static Expr CosPi(Expr x) => Member("CosPi", x.Type, x);
    public static Expr Hypot(Expr x, Expr y) => Member("Hypot", x.Type, x, y);
    public static Expr IsNaN(Expr x) => Member("IsNaN", IrType.Bool, x);

    public static Expr Equal(Expr a, Expr b) => new Binary(BinaryOp.Equal, a, b, IrType.Bool);
    public static Expr Or(Expr a, Expr b) => new Binary(BinaryOp.OrElse, a, b, IrType.Bool);
    public static Expr And(Expr a, Expr b) => new Binary(BinaryOp.AndAlso, a, b, IrType.Bool);
    public static Expr IsZero(Expr x) => Equal(x, ZeroOf(x));
    public static Expr ZeroOf(Expr x) => x.Type.Number(0);
    public static Expr OneOf(Expr x) => x.Type.Number(1);
    public static Expr Select(Expr test, Expr a, Expr b)
        => test is Unary { Op: UnaryOp.Not } not ? new Conditional(not.Operand, b, a) : new Conditional(test, a, b);

    /// <summary>The value where the test holds, else zero.</summary>
    public static Expr If(Expr test, Expr value) => Select(test, value, ZeroOf(value));

    /// <summary>The value where the test does not hold, else zero: not the same as a negated test, where there are NaNs.</summary>
    public static Expr Unless(Expr test, Expr value) => Select(test, ZeroOf(value), value);

    /// <summary>A number converted to the type of <paramref name="like"/>.</summary>
    public static Expr As(Expr value, Expr like)
        => value.Type == like.Type ? value
        : value is Literal literal ? like.Type.Number(literal.Number)
        : new Convert(value, like.Type);

    /// <summary>Whether <c>Max</c> returned its first operand: the larger, the first of equals, the NaN.</summary>
    public static Expr FirstIsMax(Expr a, Expr b)
        => a.Equals(b) ? Numbers.True : a is Literal ? a >= b : b is Literal ? new Unary(UnaryOp.Not, a < b, IrType.Bool) : Or(a >= b, IsNaN(a));

    /// <summary>Whether <c>Min</c> returned its first operand: the smaller, the first of equals, the NaN.</summary>
    public static Expr FirstIsMin(Expr a, Expr b)
        => a.Equals(b) ? Numbers.True : a is Literal ? a <= b : b is Literal ? new Unary(UnaryOp.Not, a > b, IrType.Bool) : Or(a <= b, IsNaN(a));

    /// <summary>Whether a choice by magnitude returned its first operand: the first of equals, the NaN.</summary>
    public static Expr IsFirst(Expr a, Expr y) => Or(Equal(y, a), IsNaN(a));

    /// <summary>How many times a remainder took away its divisor. Rounding the quotient of the operands instead can be off by one.</summary>
    public static Expr Times(Expr a, Expr b, Expr remainder) => Round((a - remainder) / b);

    /// <summary><c>p·xᵖ⁻¹·dy</c>, where <paramref name="y"/> is <c>xᵖ</c>: zero for p = 0 also at x = 0.</summary>
    public static Expr PowSlope(Expr x, Expr p, Expr y, Expr dy) => Constant(p) switch
    {
        0 => ZeroOf(dy),
        1 => dy,
        2 => dy * (2 * x),
        0.5 => dy * (0.5 / y),
        -0.5 => dy * (-0.5 * (y * y * y)),
        1.5 => dy * (1.5 * Sqrt(x)),
        > 2 and <= LargestProduct and double n when n % 1 == 0 => dy * (n * Product(x, (int)n - 1)),
        < 0 and double n when n % 1 == 0 => dy * (n * (y / x)),
        double n => dy * (n * Pow(x, x.Type.Number(n - 1))),
        null => dy * Unless(IsZero(p), p * Pow(x, p - 1)),
    };

    /// <summary>Slope of <c>y</c>, the n-th root of <c>x</c>. At zero the limit comes from <c>1/(n·yⁿ⁻¹)</c>, elsewhere <c>y/(n·x)</c>
    /// is cheaper and as exact for any n.</summary>
    public static Expr RootSlope(Expr x, Expr n, Expr y) => Select(IsZero(x), 1 / (n * Pow(y, n - 1)), y / x / n);

    /// <summary>The value of a constant operand.</summary>
    private static double? Constant(Expr expr) => expr switch
    {
        Literal literal => literal.Number,
        Convert { Operand: Literal literal } => literal.Number,
        _ => null,
    };

    private static Expr Product(Expr x, int n)
    {
        if (n == 1)
        {
            return x;
        }

        if (n % 2 == 1)
        {
            return Product(x, n - 1) * x;
        }

        Expr root = Product(x, n / 2);
        return root * root;
    }

    /// <summary>A function of <c>Math</c>, or for <c>float</c> of <c>MathF</c>.</summary>
    private static Apply Function(string name, params Expr[] arguments)
        => Apply(arguments[0].Type == IrType.Single ? "MathF." : "Math.", name, arguments[0].Type, arguments);

    /// <summary>A static member of <c>double</c> or <c>float</c>, for what <c>Math</c> does not have.</summary>
    private static Apply Member(string name, IrType type, params Expr[] arguments)
        => Apply(arguments[0].Type == IrType.Single ? "float." : "double.", name, type, arguments);

    private static Apply Apply(string host, string name, IrType type, Expr[] arguments)
        => new(host + name, arguments.ToEquatable(), type);
}
