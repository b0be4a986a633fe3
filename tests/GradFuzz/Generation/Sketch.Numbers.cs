using Backprop.Fuzz.Ast;
using Backprop.Fuzz.Interpret;

namespace Backprop.Fuzz.Generation;

/// <summary>Expressions of floating-point type.</summary>
internal sealed partial class Sketch
{
    private static readonly BinaryOp[] sums = [BinaryOp.Add, BinaryOp.Subtract, BinaryOp.Multiply, BinaryOp.Multiply];
    private static readonly double[] constants = [0.5, 2, 1, 0.25, -1, 1.5, 3, -0.75, 0.1];

    /// <summary>An expression that converts implicitly to a floating-point type.</summary>
    private Expr Floating(DataType type, int depth)
    {
        if (depth <= 0)
        {
            return Leaf(type);
        }

        if (focus.Length > 0 && Chance(0.3))
        {
            return Chance(0.5) && CallOf(type, depth) is { } crossed ? crossed : ValueOfAssignment(type, depth);
        }

        return random.Next(20) switch
        {
            < 5 => new Binary(Pick(sums), Floating(type, depth - 1), Floating(type, depth - 1)),
            5 => Quotient(type, depth),
            6 or 7 when Has(Constructs.Functions) => Smooth(type, depth),
            8 when Has(Constructs.Kinks) && Chance(0.9) => Kinked(type, depth),
            9 when Has(Constructs.Ternary) => new Conditional(Test(depth - 1), Exact(type, depth - 1), Exact(type, depth - 1)),
            10 when Has(Constructs.SwitchExpression) => Choice(type, depth),
            18 or 19 when NumberOfVector(type, depth) is { } number => number,
            11 when Has(Constructs.Casts) => Cast(type, depth),
            12 when Chance(0.5) && CallOfUnmarked(type, depth) is { } call => new Stop(call),
            12 when Has(Constructs.Stop) => new Stop(Exact(type, depth - 1)),
            13 when Has(Constructs.ValuesOfAssignments) => ValueOfAssignment(type, depth),
            14 or 16 when CallOf(type, depth) is { } call => call,
            15 => new Unary(UnaryOp.Negate, Exact(type, depth - 1)),
            8 when Has(Constructs.Kinks) => new Binary(BinaryOp.Remainder, Exact(type, depth - 1), new Literal(type, 0.7)),
            _ => Leaf(type),
        };
    }

    /// <summary>Of exactly this type.</summary>
    private Expr Exact(DataType type, int depth) => Exactly(type, Floating(type, depth));

    private static Expr Exactly(DataType type, Expr expression) => expression.Type == type ? expression : new Cast(type, expression);

    private Literal Constant(DataType type) => new(type, Pick(constants));

    private Expr Leaf(DataType type)
    {
        for (int attempt = 0; attempt < 4; attempt++)
        {
            if (Chance(0.12))
            {
                return Constant(type);
            }

            if (ReadOf(type) is { } read)
            {
                return read;
            }
        }

        return Constant(type);
    }

    /// <summary>Something in scope that converts to the type; null where the pick does not.</summary>
    private Expr? ReadOf(DataType type)
    {
        if (visible.Count == 0)
        {
            return null;
        }

        // What was declared last is of most interest.
        int back = Math.Min(random.Next(visible.Count), random.Next(visible.Count));
        Variable variable = Preferred(visible, visible[^(back + 1)]);
        Expr? read = NumberIn(new Local(variable), variable.Extents);
        return read is not null && Converts(read.Type, type) ? read : null;
    }

    private bool Converts(DataType from, DataType to) => from == to || (!isGeneric && ((from == DataType.Float && to == DataType.Double) || (from.IsWhole && Chance(0.3))));

