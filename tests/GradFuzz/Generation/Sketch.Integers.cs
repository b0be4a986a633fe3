using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Generation;

/// <summary>Integers, indices and tests.</summary>
internal sealed partial class Sketch
{
    private static readonly BinaryOp[] relations = [BinaryOp.Less, BinaryOp.LessOrEqual, BinaryOp.Greater, BinaryOp.GreaterOrEqual];
    private static readonly BinaryOp[] equalities = [.. relations, BinaryOp.Equal, BinaryOp.NotEqual];
    private static readonly BinaryOp[] integerOps = [BinaryOp.Add, BinaryOp.Subtract, BinaryOp.Multiply, BinaryOp.And, BinaryOp.Or, BinaryOp.Xor];

    private Expr Integer(int depth)
    {
        if (depth <= 0)
        {
            return IntegerLeaf();
        }

        return random.Next(14) switch
        {
            10 when Has(Constructs.Widths) => Settled(new Cast(DataType.Int, Whole(Pick(widths), depth - 1))),
            11 when Has(Constructs.Enums) => new Cast(DataType.Int, Mode(depth - 1)),
            12 => InContext(Integer(depth - 1)),
            13 when CallOfUnmarked(DataType.Int, depth) is { } call => call,
            < 3 => new Binary(Pick(integerOps), Integer(depth - 1), Integer(depth - 1)),
            3 => new Binary(Pick(new[] { BinaryOp.Divide, BinaryOp.Remainder }), Integer(depth - 1), new Literal(DataType.Int, random.Next(2, 5))),
            4 => new Binary(Pick(new[] { BinaryOp.ShiftLeft, BinaryOp.ShiftRight }), Integer(depth - 1), new Literal(DataType.Int, random.Next(3))),
            5 when Has(Constructs.Casts) => new Cast(DataType.Int, Exact(FloatingType(), depth - 1)),
            6 when Has(Constructs.Ternary) => new Conditional(Test(depth - 1), Integer(depth - 1), Integer(depth - 1)),
            7 => new Unary(Chance(0.5) ? UnaryOp.Negate : UnaryOp.Complement, Integer(depth - 1)),
            8 when Has(Constructs.ValuesOfAssignments) && TargetOf(DataType.Int) is { } target
                => Chance(0.5) ? new Stepped((Step)random.Next(4), target) : new Assign(target, Chance(0.5) ? BinaryOp.Add : null, Integer(depth - 1)),
            _ => IntegerLeaf(),
        };
    }

    private Expr IntegerLeaf()
    {
        IReadOnlyList<Variable> integers = VisibleOf(variable => variable.Type == DataType.Int);
        IReadOnlyList<Variable> memory = VisibleOf(variable => variable.Type is MemoryType);
        return random.Next(4) switch
        {
            < 2 when integers.Count > 0 => new Local(Preferred(integers)),
            2 when memory.Count > 0 => SizeOf(Pick(memory)),
            3 when Has(Constructs.Counts) && Found(DataType.Int) is { } found => found,
            _ => new Literal(DataType.Int, random.Next(4)),
        };
    }

    private Size SizeOf(Variable memory) => new(new Local(memory), !((MemoryType)memory.Type).IsLinear ? random.Next(memory.Extents.Length) : -1);

    private Expr[] Indices(Shape shape, int[] extents)
    {
        if (shape is Shape.Grid or Shape.Cube)
        {
            return [.. extents.Select(extent => Index(extent, shape))];
        }

        return shape == Shape.Jagged ? [Index(extents.Length, shape), Index(extents.Min(), shape)] : [LinearIndex(extents[0], shape)];
    }

    private Expr LinearIndex(int length, Shape shape) => Has(Constructs.Ranges) && Chance(0.15) ? new FromEnd(random.Next(length) + 1) : Index(length, shape);

