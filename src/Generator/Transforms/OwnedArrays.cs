using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// Copies an array that a method was given where a variable stands for one array after the other (<see cref="Successions"/>): between forward pass and pullback
/// the caller may put other numbers into it, so what is kept of these variables is the method's own. Normal form.
/// </summary>
internal sealed class OwnedArrays(Successions successions, HashSet<int> parameters, Ids ids)
{
    public static Block Apply(Block body, Memory memory, IEnumerable<Variable> parameters, Ids ids)
    {
        Successions successions = Successions.Of(body, memory);
        return successions.IsEmpty ? body : new OwnedArrays(successions, [.. parameters.Select(static parameter => parameter.Id)], ids).Visit(body);
    }

    private Block Visit(Block block) => Block.Of(block.Statements.SelectMany(Visit));

    private IEnumerable<Stmt> Visit(Stmt stmt)
    {
        switch (stmt.Map(static expr => expr, Visit))
        {
            case If branch:
                // Before anything that leaves a block; the array has long been what it is.
                List<Stmt> then = [], @else = [];
                EquatableArray<Join> joins = branch.Joins.Map(join => join.With(Own(join.Result, join.Then, then), Own(join.Result, join.Else, @else)));
                return [branch.With(branch.Test, Block.Of([.. then, .. branch.Then.Statements]), Block.Of([.. @else, .. branch.Else.Statements]), joins)];
            case Loop loop:
                List<Stmt> before = [], body = [];
                EquatableArray<Carried> carried = loop.Carried.Map(c => c.With(Own(c.Param, c.Init, before), Own(c.Param, c.Next, body)));
                return [.. before, loop.With(loop.Head, Block.Of([.. body, .. loop.Body.Statements]), carried)];
            case var other:
                return [other];
        }
    }

    private Expr Own(Variable member, Expr given, List<Stmt> statements)
    {
        if (!successions.Contains(member) || given is not Read { Variable: var array } || !parameters.Contains(array.Id))
        {
            return given;
        }

        Variable length = ids.Fresh("", IrType.Int32), copy = array with { Id = ids.Take() };
        statements.Add(new Declare(length, new Length(given)));
        statements.Add(new Declare(copy, new Allocate(EquatableArray.Of<Expr>(length.Read()), array.Type, Lifetime.Escapes)));
        statements.Add(new Copy(given, copy.Read()));
        return copy.Read();
    }
}
