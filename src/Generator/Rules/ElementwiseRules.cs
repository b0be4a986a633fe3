using Backprop.Generator.IR;
using static Backprop.Generator.Rules.Formulas;
using static Backprop.Generator.Rules.PartsRule;

namespace Backprop.Generator.Rules;

/// <summary>What Vector2, Vector3 and Vector4 do with each number for itself, and how they are made and taken apart.</summary>
internal static class ElementwiseRules
{
    private const string Bits = "the bits of a number have no derivative; choose with ConditionalSelect, or compute with the numbers themselves";

    private const string Memory = "it reads numbers from memory that is not followed; write the elements as arguments of the constructor";

    private const string Written = "it writes memory that is not followed; store the numbers one by one";

    // Functions of a vector, and the scalar functions that they are number by number.
    private static readonly (string Member, string Scalar, int Arity)[] functions =
    [
        ("Abs", "MathF.Abs", 1), ("Cos", "MathF.Cos", 1), ("Sin", "MathF.Sin", 1), ("Exp", "MathF.Exp", 1), ("Log", "MathF.Log", 1),
        ("Log2", "MathF.Log2", 1), ("SquareRoot", "MathF.Sqrt", 1), ("DegreesToRadians", "float.DegreesToRadians", 1), ("RadiansToDegrees", "float.RadiansToDegrees", 1),
        ("CopySign", "MathF.CopySign", 2), ("Hypot", "float.Hypot", 2), ("Max", "MathF.Max", 2), ("Min", "MathF.Min", 2),
        ("MaxMagnitude", "MathF.MaxMagnitude", 2), ("MinMagnitude", "MathF.MinMagnitude", 2), ("MaxMagnitudeNumber", "float.MaxMagnitudeNumber", 2),
        ("MinMagnitudeNumber", "float.MinMagnitudeNumber", 2), ("MaxNumber", "float.MaxNumber", 2), ("MinNumber", "float.MinNumber", 2),
        ("MaxNative", "float.MaxNative", 2), ("MinNative", "float.MinNative", 2),
        ("FusedMultiplyAdd", "MathF.FusedMultiplyAdd", 3), ("MultiplyAddEstimate", "float.MultiplyAddEstimate", 3),
    ];

    private static readonly string[] tests =
    [
        "IsEvenInteger", "IsFinite", "IsInfinity", "IsInteger", "IsNaN", "IsNegative", "IsNegativeInfinity", "IsNormal", "IsOddInteger", "IsPositive",
        "IsPositiveInfinity", "IsSubnormal", "IsZero",
    ];

    private static readonly string[] comparisons = ["Equals", "GreaterThan", "GreaterThanOrEqual", "LessThan", "LessThanOrEqual"];

    private static readonly string[] bitwise = ["AndNot", "BitwiseAnd", "BitwiseOr", "Xor", "op_BitwiseAnd", "op_BitwiseOr", "op_ExclusiveOr"];

    public static IEnumerable<PartsRule> All => new[] { 2, 3, 4 }.SelectMany(OfSize);