    /// <summary>An index that is inside.</summary>
    private Expr Index(int length, Shape shape = Shape.Span)
    {
        if (Moving(length) is { } moving)
        {
            return moving;
        }

        if (Gathered(length) is { } gathered)
        {
            return gathered;
        }

        IReadOnlyList<Variable> bounded = VisibleOf(variable => variable.Type is NumberType && variable.Bound > 0 && variable.Bound <= length && constant.Contains(variable.Id));
        if (bounded.Count > 0 && Chance(0.75))
        {
            Variable index = Pick(bounded);
            if (index.Type != DataType.Int)
            {
                // Arrays are indexed by any whole number, spans by what converts to int.
                bool isDirect = index.Type is NumberType { Kind: Scalar.Byte or Scalar.SByte or Scalar.Short } || (index.Type != DataType.Mode && shape is not (Shape.Span or Shape.ReadOnlySpan or Shape.Memory));
                return isDirect ? new Local(index) : new Cast(DataType.Int, new Local(index));
            }

            return random.Next(6) switch
            {
                0 => new Binary(BinaryOp.Subtract, new Literal(DataType.Int, length - 1), new Local(index)),
                1 when index.Bound < length => new Binary(BinaryOp.Add, new Local(index), new Literal(DataType.Int, 1)),
                2 => new Binary(BinaryOp.Remainder, new Binary(BinaryOp.Add, new Local(index), new Literal(DataType.Int, 1)), new Literal(DataType.Int, length)),
                _ => new Local(index),
            };
        }

        return Chance(0.7) || isMoving || !Has(Constructs.Integers)
            ? new Literal(DataType.Int, random.Next(length))
            : new Binary(BinaryOp.Remainder, new Binary(BinaryOp.And, Integer(2), new Literal(DataType.Int, 7)), new Literal(DataType.Int, length));
    }

    private bool isGathering;

    /// <summary>An index out of an array of indices; null where there is none, and in such an index itself.</summary>
    private Expr? Gathered(int length)
    {
        if (isGathering || !Has(Constructs.Counts) || Chance(0.6))
        {
            return null;
        }

        isGathering = true;
        IReadOnlyList<Variable> bounded = VisibleOf(variable => variable.Type is MemoryType && variable.Bound > 0 && variable.Bound <= length);
        Expr? index = bounded.Count > 0 ? Inside(Pick(bounded), DataType.Int)
            : Found(DataType.Int) is Element found ? new Binary(BinaryOp.Remainder, new Binary(BinaryOp.And, found, new Literal(DataType.Int, 7)), new Literal(DataType.Int, length))
            : null;
        isGathering = false;
        return index;
    }

    private Binary Compared(NumberType type) => new(Pick(equalities), Whole(type, 1), Whole(type, 1));

    private Expr Test(int depth)
    {
        IReadOnlyList<Variable> flags = VisibleOf(variable => variable.Type == DataType.Bool);
        DataType type = FloatingType();
        return random.Next(13) switch
        {
            12 when depth > 0 && CallOfUnmarked(DataType.Bool, depth) is { } call => call,
            0 when flags.Count > 0 => new Local(Pick(flags)),
            1 when flags.Count > 0 => new Unary(UnaryOp.Not, new Local(Pick(flags))),
            2 when depth > 0 => new Binary(BinaryOp.AndAlso, Test(depth - 1), Test(depth - 1)),
            3 when depth > 0 => new Binary(BinaryOp.OrElse, Test(depth - 1), Test(depth - 1)),
            4 when depth > 0 => new Binary(Pick(new[] { BinaryOp.And, BinaryOp.Or, BinaryOp.Xor }), Test(depth - 1), Test(depth - 1)),
            8 when depth > 0 && Has(Constructs.Patterns) => Pattern(depth - 1),
            5 when depth > 0 => new Unary(UnaryOp.Not, Test(depth - 1)),
            6 when Has(Constructs.Widths) || Has(Constructs.Enums) => Compared(InactiveType()),
            6 or 7 when Has(Constructs.Integers) => new Binary(Pick(equalities), Integer(1), Integer(1)),
            _ => new Binary(Pick(relations), Exact(type, Math.Min(depth, 1)), Chance(0.5) ? Constant(type) : Exact(type, Math.Min(depth, 1))),
        };
    }
}
