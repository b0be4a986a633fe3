using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>Drops values that nothing needs: declarations, joins and carried variables. What may throw or write stays.</summary>
internal sealed class Prune : Rewriter
{
    private readonly EffectsOf effects;
    private readonly HashSet<int> needed = [];
    private readonly Dictionary<int, List<Expr>> sources = [];
    private readonly Stack<int> open = new();

    private Prune(EffectsOf effects) => this.effects = effects;

    public static Function Run(Function function)
    {
        Uses uses = Uses.Of(function);
        var pass = new Prune(new EffectsOf(uses.Addressed));
        Parts.ForEach(function.Body, pass.Mark);
        pass.Spread();
        return function with { Body = pass.Visit(function.Body) };
    }

    public override void Visit(Stmt statement, List<Stmt> output)
    {
        switch (Rebuild(statement))
        {
            case Declare s when !needed.Contains(s.Variable.Id):
                if (MustStay(s))
                {
                    output.Add(effects.IsAddressed(s.Variable) ? s : new Evaluate(s.Value!));
                }

                break;
            case If s:
                output.Add(s with { Joins = s.Joins.Where(j => needed.Contains(j.Result.Id)).ToEquatable() });
                break;
            case Loop s:
                output.Add(s with { Carried = s.Carried.Where(c => needed.Contains(c.Param.Id)).ToEquatable() });
                break;
            case var other:
                output.Add(other);
                break;
        }
    }

    // Reads in what stays anyway are needed; the others are needed when the variable that they flow into is.
    private void Mark(Stmt statement)
    {
        switch (statement)
        {
            case Declare s when !MustStay(s):
                Flow(s.Variable, s.Value);
                break;
            case If s:
                Need(s.Test);
                foreach (Join join in s.Joins)
                {
                    Flow(join.Result, join.Then);
                    Flow(join.Result, join.Else);
                    if ((effects.Whole(join.Then) | effects.Whole(join.Else)) > Effects.Peeks)
                    {
                        Need(new Read(join.Result));
                    }
                }

                break;
            case Loop s:
                MarkLoop(s);
                break;
            default:
                foreach (Expr expr in Parts.Expressions(statement))
                {
                    Need(expr);
                }

                break;
        }
    }

    private void MarkLoop(Loop s)
    {
        switch (s.Head)
        {
            case Counted head:
                Need(head.From);
                Need(head.Bound);
                break;
            case While head:
                Need(head.Test);
                break;
        }

        foreach (Carried c in s.Carried)
        {
            Flow(c.Param, c.Init);
            Flow(c.Param, c.Next);
            Flow(c.Result, new Read(c.Param));
            Flow(c.Param, new Read(c.Result));
            if ((effects.Whole(c.Init) | effects.Whole(c.Next)) > Effects.Peeks)
            {
                Need(new Read(c.Param));
            }
        }
    }

    private bool MustStay(Declare s)
        => effects.IsAddressed(s.Variable) || (s.Value is not null && effects.Whole(s.Value) > Effects.Peeks);

    private void Flow(Variable into, Expr? value)
    {
        if (value is not null)
        {
            if (!sources.TryGetValue(into.Id, out List<Expr> list))
            {
                sources.Add(into.Id, list = []);
            }

            list.Add(value);
        }
    }

    private void Need(Expr expr)
    {
        foreach (Variable variable in Operands.Reads(expr))
        {
            if (needed.Add(variable.Id))
            {
                open.Push(variable.Id);
            }
        }
    }

    private void Spread()
    {
        while (open.Count > 0)
        {
            if (sources.TryGetValue(open.Pop(), out List<Expr> values))
            {
                values.ForEach(Need);
            }
        }
    }
}
