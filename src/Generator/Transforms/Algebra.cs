using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>What is known of lengths and of integer arithmetic; exact, so it holds for the primal too.</summary>
internal static class Sizes
{
    public static Expr Simplest(Expr expr, Func<Expr, Expr?> definition) => expr switch
    {
        Length { Dimension: Length.Whole } length when definition(length.Memory) is Slice slice => slice.Count,
        Length { Dimension: Length.Whole } length when definition(length.Memory) is Allocate { Extents.Count: 1 } allocate => allocate.Extents[0],
        Length length when definition(length.Memory) is Allocate allocate && length.Dimension >= 0 => allocate.Extents[length.Dimension],
        Slice { Start: Literal { Bits: 0 } } whole when definition(whole.Memory) is Slice inner && inner.Count.Equals(whole.Count) && (inner.Memory.Type is not MemoryType || whole.Type is MemoryType) => inner with { Of = whole.Type },
        Slice { Start: Literal { Bits: 0 } } whole when whole.Memory.Type is SpanType && definition(whole.Memory) is External rented && rented.Effect == Effect.Reads && IsRent(rented, whole.Count) => whole.Memory,
        External { Format: AtLeastZero } count when count.Arguments[0] is Literal { Bits: >= 0 } || definition(count.Arguments[0]) is Length => count.Arguments[0],
        Binary { Left: Literal { Type: ScalarType { Kind: not (Scalar.UInt64 or Scalar.NUInt), IsFloating: false } } a, Right: Literal b } test when Compared(test.Op, a.Bits, b.Bits) is { } known => known,
        _ => expr,
    };

    // A buffer of exactly so many numbers.
    private static bool IsRent(External call, Expr count) => call.Arguments.Count == 2 && call.Arguments[1].Equals(count) && call.Format.Contains(".RentZeroed<");

    // An accessor that was put in the place of its use asks what its argument shows.
    private static Literal? Compared(BinaryOp op, long a, long b) => op switch
    {
        BinaryOp.Equal => Bool(a == b),
        BinaryOp.NotEqual => Bool(a != b),
        BinaryOp.Less => Bool(a < b),
        BinaryOp.LessOrEqual => Bool(a <= b),
        BinaryOp.Greater => Bool(a > b),
        BinaryOp.GreaterOrEqual => Bool(a >= b),
        _ => null,
    };

    private static Literal Bool(bool value) => value ? Numbers.True : Numbers.False;

    private const string AtLeastZero = "global::System.Math.Max({0}, 0)";

    public static External NotNegative(Expr count) => new(AtLeastZero, EquatableArray.Of(count), IrType.Int32, Effect.Pure, 0);

    /// <summary>Integer arithmetic made for the backward sweep (trip counts and last indices).</summary>
    public static Expr Index(Binary e, Func<Expr, Expr?> definition) => (e.Op, e.Left, e.Right) switch
    {
        (BinaryOp.Add, Literal a, Literal b) => Int(a.Bits + b.Bits),
        (BinaryOp.Subtract, Literal a, Literal b) => Int(a.Bits - b.Bits),
        (BinaryOp.Multiply, Literal a, Literal b) => Int(a.Bits * b.Bits),
        (BinaryOp.Add or BinaryOp.Subtract, var a, Literal { Bits: 0 }) => a,
        (BinaryOp.Multiply or BinaryOp.Divide, var a, Literal { Bits: 1 }) => a,
        (BinaryOp.Multiply, Literal { Bits: 1 }, var b) => b,
        (BinaryOp.Add, Literal { Bits: 0 }, var b) => b,
        (BinaryOp.Subtract, var a, var b) when a.Equals(b) => Int(0),
        (BinaryOp.Add, var a, Literal { Bits: < 0 } b) => a - Int(-b.Bits),
        (BinaryOp.Subtract, var a, Literal { Bits: < 0 } b) => a + Int(-b.Bits),
        (BinaryOp.Add or BinaryOp.Subtract, var a, Literal b) when definition(a) is Binary { Op: BinaryOp.Add or BinaryOp.Subtract, Right: Literal c, Overflow: Overflow.Unchecked } inner
            => Shift(inner.Left, Signed(e.Op, b) + Signed(inner.Op, c)),
        _ => e,
    };

    private static long Signed(BinaryOp op, Literal literal) => op == BinaryOp.Add ? literal.Bits : -literal.Bits;

    private static Expr Shift(Expr expr, long by) => by == 0 ? expr : by > 0 ? expr + Int(by) : expr - Int(-by);

    private static Literal Int(long value) => Numbers.Int(unchecked((int)value));
}

