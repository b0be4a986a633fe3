namespace Backprop.Generator.IR;

/// <summary>Walks the IR and builds it anew; a pass overrides what it changes.</summary>
internal abstract class Rewriter
{
    private readonly Func<Expr, Expr> visit;

    protected Rewriter() => visit = Visit;

    public virtual Expr Visit(Expr expr) => expr is Read read ? VisitRead(read) : expr.Map(visit);

    public virtual Expr VisitRead(Read read) => Define(read.Variable) is var v && ReferenceEquals(v, read.Variable) ? read : new Read(v);

    /// <summary>The variable to put in the place of one, where it is introduced and (unless overridden) where it is read.</summary>
    public virtual Variable Define(Variable variable) => variable;

    public virtual Block Visit(Block block)
    {
        var output = new List<Stmt>(block.Statements.Count);
        foreach (Stmt statement in block.Statements)
        {
            Visit(statement, output);
        }

        return Block.Of(output);
    }

    /// <summary>Puts what becomes of a statement at the end of <paramref name="output"/>.</summary>
    public virtual void Visit(Stmt statement, List<Stmt> output) => output.Add(Rebuild(statement));

    protected Stmt Rebuild(Stmt statement) => statement switch
    {
        Declare s => s with { Variable = Define(s.Variable), Value = s.Value is null ? null : Visit(s.Value) },
        Assign s => new Assign(Define(s.Variable), Visit(s.Value)),
        Store s => s with { Target = (Element)Visit(s.Target), Value = Visit(s.Value) },
        Accumulate s => new Accumulate(Visit(s.Target), Visit(s.Value)),
        WriteBack s => new WriteBack(Define(s.Parameter), Visit(s.Value)),
        Renewal s => new Renewal((Element)Visit(s.Place), (Pack)Visit(s.Value)),
        Fill s => s with { Memory = Visit(s.Memory), Value = Visit(s.Value) },
        Copy s => s with { Source = Visit(s.Source), Destination = Visit(s.Destination) },
        Evaluate s => new Evaluate(Visit(s.Value)),
        Call s => s with { Arguments = s.Arguments.Map(visit), Results = s.Results.Map(Define) },
        Throw s => new Throw(Visit(s.Exception)),
        If s => Rebuild(s),
        Loop s => Rebuild(s),
        Scope s => s with { Body = Visit(s.Body) },
        Return s => s.Value is null ? s : new Return(Visit(s.Value)),
        Using s => new Using(Define(s.Variable), Visit(s.Value)),
        _ => statement,
    };

    private If Rebuild(If s) => s with
    {
        Test = Visit(s.Test),
        Then = Visit(s.Then),
        Else = Visit(s.Else),
        Joins = s.Joins.Select(j => new Join(Define(j.Result), Visit(j.Then), Visit(j.Else))).ToEquatable(),
    };

    private Loop Rebuild(Loop s) => s with
    {
        Head = s.Head switch
        {
            Counted h => h with { Index = Define(h.Index), From = Visit(h.From), Bound = Visit(h.Bound) },
            While h => new While(Visit(h.Condition), Visit(h.Test), Visit(h.Step), h.Index is null ? null : Define(h.Index)),
            DoWhile h => new DoWhile(Visit(h.Test)),
            _ => s.Head,
        },
        Body = Visit(s.Body),
        Carried = s.Carried.Select(c => new Carried(Define(c.Param), Visit(c.Init), Visit(c.Next), Define(c.Result))).ToEquatable(),
    };
}
