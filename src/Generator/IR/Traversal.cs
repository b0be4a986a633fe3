namespace Backprop.Generator.IR;

/// <summary>The shape of the tree in one place: which expressions and blocks a node holds, and how to rebuild it with others.</summary>
internal static class Traversal
{
    public static Few<Expr> Operands(this Expr expr) => IR.Operands.Of(expr);

    /// <summary>Replaces every read for which <paramref name="value"/> has an answer, at any depth.</summary>
    public static Expr Substitute(this Expr expr, Func<Variable, Expr?> value) => Substitution(value)(expr);

    // One delegate for the whole walk.
    private static Func<Expr, Expr> Substitution(Func<Variable, Expr?> value)
    {
        Func<Expr, Expr> substitute = null!;
        substitute = expr => expr is Read read ? value(read.Variable) ?? expr : expr.Map(substitute);
        return substitute;
    }

    /// <summary>The expressions that the statement itself holds, outside of nested blocks (a loop's condition is a block).</summary>
    public static Few<Expr> Expressions(this Stmt stmt) => stmt switch
    {
        If s => new(s.Test, EquatableArray.Of(s.Joins.SelectMany(static join => new[] { join.Then, join.Else }).ToArray())),
        Loop s => new(EquatableArray.Of([.. s.Head.Expressions(), .. s.Carried.SelectMany(static carried => new[] { carried.Init, carried.Next })])),
        _ => Parts.Expressions(stmt),
    };

    private static Few<Expr> Expressions(this LoopHead head) => head switch
    {
        Counted h => new(h.From, h.Bound),
        While h => new(h.Test),
        DoWhile h => new(h.Test),
        _ => throw new NotSupportedException(head.GetType().Name),
    };

    public static Few<Block> Blocks(this Stmt stmt) => stmt switch
    {
        If s => new(s.Then, s.Else),
        Loop { Head: While head } s => new(head.Condition, s.Body, head.Step),
        Loop s => new(s.Body),
        Scope s => new(s.Body),
        _ => default,
    };

