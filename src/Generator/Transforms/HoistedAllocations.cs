using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// New memory that a branch makes for a variable which is used after it, made before the branch instead, so that it has a name there. Its extent stays as
/// it is where that is never negative, else it is nothing when the branch is not taken. Normal form.
/// </summary>
internal sealed class HoistedAllocations(HandleSources sources, Ids ids)
{
    private readonly Dictionary<int, List<Declare>> before = [];
    private readonly HashSet<int> moved = [];

    public Block Apply(Block body)
    {
        foreach (HandleSources.Family family in sources.Families.Where(static family => family.IsBroken))
        {
            int[] place = sources.PlaceOf(family);
            foreach (Variable variable in family.Bases.Where(b => sources.HomeOf(b).Length > place.Length && IsInBranches(sources.HomeOf(b), place.Length)))
            {
                Hoist(variable, place);
            }
        }

        return moved.Count == 0 ? body : Move(body);
    }

    // A path is the ids of statements, each with the number of the block: 0 is the body of a loop.
    private static bool IsInBranches(int[] home, int from) => Enumerable.Range(0, (home.Length - from) / 2).All(i => home[from + (2 * i) + 1] != 0);

    private void Hoist(Variable variable, int[] place)
    {
        int[] home = sources.HomeOf(variable);
        List<Declare>? made = sources.DefinitionOf(variable) switch
        {
            Allocate allocate => Allocation(variable, allocate, place.Length, home),
            External { Effect: Effect.Pure, Arguments.Count: 0 } external => [new(variable, external)],
            _ => null,
        };
        if (made is not null)
        {
            moved.Add(variable.Id);
            int branch = home[place.Length];
            before[branch] = [.. before.TryGetValue(branch, out List<Declare>? list) ? list : [], .. made];
        }
    }

    private List<Declare>? Allocation(Variable variable, Allocate allocate, int depth, int[] home)
    {
        List<Declare> result = [];
        List<Expr> extents = [];
        foreach (Expr extent in allocate.Extents)
        {
            if (extent is Literal { Bits: >= 0 })
            {
                extents.Add(extent);
            }
            else if (extent is Read { Variable: var number } && sources.DefinitionOf(number) is Length { Memory: Read { Variable: var memory } } length && sources.HomeOf(memory).Length <= depth)
            {
                Variable again = ids.Fresh(number.Name, IrType.Int32);
                result.Add(new Declare(again, length));
                extents.Add(again.Read());
            }
            else if (extent is Read { Variable: var count } && sources.HomeOf(count).Length <= depth && home.Length == depth + 2 && Test(home[depth]) is { } test)
            {
                Variable guarded = ids.Fresh("", IrType.Int32);
                result.Add(new Declare(guarded, home[depth + 1] == 1 ? new Conditional(test, count.Read(), Numbers.Int(0)) : new Conditional(test, Numbers.Int(0), count.Read())));
                extents.Add(guarded.Read());
            }
            else
            {
                return null;
            }
        }

        result.Add(new Declare(variable, allocate with { Extents = extents.ToEquatable() }));
        return result;
    }

    private readonly Dictionary<int, Expr> tests = [];

    private Expr? Test(int branch) => tests.TryGetValue(branch, out Expr? test) ? test : null;

    public HoistedAllocations Knowing(Block body)
    {
        foreach (If branch in body.Deep().OfType<If>())
        {
            tests[branch.Id] = branch.Test;
        }

        return this;
    }

    private Block Move(Block block) => Block.Of(block.Statements.SelectMany(stmt => stmt is Declare declare && moved.Contains(declare.Variable.Id) ? []
        : stmt is If branch && before.TryGetValue(branch.Id, out List<Declare>? made) ? [.. made, stmt.Map(static expr => expr, Move)]
        : new[] { stmt.Map(static expr => expr, Move) }));
}
