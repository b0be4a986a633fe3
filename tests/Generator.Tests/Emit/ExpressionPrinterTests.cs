using Backprop.Generator.Emit;
using Backprop.Generator.IR;

namespace Backprop.Generator.Tests.Emit;

public class ExpressionPrinterTests
{
    private static readonly ScalarType Long = new(Scalar.Int64);
    private static readonly ScalarType Byte = new(Scalar.Byte);
    private static readonly ScalarType Char = new(Scalar.Char);

    private static readonly Expr a = V("a", IrType.Double), b = V("b", IrType.Double), c = V("c", IrType.Double), f = V("f", IrType.Single);
    private static readonly Expr m = V("m", IrType.Int32), n = V("n", IrType.Int32), p = V("p", IrType.Bool), q = V("q", IrType.Bool);

    private static Read V(string name, IrType type) => new(new Variable(name.GetHashCode(), name, type));

    private static string Print(Expr expr, Overflow arithmetic = Overflow.Unchecked, params string[] hidden)
        => new ExpressionPrinter(new KnownNames([.. hidden]), arithmetic).Print(expr);

    private static string PrintAs(Expr expr, IrType type) => new ExpressionPrinter(new KnownNames([]), Overflow.Unchecked).PrintAs(expr, type);

    private static Expr To(IrType type, Expr operand, Overflow overflow = Overflow.Unchecked) => new Generator.IR.Convert(operand, type, overflow);

    private static Expr Op(BinaryOp op, Expr left, Expr right, IrType? type = null, Overflow overflow = Overflow.Unchecked) => new Binary(op, left, right, type ?? left.Type, overflow);

    private static void Check(string expected, Expr expr) => Assert.Equal(expected, Print(expr));

