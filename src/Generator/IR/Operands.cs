namespace Backprop.Generator.IR;

/// <summary>The expressions directly inside an expression, in the order in which C# evaluates them.</summary>
internal static class Operands
{
    public static Few<Expr> Of(Expr expr) => expr switch
    {
        Unary e => new(e.Operand),
        Binary e => new(e.Left, e.Right),
        Convert e => new(e.Operand),
        Conditional e => new(e.Test, e.Then, e.Else),
        Apply e => new(e.Arguments),
        Stop e => new(e.Operand),
        External e => new(e.Arguments),
        Element e => new(e.Memory, e.Indices),
        Pack e => new(e.Leaves),
        Length e => new(e.Memory),
        Slice e => new(e.Memory, e.Start, e.Count),
        Allocate e => new(e.Extents),
        _ => default,
    };

    /// <summary>The same expression over other operands; the very same object where no operand changed.</summary>
    public static Expr Map(this Expr expr, Func<Expr, Expr> map)
    {
        switch (expr)
        {
            case Unary e: return map(e.Operand) is var x && ReferenceEquals(x, e.Operand) ? e : e with { Operand = x };
            case Binary e:
                Expr left = map(e.Left), right = map(e.Right);
                return ReferenceEquals(left, e.Left) && ReferenceEquals(right, e.Right) ? e : e with { Left = left, Right = right };
            case Convert e: return map(e.Operand) is var c && ReferenceEquals(c, e.Operand) ? e : e with { Operand = c };
            case Conditional e:
                Expr test = map(e.Test), then = map(e.Then), @else = map(e.Else);
                return ReferenceEquals(test, e.Test) && ReferenceEquals(then, e.Then) && ReferenceEquals(@else, e.Else) ? e : new Conditional(test, then, @else);
            case Apply e: return e.Arguments.Map(map) is var a && a.IsSame(e.Arguments) ? e : e with { Arguments = a };
            case Stop e: return map(e.Operand) is var s && ReferenceEquals(s, e.Operand) ? e : new Stop(s);
            case External e: return e.Arguments.Map(map) is var given && given.IsSame(e.Arguments) ? e : e with { Arguments = given };
            case Element e: return e.MapElement(map);
            case Pack e: return e.Leaves.Map(map) is var leaves && leaves.IsSame(e.Leaves) ? e : e with { Leaves = leaves };
            case Length e: return map(e.Memory) is var measured && ReferenceEquals(measured, e.Memory) ? e : e with { Memory = measured };
            case Slice e:
                Expr memory = map(e.Memory), start = map(e.Start), count = map(e.Count);
                return ReferenceEquals(memory, e.Memory) && ReferenceEquals(start, e.Start) && ReferenceEquals(count, e.Count) ? e : e with { Memory = memory, Start = start, Count = count };
            case Allocate e: return e.Extents.Map(map) is var extents && extents.IsSame(e.Extents) ? e : e with { Extents = extents };
            default: return expr;
        }
    }

    public static Element MapElement(this Element element, Func<Expr, Expr> map)
    {
        Expr memory = map(element.Memory);
        EquatableArray<Expr> indices = element.Indices.Map(map);
        return ReferenceEquals(memory, element.Memory) && indices.IsSame(element.Indices) ? element : element with { Memory = memory, Indices = indices };
    }

    /// <summary>Every variable that is read somewhere in an expression, once for each time, in order.</summary>
    public static Few<Variable> Reads(this Expr expr) => expr switch
    {
        // Almost all expressions that passes see.
        Read read => new(read.Variable),
        Literal => default,
        Unary { Operand: Read only } => new(only.Variable),
        Binary { Left: Read left, Right: Read right } => new(left.Variable, right.Variable),
        Binary { Left: Read left, Right: Literal } => new(left.Variable),
        Binary { Left: Literal, Right: Read right } => new(right.Variable),
        _ => new(ReadsOf(expr)),
    };

    private static EquatableArray<Variable> ReadsOf(Expr expr)
    {
        List<Variable> reads = [];
        Collect(expr, reads);
        return reads.ToEquatable();
    }

    private static void Collect(Expr expr, List<Variable> reads)
    {
        if (expr is Read read)
        {
            reads.Add(read.Variable);
            return;
        }

        foreach (Expr operand in Of(expr))
        {
            Collect(operand, reads);
        }
    }
}
