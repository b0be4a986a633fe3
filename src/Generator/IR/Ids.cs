namespace Backprop.Generator.IR;

/// <summary>Hands out the ids of new variables and statements of one method.</summary>
internal sealed class Ids(int firstFree)
{
    public int Next { get; private set; } = firstFree;

    public int Take() => Next++;

    public Variable Fresh(string name, IrType type) => new(Take(), name, type);

    public Variable VersionOf(Variable variable) => variable with { Id = Take(), Symbol = variable.Symbol == 0 ? variable.Id : variable.Symbol };
}
