using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>Drops values that nothing needs: declarations, joins and carried variables. What may throw or write stays.</summary>
internal sealed class Prune : Rewriter
{
    private readonly EffectsOf effects;
    private readonly HashSet<int> needed = [];
    private readonly Dictionary<int, List<Expr>> sources = [];
    private readonly Stack<int> open = new();
    private readonly Dictionary<int, Read> unchanged = [];
    private bool droppedTests;

    private Prune(EffectsOf effects) => this.effects = effects;

    public static Function Run(Function function)
    {
        var effects = new EffectsOf(Uses.Of(function).Addressed);
        Prune pass;
        do
        {
            pass = new Prune(effects);
            Parts.ForEach(function.Body, pass.Mark);
            pass.Spread();
            function = function with { Body = pass.Visit(function.Body) };
        }
        while (pass.droppedTests);

        return function;
    }

    public override Expr VisitRead(Read read) => unchanged.TryGetValue(read.Variable.Id, out Read source) ? source : read;

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
                VisitIf(s with { Joins = Reached(s).Where(j => IsNeeded(j.Result) || Acts(j.Then) || Acts(j.Else)).Select(OnlyEffects).ToEquatable() }, output);
                break;
            case Loop s:
                output.Add(s with { Carried = s.Carried.Where(c => IsNeeded(c.Param) || Acts(c.Init) || Acts(c.Next)).Select(OnlyEffects).ToEquatable() });
                break;
            case var other:
                output.Add(other);
                break;
        }
    }

    private void VisitIf(If s, List<Stmt> output)
    {
        List<Join> real = [];
        foreach (Join join in s.Joins)
        {
            if (IsUnchanged(join))
            {
                unchanged.Add(join.Result.Id, (Read)join.Then);
            }
            else
            {
                real.Add(join);
            }
        }

        if (real.Count > 0 || !IsEmpty(s.Then) || !IsEmpty(s.Else))
        {
            output.Add(s with { Joins = real.ToEquatable() });
        }
        else
        {
            // What only the test needed is not needed either.
            droppedTests = true;
            if (Acts(s.Test))
            {
                output.Add(new Evaluate(s.Test));
            }
        }
    }

    // The same value of the same variable whatever branch is taken.
    private static bool IsUnchanged(Join join) => join.Then is Read then && join.Else is Read other && then.Variable.Id == other.Variable.Id
        && (join.Result.Name.Length == 0 || Uses.Key(then.Variable) == Uses.Key(join.Result));

    private static bool IsEmpty(Block block) => block.Statements.All(s => s is Note);

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
                foreach (Join join in Reached(s))
                {
                    FlowOrAct(join.Result, join.Then, join.Else);
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
            FlowOrAct(c.Param, c.Init, c.Next);
            Flow(c.Result, new Read(c.Param));
            Flow(c.Param, new Read(c.Result));
        }
    }

    // Behind a throw no value is computed.
    private static IEnumerable<Join> Reached(If s)
    {
        bool thenThrows = Parts.Throws(s.Then), elseThrows = Parts.Throws(s.Else);
        return s.Joins.Select(j => j with
        {
            Then = thenThrows ? new Default(j.Then.Type) : j.Then,
            Else = elseThrows ? new Default(j.Else.Type) : j.Else,
        });
    }

    private bool IsNeeded(Variable variable) => needed.Contains(variable.Id);

    private Join OnlyEffects(Join join) => IsNeeded(join.Result) ? join : join with { Then = OnlyEffects(join.Then), Else = OnlyEffects(join.Else) };

    private Carried OnlyEffects(Carried c) => IsNeeded(c.Param) ? c : c with { Init = OnlyEffects(c.Init), Next = OnlyEffects(c.Next) };

    private Expr OnlyEffects(Expr expr) => Acts(expr) ? expr : new Default(expr.Type);

    private void FlowOrAct(Variable into, Expr first, Expr second)
    {
        Flow(into, first);
        Flow(into, second);
        foreach (Expr acting in new[] { first, second }.Where(Acts))
        {
            Need(acting);
        }
    }

    private bool Acts(Expr expr) => effects.Whole(expr) > Effects.Peeks;

    private bool MustStay(Declare s)
        => effects.IsAddressed(s.Variable) || (s.Value is not null && Acts(s.Value));

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