    [Fact]
    public void Parentheses_keep_the_order_of_evaluation_and_no_others_are_written()
    {
        Check("a * b + c", (a * b) + c);
        Check("a * (b + c)", a * (b + c));
        Check("a * (b * c)", a * (b * c));
        Check("a * b * c", a * b * c);
        Check("a - (b - c)", a - (b - c));
        Check("a + (b + c)", a + (b + c));
        Check("a / (b / c)", a / (b / c));
        Check("-(a + b)", -(a + b));
        Check("-a * b", -a * b);
        Check("a - -b", a - -b);
        Check("-(-a)", -(-a));
        Check("(a + b) / c < a", (a + b) / c < a);
        Check("p && (q || p)", Op(BinaryOp.AndAlso, p, Op(BinaryOp.OrElse, q, p)));
        Check("p && q && p", Op(BinaryOp.AndAlso, p, Op(BinaryOp.AndAlso, q, p)));
        Check("!(a < b)", new Unary(UnaryOp.Not, a < b, IrType.Bool));
        Check("(m & 3) == n", Op(BinaryOp.Equal, Op(BinaryOp.And, m, Numbers.Int(3)), n, IrType.Bool));
        Check("m << 1 & n", Op(BinaryOp.And, Op(BinaryOp.ShiftLeft, m, Numbers.Int(1)), n));
        Check("m << (n << 1)", Op(BinaryOp.ShiftLeft, m, Op(BinaryOp.ShiftLeft, n, Numbers.Int(1))));
        Check("p ? a : q ? b : c", new Conditional(p, a, new Conditional(q, b, c)));
        Check("p ? (q ? a : b) : c", new Conditional(p, new Conditional(q, a, b), c));
        Check("(p ? a : b) * c", new Conditional(p, a, b) * c);
        Check("(a + b).Foo()", new External("{0}.Foo()", EquatableArray.Of(a + b), IrType.Double, Effect.Pure, 0));
    }

    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(2, "2.0")]
    [InlineData(-3, "-3.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e-9, "1e-9")]
    [InlineData(1.5e300, "1.5e300")]
    [InlineData(123456789012, "123456789012.0")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(double.Epsilon, "4.94065645841247e-324")]
    [InlineData(double.MaxValue, "1.7976931348623157e308")]
    [InlineData(double.NaN, "double.NaN")]
    [InlineData(double.NegativeInfinity, "double.NegativeInfinity")]
    public void Doubles(double value, string expected) => Check(expected, IrType.Double.Number(value));

    [Theory]
    [InlineData(0.5f, "0.5f")]
    [InlineData(2f, "2f")]
    [InlineData(0.1f, "0.1f")]
    [InlineData(1e-9f, "1e-9f")]
    [InlineData(-0f, "-0f")]
    [InlineData(float.MaxValue, "3.4028235e38f")]
    [InlineData(float.PositiveInfinity, "float.PositiveInfinity")]
    public void Singles(float value, string expected) => Check(expected, IrType.Single.Number(value));

    [Fact]
    public void Other_constants()
    {
        Check("5L", new Literal(5, Long));
        Check("5U", new Literal(5, new ScalarType(Scalar.UInt32)));
        Check("18446744073709551615UL", new Literal(-1, new ScalarType(Scalar.UInt64)));
        Check("(byte)5", new Literal(5, Byte));
        Check("(sbyte)(-5)", new Literal(-5, new ScalarType(Scalar.SByte)));
        Check("'x'", new Literal('x', Char));
        Check(@"'\''", new Literal('\'', Char));
        Check(@"'\u20ac'", new Literal('€', Char));
        Check("true", Numbers.True);
        Check("m - -5", Op(BinaryOp.Subtract, m, Numbers.Int(-5)));
        Check("-(-5)", new Unary(UnaryOp.Negate, Numbers.Int(-5), IrType.Int32));
        Check("-2147483648", Numbers.Int(int.MinValue));
        Check("default(global::System.Guid)", new Default(new OpaqueType("global::System.Guid")));
        Check("0.0", new Default(IrType.Double));
    }

    [Fact]
    public void Whole_numbers_are_written_without_point_where_the_type_is_plain()
    {
        Check("2 * a", 2 * a);
        Check("a < 0", a < a.Type.Number(0));
        Check("2 * f", 2 * f);
        Check("a + -0.0", a + -0.0);
        Check("2.0 / 3", Op(BinaryOp.Divide, IrType.Double.Number(2), IrType.Double.Number(3)));
        Check("2.0 * n", IrType.Double.Number(2) * To(IrType.Double, n));
        Check("-2.0", -IrType.Double.Number(2));
        Check("p ? 1 : a", new Conditional(p, IrType.Double.Number(1), a));
        Check("p ? 1.0 : 2", new Conditional(p, IrType.Double.Number(1), IrType.Double.Number(2)));
        Check("Math.Max(a, 0)", new Apply("Math.Max", EquatableArray.Of<Expr>(a, IrType.Double.Number(0)), IrType.Double));
        Check("Math.Exp(2.0)", new Apply("Math.Exp", EquatableArray.Of<Expr>(IrType.Double.Number(2)), IrType.Double));
        Assert.Equal("0", PrintAs(IrType.Double.Number(0), IrType.Double));
        Assert.Equal("-0.0", PrintAs(IrType.Double.Number(-0.0), IrType.Double));
        Assert.Equal("0.5f", PrintAs(IrType.Single.Number(0.5), IrType.Single));
        Assert.Equal("5", PrintAs(new Literal(5, Byte), Byte));
        Assert.Equal("0", PrintAs(new Default(Long), Long));
    }

    [Fact]
    public void Casts_are_written_only_where_the_conversion_is_not_made_anyway()
    {
        Check("a / n", a / To(IrType.Double, n));
        Check("n * a", To(IrType.Double, n) * a);
        Check("(double)m / n", To(IrType.Double, m) / To(IrType.Double, n));
        Check("m / n * a", To(IrType.Double, Op(BinaryOp.Divide, m, n)) * a);
        Check("a * (m / n)", a * To(IrType.Double, Op(BinaryOp.Divide, m, n)));
        Check("(int)a", To(IrType.Int32, a));
        Check("(int)(a + b)", To(IrType.Int32, a + b));
        Check("(int)-a", To(IrType.Int32, -a));
        Check("(float)a * f", To(IrType.Single, a) * f);
        Check("f * a", To(IrType.Double, f) * a);
        Check("(double)(f * f)", To(IrType.Double, f * f));
        Check("V + n", Op(BinaryOp.Add, To(IrType.Int32, V("V", Byte)), n));
        Check("n + 1L", Op(BinaryOp.Add, To(Long, n), new Literal(1, Long)));
        Check("Math.Exp((double)n)", new Apply("Math.Exp", EquatableArray.Of(To(IrType.Double, n)), IrType.Double));
        Assert.Equal("n", PrintAs(To(IrType.Double, n), IrType.Double));
        Assert.Equal("(byte)n", PrintAs(To(Byte, n), Byte));
        Assert.Equal("(float)a", PrintAs(To(IrType.Single, a), IrType.Single));
    }

    [Fact]
    public void Checked_and_unchecked_stand_where_the_project_says_otherwise()
    {
        Expr sum = Op(BinaryOp.Add, m, n, IrType.Int32, Overflow.Checked);
        Check("checked(m + n) * n", Op(BinaryOp.Multiply, sum, n));
        Check("checked(m + unchecked(m * n))", Op(BinaryOp.Add, m, Op(BinaryOp.Multiply, m, n), IrType.Int32, Overflow.Checked));
        Check("checked((int)a)", To(IrType.Int32, a, Overflow.Checked));
        Check("m / n", Op(BinaryOp.Divide, m, n, IrType.Int32, Overflow.Checked));
        Check("a + b", Op(BinaryOp.Add, a, b, IrType.Double, Overflow.Checked));
        Assert.Equal("m + n", Print(sum, Overflow.Checked));
        Assert.Equal("unchecked(m * n)", Print(Op(BinaryOp.Multiply, m, n), Overflow.Checked));
    }

    [Fact]
    public void Names_that_mean_something_else_are_written_in_full()
    {
        Expr exp = new Apply("Math.Exp", EquatableArray.Of(a), IrType.Double);
        Assert.Equal("global::System.Math.Exp(a)", Print(exp, Overflow.Unchecked, "Math"));
        Expr call = new External("global::Backprop.Require.SameLength({0}, {1})", EquatableArray.Of(m, n), new OpaqueType("void"), Effect.Writes, 0);
        Assert.Equal("Require.SameLength(m, n)", Print(call));
        Assert.Equal("global::Backprop.Require.SameLength(m, n)", Print(call, Overflow.Unchecked, "Require"));
        Check("global::System.Text.Json.Math.Exp(m)", new External("global::System.Text.Json.Math.Exp({0})", EquatableArray.Of(m), IrType.Double, Effect.Pure, 0));
    }

    [Theory]
    [InlineData("Foo({0}, {1})", "Foo(a + b, c) * c")]
    [InlineData("{0}.Foo[{1}]", "(a + b).Foo[c] * c")]
    [InlineData("Foo<int, double>({0}, {1})", "Foo<int, double>(a + b, c) * c")]
    [InlineData("{0} ?? {1}", "((a + b) ?? c) * c")]
    [InlineData("new Point({0}, {1}).X", "new Point(a + b, c).X * c")]
    [InlineData("$\"{{{0}}} {{{1}}}\"", "$\"{(a + b)} {c}\" * c")]
    [InlineData("(int)Foo({0}, {1})", "((int)Foo(a + b, c)) * c")]
    [InlineData("Foo({0}, x => x * {1})", "Foo(a + b, x => x * c) * c")]
    public void Externals(string format, string expected)
        => Check(expected, new External(format, EquatableArray.Of(a + b, c), IrType.Double, Effect.Pure, 0) * c);

    [Fact]
    public void Memory()
    {
        Expr array = V("x", Building.Doubles), span = V("s", Building.View), table = V("t", new ArrayType(IrType.Double, 2));
        Check("x[n + 1]", new Element(array, EquatableArray.Of(Op(BinaryOp.Add, n, Numbers.Int(1)))));
        Check("t[m, n]", new Element(table, EquatableArray.Of(m, n)));
        Check("t.GetLength(1)", new Length(table, 1));
        Check("x.AsSpan(m, n)", new Slice(array, m, n, Building.Writable));
        Check("s.Slice(m, n)", new Slice(span, m, n, Building.View));
        Check("s", new Slice(span, Numbers.Int(0), new Length(span), Building.View));
        Check("x.AsSpan()", new Slice(array, Numbers.Int(0), new Length(array), Building.Writable));
        Assert.Equal("x", PrintAs(new Slice(array, Numbers.Int(0), new Length(array), Building.Writable), Building.Writable));
        Check("new double[n]", new Allocate(EquatableArray.Of(n), Building.Doubles, Lifetime.Escapes));
        Check("new double[n][]", new Allocate(EquatableArray.Of(n), new ArrayType(Building.Doubles, 1), Lifetime.Escapes));
        Check("new double[m, n]", new Allocate(EquatableArray.Of(m, n), new ArrayType(IrType.Double, 2), Lifetime.Local));
        Check("a", new Stop(a));
    }
}