/// <summary>Identities for adjoint code. None changes a result that is a number, but they are not for the primal, whose every bit counts.</summary>
internal static class Algebra
{
    public static Expr Simplest(Expr expr, Func<Expr, Expr?> definition) => Sizes.Simplest(expr, definition) switch
    {
        Binary { Type: ScalarType { Kind: Scalar.Int32 }, Overflow: Overflow.Unchecked } e => Sizes.Index(e, definition),
        Binary { Type.IsFloating: true } e => Float(e, definition),
        Unary { Op: UnaryOp.Negate, Type.IsFloating: true } e => Negated(e, definition),
        IR.Convert e when e.Operand.Type.Equals(e.Type) => e.Operand,
        IR.Convert { Type.IsFloating: true, Operand: Literal literal } e when literal.Type.IsFloating => e.Type.Number(Rounded(literal.Number, e.Type)),
        Conditional e when e.Then.Equals(e.Else) => e.Then,
        Conditional { Test: Literal test } e => test.Bits != 0 ? e.Then : e.Else,
        Stop e => e.Operand,
        var e => e,
    };

    private static double Rounded(double value, IrType type) => type.Equals(IrType.Single) ? (float)value : value;

    private static Expr Negated(Unary e, Func<Expr, Expr?> definition) => e.Operand switch
    {
        Literal literal => e.Type.Number(-literal.Number),
        var x when definition(x) is Unary { Op: UnaryOp.Negate } inner => inner.Operand,
        var x when definition(x) is Binary { Op: BinaryOp.Subtract } inner && inner.Type.IsFloating => inner with { Left = inner.Right, Right = inner.Left },
        _ => e,
    };

    private static Expr Float(Binary e, Func<Expr, Expr?> definition)
    {
        if (e is { Left: Literal a, Right: Literal b } && e.Op <= BinaryOp.Divide)
        {
            return e.Type.Number(Rounded(Compute(e.Op, a.Number, b.Number), e.Type));
        }

        return e.Op switch
        {
            BinaryOp.Add => Sum(e, definition),
            BinaryOp.Subtract => Difference(e, definition),
            BinaryOp.Multiply => Product(e, definition),
            BinaryOp.Divide when e.Right.Is(1) => e.Left,
            BinaryOp.Divide when e.Right.Is(-1) => -e.Left,
            _ => e,
        };
    }

    private static double Compute(BinaryOp op, double a, double b) => op switch
    {
        BinaryOp.Add => a + b,
        BinaryOp.Subtract => a - b,
        BinaryOp.Multiply => a * b,
        _ => a / b,
    };

    private static Expr Sum(Binary e, Func<Expr, Expr?> definition)
        => e.Left.Is(0) ? e.Right
            : e.Right.Is(0) ? e.Left
            : e.Left.Equals(e.Right) ? 2 * e.Left
            : Negation(e.Right, definition) is { } right ? e.Left - right
            : Negation(e.Left, definition) is { } left ? e.Right - left
            : definition(e.Left) is Binary { Op: BinaryOp.Add } twice && twice.Right.Equals(e.Right) ? twice.Left + (2 * e.Right)
            : (Product(e.Left, definition), Product(e.Right, definition)) is ({ } a, { } b) && a.Left.Equals(b.Left) && (IsUnnamed(e.Left) || IsUnnamed(e.Right)) ? a.Left * (a.Right + b.Right)
            : e;

    /// <summary>A constant times something.</summary>
    private static Binary? Product(Expr expr, Func<Expr, Expr?> definition) => definition(expr) is Binary { Op: BinaryOp.Multiply, Left: Literal } product ? product : null;

    /// <summary>The same, but not what has a name: a cotangent called dx must be the cotangent of x, not a part of it.</summary>
    private static Binary? Scaled(Expr expr, Func<Expr, Expr?> definition) => IsUnnamed(expr) ? Product(expr, definition) : null;

    private static bool IsUnnamed(Expr expr) => expr is Read { Variable.Name: "" };

    private static Expr Difference(Binary e, Func<Expr, Expr?> definition)
        => e.Right.Is(0) ? e.Left
            : e.Left.Is(0) ? -e.Right
            : Negation(e.Right, definition) is { } right ? e.Left + right
            : Negation(e.Left, definition) is { } left ? -(left + e.Right)
            : e;

    private static Expr Product(Binary e, Func<Expr, Expr?> definition) => (e.Left, e.Right) switch
    {
        (var a, var b) when a.Is(1) => b,
        (var a, var b) when b.Is(1) => a,
        (var a, var b) when a.Is(-1) => -b,
        (var a, var b) when b.Is(-1) => -a,
        (var a, Literal b) => b * a,
        (var a, var b) when Negation(a, definition) is { } x => -(x * b),
        (var a, var b) when Negation(b, definition) is { } x => -(a * x),
        (Literal a, var b) when Product(b, definition) is { Left: Literal inner } product => e.Type.Number(Rounded(a.Number * inner.Number, e.Type)) * product.Right,
        (Literal, _) => e,

        // Constants come first, so that equal products are seen to be equal.
        (var a, var b) when Scaled(b, definition) is { } product => product.Left * (a * product.Right),
        (var a, var b) when Scaled(a, definition) is { } product => product.Left * (product.Right * b),
        _ => e,
    };

    private static Expr? Negation(Expr expr, Func<Expr, Expr?> definition)
        => definition(expr) is Unary { Op: UnaryOp.Negate, Type.IsFloating: true } negation ? negation.Operand : null;
}
