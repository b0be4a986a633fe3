using Backprop.Generator.IR;

namespace Backprop.Generator.Analyses;

/// <summary>Which expressions certainly name the same memory, all of it. Normal form.</summary>
internal sealed class Identity
{
    private readonly Dictionary<int, Expr> definitions = [];

    public static Identity Of(IEnumerable<Stmt> statements)
    {
        Identity identity = new();
        foreach (Declare declare in statements.OfType<Declare>().Where(static declare => declare.Value is Read or Slice or Element or Length or Allocate))
        {
            identity.definitions[declare.Variable.Id] = declare.Value!;
        }

        return identity;
    }

    public bool IsSame(Expr a, Expr b) => Named(a).Equals(Named(b));

    /// <summary>The variable under which memory first appears, or the member or row that it is.</summary>
    private Expr Named(Expr memory) => memory switch
    {
        Read read when Find(read) is { } definition and (Read or Slice or Element) && Named(definition) is var named && named is not Slice => named,
        Slice slice when slice.Start.Is(0) && IsLength(slice.Count, slice.Memory) => Named(slice.Memory),
        Element row => row with { Memory = Named(row.Memory) },
        _ => memory,
    };

    private bool IsLength(Expr count, Expr memory) => (count is Read read ? Find(read) ?? count : count) switch
    {
        Length length => length.Dimension == Length.Whole && IsSame(length.Memory, memory),
        var number => memory is Read array && Find(array) is Allocate { Extents.Count: 1 } allocate && allocate.Extents[0].Equals(number),
    };

    private Expr? Find(Read read) => definitions.TryGetValue(read.Variable.Id, out Expr? value) ? value : null;
}
