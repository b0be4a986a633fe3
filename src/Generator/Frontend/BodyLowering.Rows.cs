using Backprop.Generator.Diagnostics;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Backprop.Generator.Frontend;

/// <summary>Local arrays of arrays: all rows in one storage, and a row is a span of it.</summary>
internal sealed partial class BodyLowering
{
    /// <summary>The storage of a local array of arrays.</summary>
    private abstract record Rows(Read Cells, Expr Count);

    /// <summary>All rows have one length: a table.</summary>
    private sealed record EvenRows(Read Table) : Rows(Table, new Length(Table, 0));

    /// <summary>Row after row, with where each begins and how long it is.</summary>
    private sealed record UnevenRows(Read Elements, Read Starts, Read Lengths) : Rows(Elements, new Length(Lengths));

    private readonly Dictionary<ISymbol, Rows> arraysOfRows = new(SymbolEqualityComparer.Default);

    // What a loop makes before it runs, and the statements in it that would make the rows.
    private readonly Dictionary<IOperation, List<(ILocalSymbol Local, Expr Count, RowLoop Loop, IOperation Creation)>> pendingRows = [];
    private readonly HashSet<IOperation> makings = [];
    private readonly HashSet<ISymbol> refusedRows = new(SymbolEqualityComparer.Default);

    private Rows? RowsOf(IOperation array) => array is ILocalReferenceOperation { Local: var local } && arraysOfRows.TryGetValue(local, out Rows? rows) ? rows : null;

    /// <summary>Whether a local is an array of arrays that is made here.</summary>
    private bool DeclareRows(ILocalSymbol local, IrType type, IOperation value)
    {
        if (type is not ArrayType { Rank: 1, ElementType: ArrayType { Rank: 1, ElementType: ScalarType or StructType { IsUnmanaged: true } } } || JaggedArray.CreationOf(value) is not { } creation)
        {
            return false;
        }

        JaggedArray array = JaggedArray.Of(local, creation, writes);
        if (array.Objections.Count > 0 && !type.HoldsFloating)
        {
            // What carries no derivative may stand anywhere.
            return false;
        }

        foreach (Objection objection in array.Objections)
        {
            report.Add(Descriptors.LocalArray, objection.Place.Syntax.GetLocation(), CSharpText.Short(local.Type), objection.Reason, objection.Instead);
        }

        if (array.Objections.Count > 0)
        {
            refusedRows.Add(local);
            Emit(new Declare(((Read)NewValue(local, local.Type)).Variable, null));
            return true;
        }

        if (array.Rows is { } rows)
        {
            ListRows(local, [.. rows.Select(static row => JaggedArray.CreationOf(row)!)]);
            return true;
        }

        RowLoop loop = array.Loop!;
        Expr count = Stable(NarrowExtent(Operand(RowLoop.LengthOf(creation)!)));
        (pendingRows.TryGetValue(loop.Loop, out var pending) ? pending : pendingRows[loop.Loop] = []).Add((local, count, loop, creation));
        makings.Add(loop.Making);
        return true;
    }

    private static IrType NumberIn(IrType array) => array.Element!.Element!;

    /// <summary><c>[[a, b], [c]]</c>, <c>{ new T[n], new T[m] }</c>: everything is computed in its order, then storage for all of it.</summary>
    private void ListRows(ILocalSymbol local, IReadOnlyList<IOperation> rows)
    {
        IOperation[][] parts = [.. rows.Select(static row => RowLoop.LengthOf(row) is { } length ? [length] : JaggedArray.RowsOf(row)!.ToArray())];
        Expr[] operands = Operands([.. parts.SelectMany(static p => p)]);
        var values = new List<Expr[]>();
        var lengths = new List<Expr>();
        int next = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            Expr[] given = [.. operands.Skip(next).Take(parts[i].Length)];
            next += parts[i].Length;
            bool isLength = RowLoop.LengthOf(rows[i]) is not null;
            values.Add(isLength ? [] : given);
            lengths.Add(isLength ? NarrowExtent(given[0]) : Numbers.Int(given.Length));
        }