    private static IEnumerable<PartsRule> OfSize(int n)
    {
        string v = "Vector" + n;
        return
        [
            .. functions.Select(f => Like($"{v}.{f.Member}({Repeated(v, f.Arity)})", a => Vector.Of(n, i => Apply(f.Scalar, [.. a.Select(part => part[i])])))),
            .. new[] { "", "Native" }.Select(kind => Like($"{v}.Clamp{kind}({v}, {v}, {v})", a => Each(kind == "" ? "MathF.Min" : "float.MinNative", Each(kind == "" ? "MathF.Max" : "float.MaxNative", a[0], a[1]), a[2]))),
            Like($"{v}.Lerp({v}, {v}, float)", a => Vector.Lerp(a[0], a[1], a[2])),
            Like($"{v}.Lerp({v}, {v}, {v})", a => a[0] + Vector.Times(a[1] - a[0], a[2])),
            Like($"{v}.Sum({v})", a => a[0].Numbers.Aggregate(static (sum, next) => sum + next)),
            Like($"{v}.SinCos({v})", a => Vector.Of(a[0].Map(Sin), a[0].Map(Cos))),
            PartsRule.Of($"{v}.ConditionalSelect({v}, {v}, {v})", (a, y, dy) => [a[0].Map(ZeroOf), Masked(a[0], dy, -1), Masked(a[0], dy, 0)]),
            .. Shuffles(v, n),
            .. tests.Select(member => Zero($"{v}.{member}({v})")),
            .. comparisons.Select(member => Zero($"{v}.{member}({v}, {v})")),
            Zero($"{v}.Round({v})"),
            Zero($"{v}.Round({v}, MidpointRounding)"),
            Zero($"{v}.Truncate({v})"),
            .. bitwise.Select(member => Refused($"{v}.{member}({v}, {v})", Bits)),
            .. new[] { "op_LeftShift", "op_RightShift", "op_UnsignedRightShift" }.Select(member => Refused($"{v}.{member}({v}, int)", Bits)),
            Refused($"{v}.OnesComplement({v})", Bits),
            Refused($"{v}.op_OnesComplement({v})", Bits),
            .. new[] { "Create", "new" }.Select(member => Refused($"{v}.{member}(ReadOnlySpan<float>)", Memory)),
            .. new[] { "Load", "LoadAligned", "LoadAlignedNonTemporal" }.Select(member => Refused($"{v}.{member}(float*)", Memory)),
            Refused($"{v}.LoadUnsafe(ref readonly float)", Memory),
            Refused($"{v}.LoadUnsafe(ref readonly float, nuint)", Memory),
            .. new[] { "Store", "StoreAligned", "StoreAlignedNonTemporal" }.Select(member => Refused($"Vector.{member}({v}, float*)", Written)),
            Refused($"Vector.StoreUnsafe({v}, ref float)", Written),
            Refused($"Vector.StoreUnsafe({v}, ref float, nuint)", Written),
            Refused($"{v}.this.CopyTo(float[])", Written),
            Refused($"{v}.this.CopyTo(float[], int)", Written),
            Refused($"{v}.this.CopyTo(Span<float>)", Written),
            Refused($"{v}.this.TryCopyTo(Span<float>)", Written),
        ];
    }

    /// <summary>What a bit mask lets through: all, or nothing; where it mixes bits of two numbers there is no number to give.</summary>
    private static Vector Masked(Vector mask, Vector dy, int chosen) => Vector.Zip(mask, dy, (m, d) =>
    {
        Expr bits = new Apply("BitConverter.SingleToInt32Bits", EquatableArray.Of(m), IrType.Int32);
        Expr all = Equal(bits, Numbers.Int(chosen)), none = Equal(bits, Numbers.Int(-1 - chosen));
        return Select(all, d, Select(none, ZeroOf(d), d * double.NaN));
    });

    private static IEnumerable<PartsRule> Shuffles(string v, int n)
    {
        string member = $"{v}.Shuffle({v}, {Repeated("byte", n)})";
        PartsFormula moved = (a, y, dy) =>
        [
            Vector.Of(n, i => Enumerable.Range(0, n).Select(k => If(Equal(a[k + 1], a[k + 1][0].Type.Number(i)), dy[k])).Aggregate(static (sum, next) => sum + next)),
            .. a.Skip(1).Select(static index => index.Map(ZeroOf)),
        ];
        return [PartsRule.Of(member, moved) with { Exact = a => a.Skip(1).All(index => index[0] is Literal l && l.Bits < n) ? Vector.Of(n, i => a[0][(int)((Literal)a[i + 1][0]).Bits]) : null }];
    }

    private static Vector Each(string scalar, Vector a, Vector b) => Vector.Zip(a, b, (x, y) => Apply(scalar, x, y));

    private static Apply Apply(string scalar, params Expr[] arguments) => new(scalar, arguments.ToEquatable(), arguments[0].Type);

    private static string Repeated(string type, int count) => string.Join(", ", Enumerable.Repeat(type, count));
}
