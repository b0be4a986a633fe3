using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>Writes into storage.</summary>
internal sealed partial class Adjoints
{
    private void Overwrite(Store store, Cotangents cotangents, Writer writer)
    {
        Element target = store.Target with { Memory = ShadowOf(store.Target.Memory) };
        Clear(target, store.Value, cotangents, writer);
    }

    /// <summary>What a write put into storage gets the cotangent gathered there; what was there before it gets none.</summary>
    private void Clear(Element target, Expr written, Cotangents cotangents, Writer writer)
    {
        if (activity.IsActive(written))
        {
            Variable taken = writer.Let(Cotangents.NameOf(((Read)written).Variable), target);
            writer.Add(new Store(target, target.Type.Number(0)));
            cotangents.Add(written, taken.Read(), writer);
        }
        else
        {
            writer.Add(new Store(target, target.Type.Number(0)));
        }
    }

    private void Filling(Fill fill, Cotangents cotangents, Writer writer)
    {
        Expr shadow = ShadowOf(fill.Memory);
        IrType element = shadow.Type.Element!;
        IEnumerable<Expr> values = fill.Value is Pack pack ? pack.Leaves : [fill.Value];
        foreach ((Expr value, EquatableArray<Field> path) in values.Zip(PathsOf(element), static (value, path) => (value, path)).Where(pair => activity.IsActive(pair.value)))
        {
            Variable index = ids.Fresh("i", IrType.Int32);
            Variable param = ids.Fresh(Cotangents.NameOf(((Read)value).Variable), value.Type);
            Variable result = param with { Id = ids.Take() };
            Writer body = new(ids);
            Variable item = body.Let("", At(shadow, index, path));
            Expr next = body.Flat(param.Read() + item.Read());
            Carried sum = new(param, param.Type.Number(0), next, result);
            writer.Add(Each(index, fill.Memory, body) with { Carried = EquatableArray.Of(sum) });
            cotangents.Add(value, result.Read(), writer);
        }

        writer.Add(new Fill(shadow, element is StructType ? new Default(element) : element.Number(0)));
    }

    /// <summary>The ways from an element to the numbers in it.</summary>
    private static IEnumerable<EquatableArray<Field>> PathsOf(IrType element) => element is StructType type ? type.Leaves : [EquatableArray<Field>.Empty];

    private void Copying(Copy copy, Writer writer)
    {
        bool isActive = activity.IsActiveMemory(copy.Source);
        Expr taken = ShadowOf(copy.Destination);
        if (isActive && activity.MayOverlap(copy.Source, copy.Destination))
        {
            // Within one array every cotangent is taken before any is given.
            IrType type = taken.Type.Element!;
            Variable aside = writer.Let("", new Allocate(EquatableArray.Of(LengthOf(copy.Source)), new SpanType(type, Access.Writable), Lifetime.Local));
            Move(copy, taken, (index, path, item) => new Store(At(aside.Read(), index, path), item), writer);
            taken = aside.Read();
        }

        Move(copy, taken, isActive ? (index, path, item) => new Accumulate(At(ShadowOf(copy.Source), index, path), item) : null, writer);
    }

    /// <summary>Empties one storage element by element, and hands each on.</summary>
    private void Move(Copy copy, Expr from, Func<Variable, EquatableArray<Field>, Expr, Stmt>? give, Writer writer)
    {
        Variable index = ids.Fresh("i", IrType.Int32);
        Writer body = new(ids);
        foreach (EquatableArray<Field> path in PathsOf(from.Type.Element!))
        {
            Element source = At(from, index, path);
            if (!source.Type.IsFloating)
            {
                continue;
            }

            Variable item = body.Let("", source);
            body.Add(new Store(source, source.Type.Number(0)));
            if (give is not null)
            {
                body.Add(give(index, path, item.Read()));
            }
        }

        writer.Add(Each(index, copy.Source, body));
    }

    private static Element At(Expr memory, Variable index, EquatableArray<Field> path) => new(memory, EquatableArray.Of<Expr>(index.Read()), path);

    private Loop Each(Variable index, Expr memory, Writer body)
        => new(ids.Take(), new Counted(index, Numbers.Int(0), BinaryOp.Less, LengthOf(memory), 1), Block.Of(body.Statements), EquatableArray<Carried>.Empty);

    // A slice that was made in an iteration is not there any more where its length is asked, but what it counted is.
    private Expr LengthOf(Expr memory) => memory is Default ? Numbers.Int(0) : Sizes.Simplest(new Length(memory), expr => expr is Read read && definitions.TryGetValue(read.Variable.Id, out Expr? value) ? value : null);
}