    /// <summary>A number in a value: an element, a member.</summary>
    private Expr? NumberIn(Expr value, int[] extents)
    {
        switch (value.Type)
        {
            case NumberType: return value.Type == DataType.Bool || value.Type == DataType.Mode ? null : value;
            case MemoryType memory: return NumberIn(new Element(value, Indices(memory.Shape, extents)), []);
            case CompositeType composite:
                if (composite.Properties.Length > 0 && Chance(0.25))
                {
                    (string property, Expr body) = Pick(composite.Properties);
                    return new Property(value, property, body.Type);
                }

                if (Chance(0.4) && ItemOf(value, "Get") is { } item)
                {
                    return item;
                }

                Field field = Pick(composite.Fields);
                return NumberIn(new Member(value, field.Name, field.Type), field.Extents);
            default: return null;
        }
    }

    /// <summary>A quotient with a denominator that stays away from zero.</summary>
    private Expr Quotient(DataType type, int depth)
    {
        Expr denominator = Chance(0.3) || !Has(Constructs.Functions)
            ? new Literal(type, Pick(new[] { 2.0, 1.5, -4, 0.8 }))
            : new Binary(BinaryOp.Add, new Literal(type, 1.5), Call("Sin", type, Exact(type, depth - 1)));
        return new Binary(BinaryOp.Divide, Exact(type, depth - 1), denominator);
    }

    private static MathCall Call(string function, DataType type, params Expr[] arguments) => new(function, arguments, type);

    private Expr Smooth(DataType type, int depth)
    {
        Function function = Pick(Functions.All.Where(candidate => !candidate.IsKinked).ToArray());
        Expr[] arguments = [.. Enumerable.Range(0, function.Arity).Select(_ => Inside(function.Domain, type, Exact(type, depth - 1)))];
        return Call(function.Name, type, arguments);
    }

    private Expr Kinked(DataType type, int depth)
    {
        Function function = Pick(Functions.All.Where(candidate => candidate.IsKinked).ToArray());
        Expr[] arguments = function.Name == "Clamp"
            ? [Exact(type, depth - 1), new Literal(type, -0.8), new Literal(type, 0.9)]
            : [.. Enumerable.Range(0, function.Arity).Select(_ => Exact(type, depth - 1))];
        return Call(function.Name, type, arguments);
    }

    /// <summary>An expression brought to where a function is smooth and not large.</summary>
    private Expr Inside(Domain domain, DataType type, Expr x) => domain switch
    {
        Domain.Positive => Chance(0.5)
            ? new Binary(BinaryOp.Add, new Literal(type, 1.6), Call("Sin", type, x))
            : new Binary(BinaryOp.Add, new Literal(type, 0.5), Call("Exp", type, Call("Tanh", type, x))),
        Domain.AboveOne => new Binary(BinaryOp.Add, new Literal(type, 2.5), Call("Cos", type, x)),
        Domain.Unit => new Binary(BinaryOp.Multiply, new Literal(type, 0.8), Call("Sin", type, x)),
        Domain.Moderate => Chance(0.5) ? Call("Tanh", type, x) : new Binary(BinaryOp.Multiply, new Literal(type, 0.5), x),
        _ => x,
    };

    private Expr Choice(DataType type, int depth)
    {
        bool isInteger = isGeneric || Chance(0.5);
        Expr subject = isInteger ? Subject(depth - 1) : Exact(type, depth - 1);
        double[] labels = isInteger ? [0, 2] : [-0.5, 0.25];
        return new Choice(subject, isInteger ? BinaryOp.Equal : BinaryOp.Less, labels, [.. Enumerable.Range(0, 3).Select(_ => Exact(type, depth - 1))]);
    }

    private Expr Cast(DataType type, int depth) => random.Next(3) switch
    {
        0 => new Cast(type, Integer(depth - 1)),
        1 when Has(Constructs.Float) && !isGeneric => new Cast(type, Exact(type == DataType.Double ? DataType.Float : DataType.Double, depth - 1)),
        _ => new Cast(type, Exact(type, depth - 1)),
    };

    private Expr ValueOfAssignment(DataType type, int depth)
    {
        if (AssignableOf(type) is not { } target)
        {
            return Leaf(type);
        }

        return random.Next(3) switch
        {
            0 => new Assign(target, null, Floating(type, depth - 1)),
            1 => new Assign(target, Pick(sums), Floating(type, depth - 1)),
            _ => new Stepped((Step)random.Next(4), target),
        };
    }
}
