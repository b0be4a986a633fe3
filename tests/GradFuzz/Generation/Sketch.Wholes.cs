using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Generation;

/// <summary>Whole numbers of other types than <c>int</c>, and enums.</summary>
internal sealed partial class Sketch
{
    private static readonly NumberType[] widths = [DataType.Long, DataType.UInt, DataType.Byte, DataType.SByte, DataType.Short];

    private NumberType WholeType() => Has(Constructs.Widths) && Chance(0.5) ? Pick(widths) : DataType.Int;

    /// <summary>A type of values that are never differentiated.</summary>
    private NumberType InactiveType() => Has(Constructs.Enums) && Chance(0.4) ? DataType.Mode : WholeType();

    /// <summary>Of exactly this type.</summary>
    private Expr Whole(NumberType type, int depth) => type.Kind switch
    {
        Scalar.Int => Integer(depth),
        Scalar.Mode => Mode(depth),
        _ => depth <= 0 ? WholeLeaf(type) : random.Next(9) switch
        {
            8 when CallOfUnmarked(type, depth) is { } call => call,
            < 2 => Computed(type, new Binary(Pick(integerOps), Whole(type, depth - 1), Whole(type, depth - 1))),
            2 => Computed(type, new Binary(Pick(new[] { BinaryOp.Divide, BinaryOp.Remainder }), Whole(type, depth - 1), new Literal(type, random.Next(2, 5)))),
            3 => Computed(type, new Binary(Pick(new[] { BinaryOp.ShiftLeft, BinaryOp.ShiftRight }), Whole(type, depth - 1), new Literal(DataType.Int, random.Next(3)))),
            4 => Settled(new Cast(type, Integer(depth - 1))),
            5 => Settled(new Cast(type, Whole(Pick(widths), depth - 1))),
            6 when Has(Constructs.Ternary) => new Conditional(Test(depth - 1), Computed(type, Whole(type, depth - 1)), Computed(type, Whole(type, depth - 1))),
            _ => WholeLeaf(type),
        },
    };

    private Expr WholeLeaf(NumberType type) => Chance(0.7) && Found(type) is { } found ? found : new Literal(type, random.Next(4));

    /// <summary>C# computes with bytes as with <c>int</c>.</summary>
    private static Expr Computed(NumberType type, Expr expression)
    {
        Expr settled = Settled(expression);
        return settled.Type == type ? settled : Settled(new Cast(type, settled));
    }

    /// <summary>A constant that does not fit would be no C#, unless it says that it wraps.</summary>
    private static Expr Settled(Expr expression) => expression.Deep().Any(node => node is Local) ? expression : new Context(Overflow.Wraps, expression);

    /// <summary>One of four, as a number in an expression that computes modulo 4.</summary>
    private Expr Mode(int depth) => (depth <= 0 ? 2 : random.Next(7)) switch
    {
        6 when CallOfUnmarked(DataType.Mode, depth) is { } call => call,
        0 => new Cast(DataType.Mode, new Binary(BinaryOp.And, Integer(depth - 1), new Literal(DataType.Int, 3))),
        1 => new Binary(Pick(new[] { BinaryOp.Or, BinaryOp.And, BinaryOp.Xor }), Mode(depth - 1), Mode(depth - 1)),
        _ => WholeLeaf(DataType.Mode),
    };

    /// <summary>What a switch asks of: a whole number below 4, or an enum.</summary>
    private Expr Subject(int depth)
    {
        NumberType type = InactiveType();
        return type == DataType.Mode ? Mode(depth)
            : type.Kind is Scalar.Byte or Scalar.SByte or Scalar.Short ? new Cast(type, new Binary(BinaryOp.And, Whole(type, depth), new Literal(type, 3)))
            : new Binary(BinaryOp.And, Whole(type, depth), new Literal(type, 3));
    }

    /// <summary>Says whether what does not fit wraps or throws.</summary>
    private Expr InContext(Expr expression) => Has(Constructs.Contexts) && Chance(0.25) ? new Context(Chance(0.6) ? Overflow.Throws : Overflow.Wraps, Settled(expression)) : expression;
}
