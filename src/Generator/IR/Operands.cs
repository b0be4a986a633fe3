namespace Backprop.Generator.IR;

/// <summary>The expressions directly inside an expression, in the order in which C# evaluates them.</summary>
internal static class Operands
{
    public static IEnumerable<Expr> Of(Expr expr) => expr switch
    {
        Unary e => [e.Operand],
        Binary e => [e.Left, e.Right],
        Convert e => [e.Operand],
        Conditional e => [e.Test, e.Then, e.Else],
        Apply e => e.Arguments,
        Stop e => [e.Operand],
        External e => e.Arguments,
        Element e => [e.Memory, .. e.Indices],
        Pack e => e.Leaves,
        Length e => [e.Memory],
        Slice e => [e.Memory, e.Start, e.Count],
        Allocate e => e.Extents,
        _ => [],
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
            case Conditional e: return new Conditional(map(e.Test), map(e.Then), map(e.Else));
            case Apply e: return e with { Arguments = e.Arguments.Map(map) };
            case Stop e: return new Stop(map(e.Operand));
            case External e: return e with { Arguments = e.Arguments.Map(map) };
            case Element e: return e with { Memory = map(e.Memory), Indices = e.Indices.Map(map) };
            case Pack e: return e with { Leaves = e.Leaves.Map(map) };
            case Length e: return e with { Memory = map(e.Memory) };
            case Slice e: return e with { Memory = map(e.Memory), Start = map(e.Start), Count = map(e.Count) };
            case Allocate e: return e with { Extents = e.Extents.Map(map) };
            default: return expr;
        }
    }

    /// <summary>The very same list where no expression changed.</summary>
    public static EquatableArray<Expr> Map(this EquatableArray<Expr> list, Func<Expr, Expr> map)
    {
        Expr[] mapped = new Expr[list.Count];
        bool isSame = true;
        for (int i = 0; i < mapped.Length; i++)
        {
            mapped[i] = map(list[i]);
            isSame &= ReferenceEquals(mapped[i], list[i]);
        }

        return isSame ? list : mapped.ToEquatable();
    }

    /// <summary>Every variable that is read somewhere in an expression, once for each time, in order.</summary>
    public static IEnumerable<Variable> Reads(Expr expr) => expr switch
    {
        // Almost all expressions that passes see.
        Read read => [read.Variable],
        Literal => [],
        Unary { Operand: Read only } => [only.Variable],
        Binary { Left: Read left, Right: Read right } => [left.Variable, right.Variable],
        Binary { Left: Read left, Right: Literal } => [left.Variable],
        Binary { Left: Literal, Right: Read right } => [right.Variable],
        _ => ReadsOf(expr),
    };

    private static List<Variable> ReadsOf(Expr expr)
    {
        List<Variable> reads = [];
        var open = new Stack<Expr>();
        open.Push(expr);
        while (open.Count > 0)
        {
            Expr top = open.Pop();
            if (top is Read read)
            {
                reads.Add(read.Variable);
            }

            foreach (Expr operand in Of(top).Reverse())
            {
                open.Push(operand);
            }
        }

        return reads;
    }
}
