namespace Backprop.Generator.IR;

/// <summary>What is directly inside a statement.</summary>
internal static class Parts
{
    /// <summary>
    /// The expressions of a statement outside its blocks. Those of joins, of carried values after the first iteration and of a
    /// <c>while</c> test stand at the ends of blocks and are not among them: see <see cref="Blocks"/>.
    /// </summary>
    public static Few<Expr> Expressions(Stmt statement) => statement switch
    {
        Declare s => s.Value is null ? default : new(s.Value),
        Assign s => new(s.Value),
        Store s => new(s.Target, s.Value),
        Accumulate s => new(s.Target, s.Value),
        WriteBack s => new(s.Value),
        Renewal s => new(s.Place, s.Value),
        Fill s => new(s.Memory, s.Value),
        Copy s => new(s.Source, s.Destination),
        Evaluate s => new(s.Value),
        Call s => new(s.Arguments),
        Throw s => new(s.Exception),
        If s => new(s.Test),
        Loop s => new(EquatableArray.Of([.. s.Carried.Select(static c => c.Init), .. s.Head is Counted c ? [c.From, c.Bound] : Array.Empty<Expr>()])),
        Return s => s.Value is null ? default : new(s.Value),
        Using s => new(s.Value),
        Note or Section or Scope or Leave or Break => default,
        _ => throw new NotSupportedException(statement.GetType().Name),
    };

    /// <summary>The blocks of a statement, each with the values that are computed at its end.</summary>
    public static IEnumerable<(Block Block, IEnumerable<Expr> EndValues)> Blocks(Stmt statement)
        => statement is If or Loop or Scope ? BlocksOf(statement) : [];

    private static IEnumerable<(Block Block, IEnumerable<Expr> EndValues)> BlocksOf(Stmt statement)
    {
        switch (statement)
        {
            case If s:
                yield return (s.Then, s.Joins.Select(j => j.Then));
                yield return (s.Else, s.Joins.Select(j => j.Else));
                break;
            case Loop s:
                if (s.Head is While head)
                {
                    yield return (head.Condition, [head.Test]);
                    yield return (head.Step, []);
                }

                yield return (s.Body, [.. s.Carried.Select(c => c.Next), .. s.Head is DoWhile d ? [d.Test] : Array.Empty<Expr>()]);
                break;
            case Scope s:
                yield return (s.Body, []);
                break;
        }
    }

    /// <summary>The variables that a statement introduces, without those of its blocks.</summary>
    public static Few<Variable> Defines(Stmt statement) => statement switch
    {
        Loop s => new(EquatableArray.Of([.. s.Head is Counted c ? [c.Index] : Array.Empty<Variable>(), .. s.Carried.SelectMany(static c => new[] { c.Param, c.Result })])),
        _ => statement.Introduces(),
    };

    /// <summary>Calls <paramref name="visit"/> for every statement of a block and of the blocks in it, outer ones first.</summary>
    public static void ForEach(Block block, Action<Stmt> visit)
    {
        foreach (Stmt statement in block.Statements)
        {
            visit(statement);
            foreach ((Block inner, _) in Blocks(statement))
            {
                ForEach(inner, visit);
            }
        }
    }

    /// <summary>Every expression of a block and of the blocks in it, whole (not their operands).</summary>
    public static void ForEachExpression(Block block, Action<Expr> visit) => ForEach(block, statement =>
    {
        foreach (Expr expr in Expressions(statement))
        {
            visit(expr);
        }

        foreach (Expr expr in Blocks(statement).SelectMany(part => part.EndValues))
        {
            visit(expr);
        }
    });

    /// <summary>Whether control never comes to the end of a block.</summary>
    public static bool Leaves(Block block) => !block.IsEmpty && block.Statements[block.Statements.Count - 1] switch
    {
        Break or Throw or Return or Leave => true,
        If s => Leaves(s.Then) && Leaves(s.Else),
        _ => false,
    };

    /// <summary>Whether every path through a block ends with an exception, so that the values at its end are never computed.</summary>
    public static bool Throws(Block block) => !block.IsEmpty && block.Statements[block.Statements.Count - 1] switch
    {
        Throw => true,
        If s => Throws(s.Then) && Throws(s.Else),
        _ => false,
    };

    /// <summary>Whether some path through a block ends its loop.</summary>
    public static bool EndsInBreak(Block block) => !block.IsEmpty && block.Statements[block.Statements.Count - 1] switch
    {
        Break => true,
        If s => EndsInBreak(s.Then) || EndsInBreak(s.Else),
        _ => false,
    };
}
