using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Reduce;

/// <summary>What could stand in the place of a part of a program.</summary>
internal static class Simpler
{
    /// <summary>The programs that come from replacing one node, the greatest simplifications first.</summary>
    public static IEnumerable<FuzzProgram> Than(FuzzProgram program)
    {
        // A virtual method goes with those that override it.
        foreach (IEnumerable<Method> family in program.Others.Where(method => method.Binding != Binding.Direct).GroupBy(method => method.Word))
        {
            yield return program with { Others = [.. program.Others.Except(family)] };
        }

        foreach (Method other in program.Others)
        {
            yield return program with { Others = [.. program.Others.Where(method => method != other)] };
        }

        foreach (Node node in program.Main.Body.Deep().ToArray())
        {
            foreach (Node replacement in For(node))
            {
                yield return program with { Main = program.Main with { Body = (Block)Replaced(program.Main.Body, node, replacement) } };
            }
        }

        foreach (Method other in program.Others)
        {
            foreach (Node node in other.Body.Deep().ToArray())
            {
                foreach (Node replacement in For(node))
                {
                    Method simpler = other with { Body = (Block)Replaced(other.Body, node, replacement) };
                    yield return program with { Others = [.. program.Others.Select(method => method == other ? simpler : method)] };
                }
            }
        }
    }

    private static Node Replaced(Node node, Node old, Node replacement)
        => ReferenceEquals(node, old) ? replacement : node.Parts.Any() ? node.Map(part => Replaced(part, old, replacement)) : node;

    private static IEnumerable<Node> For(Node node) => node switch
    {
        Block block => ForBlock(block),
        If { Else: not null } branch => [branch with { Else = null }],
        Switch choice => choice.Cases.Select(option => choice with { Cases = [.. choice.Cases.Where(other => other != option)] }),
        Case { When: not null } option => [option with { When = null }],
        Expr expression => ForExpression(expression),
        _ => [],
    };

    private static IEnumerable<Node> ForBlock(Block block)
    {
        Stmt[] statements = block.Statements;
        for (int chunk = statements.Length / 2; chunk > 1; chunk /= 2)
        {
            for (int start = 0; start < statements.Length; start += chunk)
            {
                yield return new Block([.. statements[..start], .. statements[Math.Min(start + chunk, statements.Length)..]]);
            }
        }

        for (int i = 0; i < statements.Length; i++)
        {
            yield return new Block([.. statements[..i], .. statements[(i + 1)..]]);
            if (i > 0 && statements[i - 1] is Declare { Value: null } late && statements[i] is Evaluate { Value: Assign { Op: null, Target: Local { Variable.Id: var id } } first } && id == late.Variable.Id)
            {
                yield return new Block([.. statements[..(i - 1)], late with { Value = first.Value }, .. statements[(i + 1)..]]);
            }

            foreach (Block inner in statements[i].Deep().OfType<Block>().Where(inner => inner != statements[i]))
            {
                yield return new Block([.. statements[..i], .. inner.Statements, .. statements[(i + 1)..]]);
            }

            if (statements[i] is Declare { Value: { } value, Variable: var variable })
            {
                yield return new Block([.. statements[..i], .. statements[(i + 1)..].Select(later => (Stmt)Put(later, variable, value))]);
            }
        }
    }

    /// <summary>A value in the place of a variable that holds it. Where that is assigned to, it makes no program.</summary>
    private static Node Put(Node node, Variable variable, Expr value)
        => node is Local local && local.Variable == variable ? value : node.Parts.Any() ? node.Map(part => Put(part, variable, value)) : node;

    private static IEnumerable<Node> ForExpression(Expr expression)
    {
        if (expression.Type is NumberType && expression is not Literal)
        {
            yield return new Literal(expression.Type, 1);
        }

        foreach (Expr part in expression.Parts.OfType<Expr>().Where(part => part.Type == expression.Type && expression is not Literal))
        {
            yield return part;
        }

        if (expression is Assign { Op: not null } assign)
        {
            yield return assign with { Op = null };
        }
    }
}
