namespace Backprop.Generator.IR;

/// <summary>The shape of the tree in one place: which expressions and blocks a node holds, and how to rebuild it with others.</summary>
internal static class Traversal
{
    public static IEnumerable<Expr> Operands(this Expr expr) => IR.Operands.Of(expr);

    public static Element MapElement(this Element element, Func<Expr, Expr> map)
        => element with { Memory = map(element.Memory), Indices = element.Indices.Select(map).ToEquatable() };

    /// <summary>Replaces every read for which <paramref name="value"/> has an answer, at any depth.</summary>
    public static Expr Substitute(this Expr expr, Func<Variable, Expr?> value) => Substitution(value)(expr);

    // One delegate for the whole walk.
    private static Func<Expr, Expr> Substitution(Func<Variable, Expr?> value)
    {
        Func<Expr, Expr> substitute = null!;
        substitute = expr => expr is Read read ? value(read.Variable) ?? expr : expr.Map(substitute);
        return substitute;
    }

    /// <summary>Every variable the expression reads, at any depth.</summary>
    public static IEnumerable<Variable> Reads(this Expr expr) => IR.Operands.Reads(expr);

    /// <summary>The expressions that the statement itself holds, outside of nested blocks (a loop's condition is a block).</summary>
    public static IEnumerable<Expr> Expressions(this Stmt stmt) => stmt switch
    {
        Declare s => s.Value is null ? [] : [s.Value],
        Assign s => [s.Value],
        Store s => [s.Target, s.Value],
        Accumulate s => [s.Target, s.Value],
        WriteBack s => [s.Value],
        Renewal s => [s.Place, s.Value],
        Fill s => [s.Memory, s.Value],
        Copy s => [s.Source, s.Destination],
        Evaluate s => [s.Value],
        Call s => s.Arguments,
        Throw s => [s.Exception],
        Return s => s.Value is null ? [] : [s.Value],
        Using s => [s.Value],
        If s => [s.Test, .. s.Joins.SelectMany(join => new[] { join.Then, join.Else })],
        Loop s => [.. s.Head.Expressions(), .. s.Carried.SelectMany(carried => new[] { carried.Init, carried.Next })],
        Note or Section or Scope or Leave or Break => [],
        _ => throw new NotSupportedException(stmt.GetType().Name),
    };

    private static IEnumerable<Expr> Expressions(this LoopHead head) => head switch
    {
        Counted h => [h.From, h.Bound],
        While h => [h.Test],
        DoWhile h => [h.Test],
        _ => throw new NotSupportedException(head.GetType().Name),
    };

    public static IEnumerable<Block> Blocks(this Stmt stmt) => stmt switch
    {
        If s => [s.Then, s.Else],
        Loop { Head: While head } s => [head.Condition, s.Body, head.Step],
        Loop s => [s.Body],
        Scope s => [s.Body],
        _ => [],
    };

    /// <summary>The same statement over other expressions and blocks.</summary>
    /// <exception cref="InsufficientExecutionStackException">Statements are nested too deeply.</exception>
    public static Stmt Map(this Stmt stmt, Func<Expr, Expr> expr, Func<Block, Block> block)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        return stmt.Rebuild(expr, block);
    }

    private static Stmt Rebuild(this Stmt stmt, Func<Expr, Expr> expr, Func<Block, Block> block) => stmt switch
    {
        Declare s => s.Value is null || (expr(s.Value) is var value && ReferenceEquals(value, s.Value)) ? s : s with { Value = value },
        Assign s => s with { Value = expr(s.Value) },
        Store s => s with { Target = s.Target.MapElement(expr), Value = expr(s.Value) },
        Accumulate s => s with { Target = s.Target is Element e ? e.MapElement(expr) : s.Target, Value = expr(s.Value) },
        WriteBack s => s with { Value = expr(s.Value) },
        Renewal s => new Renewal(s.Place.MapElement(expr), (Pack)expr(s.Value)),
        Fill s => s with { Memory = expr(s.Memory), Value = expr(s.Value) },
        Copy s => s with { Source = expr(s.Source), Destination = expr(s.Destination) },
        Evaluate s => s with { Value = expr(s.Value) },
        Call s => s with { Arguments = s.Arguments.Map(expr) },
        Throw s => s with { Exception = expr(s.Exception) },
        Return s => s.Value is null ? s : s with { Value = expr(s.Value) },
        Using s => s with { Value = expr(s.Value) },
        If s => s with { Test = expr(s.Test), Then = block(s.Then), Else = block(s.Else), Joins = s.Joins.Select(j => j with { Then = expr(j.Then), Else = expr(j.Else) }).ToEquatable() },
        Loop s => s with { Head = s.Head.Map(expr, block), Body = block(s.Body), Carried = s.Carried.Select(c => c with { Init = expr(c.Init), Next = expr(c.Next) }).ToEquatable() },
        Scope s => s with { Body = block(s.Body) },
        Note or Section or Leave or Break => stmt,
        _ => throw new NotSupportedException(stmt.GetType().Name),
    };

    private static LoopHead Map(this LoopHead head, Func<Expr, Expr> expr, Func<Block, Block> block) => head switch
    {
        Counted h => h with { From = expr(h.From), Bound = expr(h.Bound) },
        While h => h with { Condition = block(h.Condition), Test = expr(h.Test), Step = block(h.Step) },
        DoWhile h => h with { Test = expr(h.Test) },
        _ => throw new NotSupportedException(head.GetType().Name),
    };

    /// <summary>Every statement of the block, at any depth, outer before inner.</summary>
    public static List<Stmt> Deep(this Block block)
    {
        List<Stmt> result = [];
        Stack<Stmt> open = new(block.Statements.Reverse());
        while (open.Count > 0)
        {
            Stmt stmt = open.Pop();
            result.Add(stmt);
            if (stmt is If or Loop or Scope)
            {
                foreach (Stmt inner in stmt.Blocks().SelectMany(nested => nested.Statements).Reverse())
                {
                    open.Push(inner);
                }
            }
        }

        return result;
    }

    /// <summary>Every variable read in the block, at any depth.</summary>
    public static IEnumerable<Variable> Reads(this Block block) => block.Deep().SelectMany(Expressions).SelectMany(Reads);

    /// <summary>The variables that the statement itself introduces, outside of nested blocks.</summary>
    public static IEnumerable<Variable> Introduces(this Stmt stmt) => stmt switch
    {
        Declare s => [s.Variable],
        Using s => [s.Variable],
        Call s => s.Results,
        If s => s.Joins.Select(join => join.Result),
        Loop s => s.Carried.SelectMany(carried => new[] { carried.Param, carried.Result }).Concat(s.Head is Counted head ? [head.Index] : []),
        _ => [],
    };

    /// <summary>The same block with every read replaced for which <paramref name="value"/> has an answer.</summary>
    public static Block Substitute(this Block block, Func<Variable, Expr?> value)
    {
        Func<Expr, Expr> substitute = Substitution(value);
        Func<Block, Block> inside = null!;
        inside = inner => Block.Of(inner.Statements.Select(stmt => stmt.Map(substitute, inside)));
        return inside(block);
    }
}
