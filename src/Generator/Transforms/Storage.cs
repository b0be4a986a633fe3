using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>
/// Takes local arrays (the primal's own, and those that hold their cotangents) from the residual store instead of the heap. An array that is made in
/// a loop gets one buffer for all iterations.
/// </summary>
internal sealed class Storage(Variable store, Ids ids)
{
    private readonly Dictionary<int, Variable> retyped = [];
    private readonly Dictionary<int, string> names = [];
    private readonly List<Stmt> buffers = [];
    private readonly HashSet<int> lengths = [];
    private int depth;

    public static Block Apply(Block body, Variable store, Ids ids)
    {
        Storage storage = new(store, ids);
        storage.Name(body);
        Block rewritten = storage.Rewrite(body).Substitute(variable => storage.retyped.TryGetValue(variable.Id, out Variable? span) ? span.Read() : null);
        return Versions.Apply(rewritten, [], ids);
    }

    /// <summary>A new array that only a view of all of it has a name for bears that name: <c>Span&lt;double&gt; a = new double[n]</c>.</summary>
    private void Name(Block body)
    {
        Dictionary<int, Allocate> unnamed = [];
        foreach (Declare declare in body.Deep().OfType<Declare>())
        {
            if (declare.Value is Length)
            {
                lengths.Add(declare.Variable.Id);
            }

            if (declare is { Value: Allocate { Lifetime: Lifetime.Local, Extents.Count: 1 } allocate, Variable.Name: "" })
            {
                unnamed[declare.Variable.Id] = allocate;
            }
            else if (declare is { Value: Slice { Start: Literal { Bits: 0 }, Memory: Read { Variable: var array } } whole, Variable.Name: { Length: > 0 } name }
                && unnamed.TryGetValue(array.Id, out Allocate? made) && made.Extents[0].Equals(whole.Count))
            {
                names[array.Id] = name;
            }
        }
    }

    private Block Rewrite(Block block)
    {
        List<Stmt> result = [];
        foreach (Stmt stmt in block.Statements)
        {
            if (stmt is Declare { Variable.Type: ArrayType, Value: Conditional { Then: Read { Variable.Id: var chosen } } } choice && retyped.TryGetValue(chosen, out Variable? storage))
            {
                retyped[choice.Variable.Id] = choice.Variable with { Type = storage.Type };
            }

            List<Stmt> rewritten = stmt is Declare { Value: Allocate { Lifetime: Lifetime.Local, Extents.Count: 1 or 2 } allocate } declare && allocate.Type.Element is ScalarType or StructType { IsUnmanaged: true }
                ? Local(declare, allocate)
                : [stmt is Declare local && retyped.TryGetValue(local.Variable.Id, out Variable? span) ? local with { Variable = span } : Inside(stmt)];
            if (depth == 0)
            {
                result.AddRange(buffers);
                buffers.Clear();
            }

            result.AddRange(rewritten);
        }

        return Block.Of(result);
    }

    private Stmt Inside(Stmt stmt)
    {
        depth += stmt is Loop ? 1 : 0;
        Stmt inner = stmt.Map(expr => expr, Rewrite);
        depth -= stmt is Loop ? 1 : 0;
        return inner is If branch ? branch with { Joins = branch.Joins.Map(HandedOut) } : inner;
    }

    /// <summary>An array that the backward sweep needs outside of the branch which made it.</summary>
    private Join HandedOut(Join join)
    {
        Variable? array = (join.Then, join.Else) switch
        {
            (Default, Read other) => other.Variable,
            (Read one, Default) => one.Variable,
            _ => null,
        };
        if (join.Result.Type is not ArrayType || array is null || !retyped.TryGetValue(array.Id, out Variable? storage))
        {
            return join;
        }

        Variable result = join.Result with { Type = storage.Type };
        retyped[result.Id] = result;
        return new(result, join.Then is Default ? new Default(storage.Type) : join.Then, join.Else is Default ? new Default(storage.Type) : join.Else);
    }

    private List<Stmt> Local(Declare declare, Allocate allocate)
    {
        IrType element = allocate.Type.Element!;
        SpanType span = new(element, Access.Writable);
        bool isGrid = allocate.Extents.Count == 2;
        Variable variable = declare.Variable with { Type = isGrid ? new GridType(element) : span, Name = names.TryGetValue(declare.Variable.Id, out string? name) ? name : declare.Variable.Name };
        retyped[variable.Id] = variable;
        if (depth == 0)
        {
            return [declare with { Variable = variable, Value = isGrid ? Grid(element, allocate.Extents) : Rent("RentZeroed", element, allocate.Extents[0]) }];
        }

        List<Stmt> result = [];
        Expr length = isGrid ? Cells(allocate.Extents, result) : allocate.Extents[0];
        if (!isGrid && declare.Sweep == Sweep.Primal && length is Read { Variable.Id: var count } && !lengths.Contains(count))
        {
            // As the array itself would say it.
            result.Add(new Evaluate(new External("global::Backprop.Require.Extent({0})", EquatableArray.Of(length), IrType.Bool, Effect.Writes, 0)));
        }

        Variable buffer = ids.Fresh(variable.Name.Length == 0 ? "buffer" : variable.Name + "Buffer", span);
        buffers.Add(new Declare(buffer, Rent("Rent", element, Numbers.Int(0)), Sweep.Adjoint));
        External more = new("global::System.Math.Max({0}, 2 * {1})", EquatableArray.Of(length, new Length(buffer.Read())), IrType.Int32, Effect.Pure, 0);
        Block grow = Block.Of([new Assign(buffer, Rent("Rent", element, more))]);
        return
        [
            .. result,
            new If(ids.Take(), length > new Length(buffer.Read()), grow, Block.Empty, EquatableArray<Join>.Empty),
            declare with { Variable = variable, Value = isGrid ? Grid(buffer, element, allocate.Extents) : new Slice(buffer.Read(), Numbers.Int(0), length, span) },
            new Fill(variable.Read(), element.IsFloating ? element.Number(0) : new Default(element)),
        ];
    }

    private Read Cells(EquatableArray<Expr> extents, List<Stmt> result)
    {
        Variable cells = ids.Fresh("", IrType.Int32);
        result.Add(new Declare(cells, new External("global::Backprop.Grid.Cells({0}, {1})", extents, IrType.Int32, Effect.Reads, 0)));
        return cells.Read();
    }

    private External Grid(IrType element, EquatableArray<Expr> extents)
        => new($"{{0}}.RentGrid<{element.Text}>({{1}}, {{2}})", EquatableArray.Of<Expr>(store.Read(), extents[0], extents[1]), new GridType(element), Effect.Reads, 0);

    private static External Grid(Variable buffer, IrType element, EquatableArray<Expr> extents)
        => new($"new global::Backprop.Grid<{element.Text}>({{0}}, {{1}}, {{2}})", EquatableArray.Of<Expr>(buffer.Read(), extents[0], extents[1]), new GridType(element), Effect.Reads, 0);

    private External Rent(string method, IrType element, Expr length)
        => new($"{{0}}.{method}<{element.Text}>({{1}})", EquatableArray.Of(store.Read(), length), new SpanType(element, Access.Writable), Effect.Reads, 0);
}
