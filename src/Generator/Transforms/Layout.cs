using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// Gives branches and loops the shape that a reader expects: no empty <c>then</c>, nothing indented behind an exit, and loop tests in the loop's head
/// or foot. Printable form to printable form.
/// </summary>
internal sealed class Layout(EffectsOf effects)
{
    public static Function Run(Function function)
        => function with { Body = new Layout(new EffectsOf(Uses.Of(function).Addressed)).Visit(function.Body) };

    private Block Visit(Block block)
    {
        var output = new List<Stmt>();
        foreach (Stmt statement in block.Statements)
        {
            switch (statement)
            {
                case If s: VisitIf(s with { Then = Visit(s.Then), Else = Visit(s.Else) }, output); break;
                case Loop s: output.Add(VisitLoop(s with { Body = Visit(s.Body) })); break;
                default: output.Add(statement); break;
            }
        }

        return Block.Of(output);
    }

    private void VisitIf(If s, List<Stmt> output)
    {
        bool noThen = IsEmpty(s.Then), noElse = IsEmpty(s.Else);
        if (noThen && noElse)
        {
            if (effects.Whole(s.Test) > Effects.Peeks)
            {
                output.Add(new Evaluate(s.Test));
            }
        }
        else if (noThen)
        {
            output.Add(s with { Test = Negation.Of(s.Test), Then = s.Else, Else = Block.Empty });
        }
        else if (noElse)
        {
            output.Add(s with { Else = Block.Empty });
        }
        else if (Parts.Leaves(s.Then))
        {
            output.Add(s with { Else = Block.Empty });
            output.AddRange(s.Else.Statements);
        }
        else if (Parts.Leaves(s.Else))
        {
            output.Add(s with { Test = Negation.Of(s.Test), Then = s.Else, Else = Block.Empty });
            output.AddRange(s.Then.Statements);
        }
        else
        {
            output.Add(s);
        }
    }

    private static Loop VisitLoop(Loop s)
    {
        int count = s.Body.Statements.Count;
        if (count == 0 || s.Head is not While { Test: Literal { Bits: 1 } })
        {
            return s;
        }

        if (Exit(s.Body.Statements[0]) is { } first)
        {
            return s with
            {
                Head = new While(Block.Empty, Negation.Of(first), Block.Empty, null),
                Body = Block.Of(s.Body.Statements.Skip(1)),
            };
        }

        if (Exit(s.Body.Statements[count - 1]) is { } last)
        {
            return s with { Head = new DoWhile(Negation.Of(last)), Body = Block.Of(s.Body.Statements.Take(count - 1)) };
        }

        return s;
    }

    // The test of `if (test) break;`.
    private static Expr? Exit(Stmt statement)
        => statement is If { Then.Statements: { Count: 1 } then, Else.IsEmpty: true } s && then[0] is Break ? s.Test : null;

    private static bool IsEmpty(Block block) => block.Statements.All(s => s is Note);
}
