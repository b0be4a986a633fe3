using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Interpret;

/// <summary>Operators and functions on values: the numbers as C# computes them, the derivatives by the chain rule.</summary>
public sealed class Arithmetic(Trace trace)
{
    /// <summary>What a formula of a rule may lose to rounding beside its own size, as a share of the argument's derivative.</summary>
    private const double Noise = 0.01;

    public Value Unary(UnaryOp op, Value operand) => (op, operand) switch
    {
        (UnaryOp.Not, Truth truth) => new Truth(!truth.Holds),
        (UnaryOp.Complement, Whole whole) => new Whole(~whole.Number),
        (UnaryOp.Negate, Whole whole) => Fitted(-(Int128)whole.Number, DataType.Int),
        (UnaryOp.Negate, Dual dual) => Chained(-dual.Number, [dual], [-1], 0),
        _ => throw new NotSupportedException(op.ToString()),
    };

    public Value Binary(BinaryOp op, Value left, Value right, DataType wider) => (left, right) switch
    {
        (Truth a, Truth b) => new Truth(Logic(op, a.Holds, b.Holds)),
        (Whole a, Whole b) when !wider.IsFloating => Integers(op, a.Number, b.Number, wider),
        _ => Floating(op, Converted(left, wider), Converted(right, wider), wider == DataType.Float),
    };

    public Dual Apply(Function function, Dual[] arguments, bool isSingle)
    {
        double[] numbers = [.. arguments.Select(argument => argument.Number)];
        double value = isSingle ? function.Single([.. numbers.Select(number => (float)number)]) : function.Value(numbers);
        if (function.IsKinked)
        {
            trace.Kink(function.Margin(numbers), function.Side(numbers, value));
        }

        return Chained(value, arguments, function.Slopes(numbers, value), Noise);
    }

    /// <summary>The numbers of the result, from those of the arguments.</summary>
    public Dual[] Apply(VectorFunction function, Dual[][] arguments, int size)
    {
        double[][] numbers = [.. arguments.Select(argument => argument.Select(component => component.Number).ToArray())];
        if (function.Kink is { } kink)
        {
            (double margin, int side) = kink(numbers);
            trace.Kink(margin, side);
        }

        double[][] slopes = function.Slopes(numbers);
        return [.. function.Value(numbers, size).Select((value, i) => Chained(value, [.. arguments.SelectMany(argument => argument)], slopes[i], Noise))];
    }

    public Value Convert(Value value, DataType type) => type.Scalar switch
    {
        Scalar.Int when value is Dual dual => Truncated(dual.Number),
        not (Scalar.Double or Scalar.Float) when value is Whole whole => Fitted(whole.Number, type),
        Scalar.Double or Scalar.Float => Converted(value, type),
        _ => value,
    };

    /// <summary>Implicit conversions, and between floating-point types.</summary>
    private Dual Converted(Value value, DataType type) => value switch
    {
        Whole whole => new Dual(type == DataType.Float ? (float)whole.Number : whole.Number),
        Dual dual when type == DataType.Float => new Dual((float)dual.Number, dual.Slopes, dual.Sizes),
        Dual dual => dual,
        _ => throw new NotSupportedException(value.ToString()),
    };

    private Whole Truncated(double number)
    {
        int whole = (int)number;
        trace.Kink(Math.Abs(number - Math.Round(number)), whole);
        return new Whole(whole);
    }

    private static bool Logic(BinaryOp op, bool a, bool b) => op switch
    {
        BinaryOp.And => a & b,
        BinaryOp.Or => a | b,
        BinaryOp.Xor or BinaryOp.NotEqual => a ^ b,
        BinaryOp.Equal => a == b,
        _ => throw new NotSupportedException(op.ToString()),
    };