    /// <summary>The same statement over other expressions and blocks.</summary>
    /// <exception cref="InsufficientExecutionStackException">Statements are nested too deeply.</exception>
    public static Stmt Map(this Stmt stmt, Func<Expr, Expr> expr, Func<Block, Block> block)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        return stmt.Rebuild(expr, block);
    }

    // What did not change stays the object that it is, so that nobody need compare or copy it.
    private static Stmt Rebuild(this Stmt stmt, Func<Expr, Expr> expr, Func<Block, Block> block)
    {
        switch (stmt)
        {
            case Declare s: return s.Value is null || (expr(s.Value) is var value && ReferenceEquals(value, s.Value)) ? s : s with { Value = value };
            case Assign s: return expr(s.Value) is var assigned && ReferenceEquals(assigned, s.Value) ? s : s with { Value = assigned };
            case Store s:
                (Element place, Expr stored) = (s.Target.MapElement(expr), expr(s.Value));
                return ReferenceEquals(place, s.Target) && ReferenceEquals(stored, s.Value) ? s : s with { Target = place, Value = stored };
            case Accumulate s:
                (Expr target, Expr added) = (s.Target is Element e ? e.MapElement(expr) : s.Target, expr(s.Value));
                return ReferenceEquals(target, s.Target) && ReferenceEquals(added, s.Value) ? s : new Accumulate(target, added);
            case WriteBack s: return expr(s.Value) is var output && ReferenceEquals(output, s.Value) ? s : s with { Value = output };
            case Renewal s: return new Renewal(s.Place.MapElement(expr), (Pack)expr(s.Value));
            case Fill s: return s with { Memory = expr(s.Memory), Value = expr(s.Value) };
            case Copy s: return s with { Source = expr(s.Source), Destination = expr(s.Destination) };
            case Evaluate s: return expr(s.Value) is var evaluated && ReferenceEquals(evaluated, s.Value) ? s : s with { Value = evaluated };
            case Call s: return s.Arguments.Map(expr) is var arguments && arguments.IsSame(s.Arguments) ? s : s with { Arguments = arguments };
            case Throw s: return expr(s.Exception) is var thrown && ReferenceEquals(thrown, s.Exception) ? s : s with { Exception = thrown };
            case Return s: return s.Value is null || (expr(s.Value) is var result && ReferenceEquals(result, s.Value)) ? s : s with { Value = result };
            case Using s: return s with { Value = expr(s.Value) };
            case If s: return s.With(expr(s.Test), block(s.Then), block(s.Else), s.Joins.Map(join => join.With(expr(join.Then), expr(join.Else))));
            case Loop s: return s.With(s.Head.Map(expr, block), block(s.Body), s.Carried.Map(carried => carried.With(expr(carried.Init), expr(carried.Next))));
            case Scope s: return block(s.Body) is var body && ReferenceEquals(body, s.Body) ? s : s with { Body = body };
            case Note or Section or Leave or Break: return stmt;
            default: throw new NotSupportedException(stmt.GetType().Name);
        }
    }

    private static LoopHead Map(this LoopHead head, Func<Expr, Expr> expr, Func<Block, Block> block) => head switch
    {
        Counted h => h.With(expr(h.From), expr(h.Bound)),
        While h => h.With(block(h.Condition), expr(h.Test), block(h.Step)),
        DoWhile h => expr(h.Test) is var test && ReferenceEquals(test, h.Test) ? h : new DoWhile(test),
        _ => throw new NotSupportedException(head.GetType().Name),
    };

    /// <summary>Every statement of the block, at any depth, outer before inner.</summary>
    public static List<Stmt> Deep(this Block block)
    {
        List<Stmt> result = new(block.Statements.Count);
        Collect(block, result);
        return result;
    }

    private static void Collect(Block block, List<Stmt> result)
    {
        foreach (Stmt stmt in block.Statements)
        {
            Collect(stmt, result);
        }
    }

    private static void Collect(Stmt stmt, List<Stmt> result)
    {
        result.Add(stmt);
        if (stmt is If or Loop or Scope)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            foreach (Block inner in stmt.Blocks())
            {
                Collect(inner, result);
            }
        }
    }

    /// <summary>The statement and every one in it, at any depth, outer before inner.</summary>
    public static List<Stmt> Deep(this Stmt stmt)
    {
        List<Stmt> result = [];
        Collect(stmt, result);
        return result;
    }

    /// <summary>Every variable read in the block, at any depth.</summary>
    public static IEnumerable<Variable> Reads(this Block block)
    {
        foreach (Stmt stmt in block.Deep())
        {
            foreach (Expr expr in stmt.Expressions())
            {
                foreach (Variable variable in expr.Reads())
                {
                    yield return variable;
                }
            }
        }
    }

    /// <summary>The variables that the statement itself introduces, outside of nested blocks.</summary>
    public static Few<Variable> Introduces(this Stmt stmt) => stmt switch
    {
        Declare s => new(s.Variable),
        Using s => new(s.Variable),
        Call s => new(s.Results),
        If s => new(s.Joins.Select(static join => join.Result).ToEquatable()),
        Loop s => new(s.Carried.SelectMany(static carried => new[] { carried.Param, carried.Result }).Concat(s.Head is Counted head ? [head.Index] : []).ToEquatable()),
        _ => default,
    };

    /// <summary>The ids of the variables that the block introduces, at any depth.</summary>
    public static HashSet<int> Introduced(this Block block) => Introduced(block.Deep());

    /// <summary>The ids of the variables that the statement introduces, and every one in it.</summary>
    public static HashSet<int> Introduced(this Stmt stmt) => Introduced(stmt.Deep());

    private static HashSet<int> Introduced(List<Stmt> statements)
    {
        HashSet<int> introduced = [];
        foreach (Stmt stmt in statements)
        {
            foreach (Variable variable in stmt.Introduces())
            {
                introduced.Add(variable.Id);
            }
        }

        return introduced;
    }

    /// <summary>The same block with every read replaced for which <paramref name="value"/> has an answer.</summary>
    public static Block Substitute(this Block block, Func<Variable, Expr?> value)
    {
        Func<Expr, Expr> substitute = Substitution(value);
        Func<Block, Block> inside = null!;
        inside = inner => inner.With(inner.Statements.Map(stmt => stmt.Map(substitute, inside)));
        return inside(block);
    }
}
