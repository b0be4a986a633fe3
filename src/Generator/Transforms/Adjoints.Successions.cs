using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// Array variables that stand for one array after the other (<see cref="Successions"/>): in each iteration of the adjoint loop their cotangents are an array of
/// their own. An array that only becomes the value of such a variable has the variable's cotangents for its own.
/// </summary>
internal sealed partial class Adjoints
{
    // Arrays that have the cotangents of the variable that they are given to.
    private readonly HashSet<int> heirs = [];

    /// <summary>Whether cotangents of a branch or loop are arrays that are handed from one variable to another.</summary>
    public bool HasSuccession(Stmt stmt) => Successions.Changing(stmt).Any(IsSuccession);

    private bool IsSuccession(Variable variable) => successions.Contains(variable) && activity.IsActiveMemory(variable.Read());

    /// <param name="Param">The cotangents of what the primal hands to the next iteration: in the first adjoint iteration those of what the loop gave.</param>
    /// <param name="Own">The cotangents of what the primal got from the iteration before.</param>
    private sealed record Succession(Carried Primal, Expr Init, Variable Param, Variable Own, Declare Made, Variable Result);

    private List<Succession> Begin(IR.Loop loop)
    {
        Disinherit(loop.Body);
        return [.. loop.Carried.Where(c => IsSuccession(c.Param)).Select(c =>
        {
            Variable own = ((Read)ShadowOf(c.Param.Read())).Variable;
            Variable param = own with { Id = ids.Take() };
            return new Succession(c, ShadowOf(c.Result.Read()), param, own, Zeroed(c.Param, own), own with { Id = ids.Take() });
        })];
    }

    /// <summary>What was found in an attempt that came to nothing does not hold in the next.</summary>
    private void Disinherit(Block home)
    {
        foreach (Variable variable in home.Statements.SelectMany(static stmt => stmt.Introduces()).Where(variable => heirs.Remove(variable.Id)))
        {
            Shadows.Remove(variable.Id);
        }
    }

    private IEnumerable<Stmt> ShadowsOfSuccessions(Stmt stmt)
        => stmt.Introduces().Where(variable => IsSuccession(variable) && Shadows.ContainsKey(variable.Id) && !heirs.Contains(variable.Id) && !(stmt is IR.Loop loop && loop.Carried.Any(c => c.Param.Id == variable.Id)))
            .Select(variable => Zeroed(variable, Shadows[variable.Id]));

    private static Declare Zeroed(Variable array, Variable shadow)
        => new(shadow, new Allocate(EquatableArray.Of<Expr>(new Length(array.Read())), shadow.Type, Lifetime.Escapes), Sweep.Adjoint);

    private List<Stmt> HandedOver(If branch, Block side, Func<Join, Expr> given)
    {
        Disinherit(side);
        return [.. branch.Joins.Where(join => IsSuccession(join.Result)).SelectMany(join => HandedOver(given(join), ShadowOf(join.Result.Read()), side))];
    }

    /// <param name="home">Where the variable gets its value: what is made there is known nowhere else.</param>
    private IEnumerable<Stmt> HandedOver(Expr array, Expr cotangents, Block home)
    {
        if (array is not Read { Variable: var variable } || Shadows.ContainsKey(variable.Id) || !home.Statements.Any(stmt => stmt.Introduces().Contains(variable)))
        {
            return HandedOver(array, cotangents);
        }

        Shadows[variable.Id] = ((Read)cotangents).Variable;
        heirs.Add(variable.Id);
        return [];
    }

    /// <summary>Adds the cotangents of a variable to those of the array that it was given.</summary>
    private IEnumerable<Stmt> HandedOver(Expr array, Expr cotangents)
    {
        if (!activity.IsActiveMemory(array))
        {
            return [];
        }

        Variable index = ids.Fresh("i", IrType.Int32);
        Writer body = new(ids);
        Variable item = body.Let("", At(cotangents, index, EquatableArray<Field>.Empty));
        body.Add(new Accumulate(At(ShadowOf(array), index, EquatableArray<Field>.Empty), item.Read()));
        return [Each(index, cotangents, body)];
    }
}