    private Value Integers(BinaryOp op, long a, long b, DataType type) => op switch
    {
        BinaryOp.Add => Fitted((Int128)a + b, type),
        BinaryOp.Subtract => Fitted((Int128)a - b, type),
        BinaryOp.Multiply => Fitted((Int128)a * b, type),
        BinaryOp.Divide when b is not (0 or -1) => new Whole(a / b),
        BinaryOp.Remainder when b is not (0 or -1) => new Whole(a % b),
        BinaryOp.Divide or BinaryOp.Remainder => throw new DiscardedException("an integer division"),
        BinaryOp.And => new Whole(a & b),
        BinaryOp.Or => new Whole(a | b),
        BinaryOp.Xor => new Whole(a ^ b),
        BinaryOp.ShiftLeft => new Whole(Wrapped((Int128)a << (int)b, type)),
        BinaryOp.ShiftRight => new Whole(a >> (int)b),
        _ => new Truth(Compared(op, a, b)),
    };

    /// <summary>Whether what does not fit its type wraps.</summary>
    public Overflow Overflow { get; set; }

    private Whole Fitted(Int128 number, DataType type)
    {
        long wrapped = Wrapped(number, type);
        return wrapped == number || Overflow == Overflow.Wraps ? new Whole(wrapped) : throw new DiscardedException("an overflow");
    }

    private static long Wrapped(Int128 number, DataType type) => type.Scalar switch
    {
        Scalar.Long => unchecked((long)number),
        Scalar.UInt => unchecked((uint)number),
        Scalar.Byte or Scalar.Mode => unchecked((byte)number),
        Scalar.SByte => unchecked((sbyte)number),
        Scalar.Short => unchecked((short)number),
        _ => unchecked((int)number),
    };

    private Value Floating(BinaryOp op, Dual a, Dual b, bool isSingle)
    {
        if (op.IsTest())
        {
            trace.Branch(Math.Abs(a.Number - b.Number));
            return new Truth(Compared(op, a.Number, b.Number));
        }

        double x = a.Number, y = b.Number;
        float s = (float)x, t = (float)y;
        switch (op)
        {
            case BinaryOp.Add: return Chained(isSingle ? s + t : x + y, [a, b], [1, 1], 0);
            case BinaryOp.Subtract: return Chained(isSingle ? s - t : x - y, [a, b], [1, -1], 0);
            case BinaryOp.Multiply: return Chained(isSingle ? s * t : x * y, [a, b], [y, x], 0);
            case BinaryOp.Divide: return Chained(isSingle ? s / t : x / y, [a, b], [1 / y, -x / (y * y)], Noise);
            case BinaryOp.Remainder:
                double whole = Math.Truncate(x / y);
                trace.Kink(Math.Abs((x / y) - Math.Round(x / y)), (int)whole);
                return Chained(isSingle ? s % t : x % y, [a, b], [1, -whole], Noise);
            default: throw new NotSupportedException(op.ToString());
        }
    }

    private static bool Compared<T>(BinaryOp op, T a, T b) where T : System.Numerics.INumber<T> => op switch
    {
        BinaryOp.Less => a < b,
        BinaryOp.LessOrEqual => a <= b,
        BinaryOp.Greater => a > b,
        BinaryOp.GreaterOrEqual => a >= b,
        BinaryOp.Equal => a == b,
        BinaryOp.NotEqual => a != b,
        _ => throw new NotSupportedException(op.ToString()),
    };

    private Dual Chained(double value, Dual[] arguments, double[] slopes, double noise)
    {
        trace.Size(value);
        int inputs = arguments.Max(argument => argument.Slopes?.Length ?? 0);
        if (inputs == 0)
        {
            return new Dual(value);
        }

        double[] sum = new double[inputs], size = new double[inputs];
        for (int k = 0; k < arguments.Length; k++)
        {
            if (arguments[k].Slopes is { } inner)
            {
                trace.Size(slopes[k]);
                for (int i = 0; i < inputs; i++)
                {
                    sum[i] += slopes[k] * inner[i];
                    size[i] += (Math.Abs(slopes[k]) + noise) * arguments[k].Sizes![i];
                }
            }
        }

        return new Dual(value, sum, size);
    }
}
