using Backprop.Generator.IR;

namespace Backprop.Generator.Tests.Semantics;

/// <summary>What an expression may read.</summary>
/// <param name="Visible">Every value in scope.</param>
/// <param name="Current">The present values of user variables.</param>
/// <param name="Accumulator">A <c>ref</c> parameter.</param>
internal sealed record Pool(List<Variable> Visible, List<Variable> Current, Variable Accumulator);

/// <summary>Makes expressions whose operands are mostly present values, sometimes old ones.</summary>
internal sealed class RandomExpressions(Random random)
{
    private const string Calls = "global::Backprop.Generator.Tests.Semantics.Host.";

    public Expr Operand(IrType type, Pool pool)
    {
        if (random.Next(8) == 0)
        {
            return type == IrType.Double ? IrType.Double.Number(random.Next(-4, 9) * 0.5)
                : type == IrType.Bool ? (random.Next(2) == 0 ? Numbers.True : Numbers.False) : Numbers.Int(random.Next(1, 5));
        }

        List<Variable> from = [.. (random.Next(3) == 0 ? pool.Visible : pool.Current).Where(v => v.Type == type)];
        if (from.Count == 0 || random.Next(3) == 0)
        {
            // The latest ones, so that values are used once and at once as often as not.
            from = [.. pool.Visible.Where(v => v.Type == type).TakeLast(3)];
        }

        return from[random.Next(from.Count)].Read();
    }

    /// <summary>One of the latest values.</summary>
    public Expr Fresh(IEnumerable<Variable> visible)
    {
        List<Variable> latest = [.. visible.Where(v => v.Type == IrType.Double).TakeLast(4)];
        return latest[random.Next(latest.Count)].Read();
    }

    /// <summary>A value whose computation reads what others write, may throw, or writes.</summary>
    public Expr WithEffect(Expr x, Pool pool) => random.Next(6) switch
    {
        0 => Log(x),
        1 => new External(Calls + "Peek({0})", EquatableArray.Of(x), IrType.Double, Effect.Reads, 0),
        2 => pool.Accumulator.Read() + x,
        3 => new Generator.IR.Convert(new Binary(BinaryOp.Divide, Numbers.Int(7), Operand(IrType.Int32, pool), IrType.Int32), IrType.Double),
        4 => new External("{0} * 2 + {1}", EquatableArray.Of(x, Target(pool)), IrType.Double, Effect.Pure, 0),
        _ => Target(pool),
    };

    public Expr Test(Pool pool) => random.Next(3) == 0 ? Operand(IrType.Bool, pool) : Value(IrType.Bool, pool);

    public Expr Value(IrType type, Pool pool) => type == IrType.Double ? Double(pool) : type == IrType.Int32 ? Int(pool) : Bool(pool);

    /// <summary>Sometimes an expression in an expression.</summary>
    public Expr Deep(IrType type, Pool pool) => random.Next(3) == 0 ? Value(type, pool) : Operand(type, pool);

    public External Log(Expr value) => new(Calls + "Log({0})", EquatableArray.Of(value), IrType.Double, Effect.Writes, 0);

    public Element Target(Pool pool)
    {
        List<Variable> memories = [.. pool.Visible.Where(v => v.Type.IsMemory)];
        return new Element(memories[random.Next(memories.Count)].Read(), EquatableArray.Of(Index(pool)));
    }

    // Storage has five elements: sometimes an index is out of range.
    private Expr Index(Pool pool) => random.Next(3) switch
    {
        0 => Numbers.Int(random.Next(4)),
        1 => new Binary(BinaryOp.And, Operand(IrType.Int32, pool), Numbers.Int(random.Next(12) == 0 ? 7 : 3), IrType.Int32),
        _ => random.Next(10) == 0 ? Operand(IrType.Int32, pool) : Numbers.Int(random.Next(3)),
    };

    private Expr Double(Pool pool)
    {
        Expr x = Deep(IrType.Double, pool), y = Operand(IrType.Double, pool);
        return random.Next(18) switch
        {
            0 or 1 => x + y,
            2 => x - y,
            3 or 4 => x * y,
            5 => x / y,
            6 => -x,
            7 => new Apply("Math.Abs", EquatableArray.Of(x), IrType.Double),
            8 => new Apply("Math.Max", EquatableArray.Of(x, y), IrType.Double),
            9 => new Generator.IR.Convert(Operand(IrType.Int32, pool), IrType.Double),
            10 or 11 => Target(pool),
            12 => Log(x),
            13 => new External(Calls + "Peek({0})", EquatableArray.Of(x), IrType.Double, Effect.Reads, 0),
            14 => random.Next(2) == 0
                ? new External(Calls + "Mix({0}, {1})", EquatableArray.Of(x, y), IrType.Double, Effect.Pure, 0)
                : new External("{0} * 2 + {1}", EquatableArray.Of(x, y), IrType.Double, Effect.Pure, 0),
            15 => random.Next(2) == 0 ? pool.Accumulator.Read() : new Conditional(Test(pool), x, y),
            16 => Operand(IrType.Double, pool),
            _ => random.Next(4) == 0 ? new Default(IrType.Double) : x - (y * x),
        };
    }

    private Expr Int(Pool pool)
    {
        Expr x = Deep(IrType.Int32, pool), y = Operand(IrType.Int32, pool);
        Overflow overflow = random.Next(4) == 0 ? Overflow.Checked : Overflow.Unchecked;
        return random.Next(10) switch
        {
            0 or 1 => new Binary(BinaryOp.Add, x, y, IrType.Int32, overflow),
            2 => new Binary(BinaryOp.Subtract, x, y, IrType.Int32, overflow),
            3 => new Binary(BinaryOp.Multiply, x, y, IrType.Int32, overflow),
            4 => new Binary(BinaryOp.Divide, x, random.Next(3) == 0 ? y : Numbers.Int(random.Next(1, 4)), IrType.Int32),
            5 => new Binary(BinaryOp.Remainder, x, Numbers.Int(random.Next(1, 4)), IrType.Int32),
            6 => new Binary(BinaryOp.And, x, Numbers.Int(3), IrType.Int32),
            7 => new Unary(UnaryOp.Negate, x, IrType.Int32, overflow),
            8 => pool.Visible.First(v => v.Type.IsMemory) is var memory ? new Length(memory.Read()) : x,
            _ => Operand(IrType.Int32, pool),
        };
    }

    private Expr Bool(Pool pool)
    {
        BinaryOp[] comparisons = [BinaryOp.Less, BinaryOp.LessOrEqual, BinaryOp.Greater, BinaryOp.GreaterOrEqual, BinaryOp.Equal, BinaryOp.NotEqual];
        BinaryOp op = comparisons[random.Next(comparisons.Length)];
        return random.Next(7) switch
        {
            0 => new Unary(UnaryOp.Not, Operand(IrType.Bool, pool), IrType.Bool),
            1 => new Binary(BinaryOp.And, Operand(IrType.Bool, pool), Operand(IrType.Bool, pool), IrType.Bool),
            2 or 3 => new Binary(op, Deep(IrType.Int32, pool), Operand(IrType.Int32, pool), IrType.Bool),
            _ => new Binary(op, Deep(IrType.Double, pool), Operand(IrType.Double, pool), IrType.Bool),
        };
    }
}