        Rows made = lengths.Distinct().Count() <= 1
            ? Even(local, Numbers.Int(rows.Count), lengths.FirstOrDefault() ?? Numbers.Int(0))
            : Uneven(local, lengths);
        for (int i = 0; i < rows.Count; i++)
        {
            Store(made, Numbers.Int(i), values[i]);
        }
    }

    private void Store(Rows rows, Expr row, Expr[] values)
    {
        Expr? span = rows is UnevenRows && values.Length > 0 ? Name(Row(rows, row)) : null;
        for (int k = 0; k < values.Length; k++)
        {
            StoreParts(span is null ? new Element(rows.Cells, EquatableArray.Of(row, Numbers.Int(k))) : new Element(span, EquatableArray.Of<Expr>(Numbers.Int(k))), values[k]);
        }
    }

    private EvenRows Even(ILocalSymbol local, Expr count, Expr length)
        => Keep(local, new EvenRows(New(local, new ArrayType(NumberIn(TypeOf(local.Type)), 2), count, length)));

    private UnevenRows Uneven(ILocalSymbol local, List<Expr> lengths)
    {
        Read starts = NewPlaces(local, "Starts", Numbers.Int(lengths.Count)), sizes = NewPlaces(local, "Lengths", Numbers.Int(lengths.Count));
        Expr total = Numbers.Int(0);
        for (int i = 0; i < lengths.Count; i++)
        {
            Emit(new Store(new Element(starts, EquatableArray.Of<Expr>(Numbers.Int(i))), total));
            Emit(new Store(new Element(sizes, EquatableArray.Of<Expr>(Numbers.Int(i))), lengths[i]));
            total = (total, lengths[i]) is (Literal a, Literal b) ? Numbers.Int((int)(a.Bits + b.Bits)) : Name(With(total, lengths[i]));
        }

        return Keep(local, new UnevenRows(New(local, new ArrayType(NumberIn(TypeOf(local.Type)), 1), total), starts, sizes));
    }

    /// <summary>The rows of a loop: first how long each is.</summary>
    private UnevenRows Uneven(ILocalSymbol local, Expr count, RowLoop loop)
    {
        Read starts = NewPlaces(local, "Starts", count), sizes = NewPlaces(local, "Lengths", count);
        Variable index = ids.Fresh(loop.Index.Name, IrType.Int32), total = ids.Fresh("total", IrType.Int32);
        Emit(new Declare(total, Numbers.Int(0)));
        Emit(new Declare(index, Numbers.Int(0)));
        variables[loop.Index] = index.Read();
        Expr test = Numbers.True;
        Block condition = Capture(() => test = Name(new Binary(BinaryOp.Less, index.Read(), count, IrType.Bool)));
        Block step = Block.Of([new Assign(index, new Binary(BinaryOp.Add, index.Read(), Numbers.Int(1), IrType.Int32))]);
        Block body = Capture(() =>
        {
            Expr length = NarrowExtent(Operand(RowLoop.LengthOf(loop.Row)!));
            Emit(new Store(new Element(starts, EquatableArray.Of<Expr>(index.Read())), total.Read()));
            Emit(new Store(new Element(sizes, EquatableArray.Of<Expr>(index.Read())), length));
            Emit(new Assign(total, With(total.Read(), length)));
        });
        Emit(new Loop(LoopSite(loop.Loop), new While(condition, test, step, index), body, EquatableArray<Carried>.Empty));
        return Keep(local, new UnevenRows(New(local, new ArrayType(NumberIn(TypeOf(local.Type)), 1), total.Read()), starts, sizes));
    }

    private static External With(Expr before, Expr length) => new("global::Backprop.Grid.With({0}, {1})", EquatableArray.Of(before, length), IrType.Int32, Effect.Pure, 0);

    private Read New(ILocalSymbol local, ArrayType type, params Expr[] extents)
    {
        Read storage = Copied(new Allocate(extents.ToEquatable(), type, Lifetime.Local), local.Name);
        symbols[storage.Variable.Id] = local;
        return storage;
    }

    private Read NewPlaces(ILocalSymbol local, string what, Expr count)
        => Copied(new Allocate(EquatableArray.Of(count), new ArrayType(IrType.Int32, 1), Lifetime.Local), local.Name + what);

    private T Keep<T>(ILocalSymbol local, T rows)
        where T : Rows
    {
        arraysOfRows[local] = rows;
        return rows;
    }

    /// <summary>Makes the rows that a loop would make; whether it does nothing else.</summary>
    private bool MakesRowsOnly(IForLoopOperation operation)
    {
        if (!pendingRows.TryGetValue(operation, out var pending))
        {
            return false;
        }

        pendingRows.Remove(operation);
        foreach ((ILocalSymbol local, Expr count, RowLoop loop, IOperation creation) in pending)
        {
            if (loop.IsUneven)
            {
                Uneven(local, count, loop);
                continue;
            }

            Expr length = RowLoop.LengthOf(loop.Row) is { } size ? NarrowExtent(Operand(size)) : Numbers.Int(JaggedArray.RowsOf(loop.Row)!.Count);
            bool isSure = RowLoop.LengthOf(loop.Row) is not { } given || Steady.IsLength(given, writes) || Steady.IsLength(RowLoop.LengthOf(creation)!, writes, atLeast: 1);
            Even(local, count, isSure ? length : Name(new External("global::Backprop.Grid.Columns({0}, {1})", EquatableArray.Of(count, length), IrType.Int32, Effect.Pure, 0)));
        }

        return pending[0].Loop.Statements == pending.Count && pending.All(static p => RowLoop.LengthOf(p.Loop.Row) is not null);
    }

    /// <summary>The row is there; what it is made with is stored.</summary>
    private Expr FillRow(ISimpleAssignmentOperation making)
    {
        IOperation row = JaggedArray.CreationOf(making.Value)!;
        if (RowLoop.LengthOf(row) is null)
        {
            var target = (IArrayElementReferenceOperation)making.Target;
            Store(RowsOf(target.ArrayReference)!, Operand(target.Indices[0]), Operands([.. JaggedArray.RowsOf(row)!]));
        }

        return new Default(TypeOf(making));
    }

    private Expr? RowOf(IOperation operation) => RowReference(operation) is var (rows, index) ? Row(rows, RowIndex(rows, operation, index)) : null;

    private (Rows Rows, IOperation Index)? RowReference(IOperation operation)
    {
        (IOperation? array, IOperation? index) = operation switch
        {
            IArrayElementReferenceOperation e => (e.ArrayReference, e.Indices.Only()),
            IImplicitIndexerReferenceOperation e => (e.Instance, e.Argument),
            _ => (null, default(IOperation)),
        };
        return array is not null && index is not null && RowsOf(array) is { } rows ? (rows, index) : null;
    }

    private Expr RowIndex(Rows rows, IOperation row, IOperation index) => IndexOperand(new ArrayType(TypeOf(row), 1), () => rows.Count, index);

    private Expr Row(Rows rows, Expr index)
    {
        if (rows is not UnevenRows uneven)
        {
            return new Element(rows.Cells, EquatableArray.Of(index));
        }

        Expr start = Name(new Element(uneven.Starts, EquatableArray.Of(index)));
        Expr length = Name(new Element(uneven.Lengths, EquatableArray.Of(index)));
        return new Slice(uneven.Elements, start, length, new SpanType(uneven.Elements.Type.Element!, Access.Writable));
    }

    /// <summary><c>d[i][j]</c> of rows of one length, at once where nobody can tell that the row is not looked up before.</summary>
    private Element? CellOf(IOperation memory, IOperation[] indices, IOperation[] later)
    {
        if (RowReference(memory) is not (EvenRows rows, var index) || indices.Length != 1 || indices[0] is IUnaryOperation or IConversionOperation { Type.Name: "Index" } || !indices.Concat(later).All(IsQuiet))
        {
            return null;
        }

        Expr row = Protect(RowIndex(rows, memory, index), [.. indices, .. later]);
        Expr column = Protect(IndexOperand(TypeOf(memory), () => new Length(rows.Table, 1), indices[0]), later);
        return new Element(rows.Table, EquatableArray.Of(row, column));
    }

    // What fails in no other way than an index out of range.
    private static bool IsQuiet(IOperation operation) => operation.DescendantsAndSelf().All(static o => o switch
    {
        IInvocationOperation { TargetMethod.ContainingType: var owner } => TypeLowering.IsNumberOrText(owner) || Primitives.IsSystemType(owner, "Math", "MathF"),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder, RightOperand: var divisor } division => !TypeLowering.Lower(division.Type!).IsInteger() || divisor.ConstantValue.HasValue,
        IBinaryOperation { IsChecked: true } or IConversionOperation { IsChecked: true } => false,
        IThrowOperation or IObjectCreationOperation or IArrayCreationOperation => false,
        IPropertyReferenceOperation { Property: var property } => !property.Locations.Any(static l => l.IsInSource),
        IBinaryOperation { OperatorMethod: { } op } => !op.Locations.Any(static l => l.IsInSource),
        _ => true,
    });

    /// <summary>A variable for a row.</summary>
    private void NameRow(ILocalSymbol local, Expr row)
    {
        Read name = Copied(row, local.Name);
        variables[local] = name;
        symbols[name.Variable.Id] = local;
    }
}
