using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Interpret;

public sealed partial class Machine
{
    /// <summary>What can be assigned; its address is already computed.</summary>
    private sealed record Place(Func<Value> Get, Action<Value> Set);

    private Place PlaceOf(Expr target)
    {
        switch (target)
        {
            case Local local:
                Dictionary<int, Value> home = frame;
                if (home.GetValueOrDefault(local.Variable.Id) is Reference reference)
                {
                    return new(() => reference.Target, value => reference.Target = value);
                }

                return new(() => home[local.Variable.Id], value => home[local.Variable.Id] = value);
            case Element element:
                (Cells memory, int at) = Address(element);
                return new(() => memory[at], value => memory[at] = value);
            case Member member:
                Place whole = PlaceOf(member.Target);
                if (member.Target.Type is CompositeType { IsClass: true })
                {
                    var shared = (Composite)whole.Get();
                    return new(() => shared.Fields[member.Name], value => shared.Put(member.Name, value));
                }

                return new(() => ((Composite)whole.Get()).Fields[member.Name], value => whole.Set(((Composite)whole.Get()).With(member.Name, value)));
            case Item item:
                Place owner = PlaceOf(item.Target);
                Value[] index = Indices(item);
                return new(() => Get(item, owner, index), value => Set(item, owner, index, value));
            default: throw new NotSupportedException(target.ToString());
        }
    }

    private Value[] Indices(Item item) => item.Index is null ? [] : [Evaluate(item.Index)];

    private Value Get(Item item, Place owner, Value[] index)
    {
        Method getter = methods[item.Accessor("Get")];
        Value[] arguments = [owner.Get(), .. index];
        Value result = Run(getter, arguments)!;
        if (getter.Parameters[0].Passing == Passing.Ref)
        {
            owner.Set(arguments[0]);
        }

        return result;
    }

    private void Set(Item item, Place owner, Value[] index, Value value)
    {
        Value[] arguments = [owner.Get(), .. index, value];
        Run(methods[item.Accessor("Set")], arguments);
        owner.Set(arguments[0]);
    }

    private (Cells Memory, int At) Address(Element element)
    {
        var memory = (Cells)Evaluate(element.Memory);
        int[] indices = [.. element.Indices.Select(index => index is FromEnd end ? memory.Count - end.Back : (int)((Whole)Evaluate(index)).Number)];
        foreach (int index in indices)
        {
            trace.Took(index);
        }

        if (memory.Rows is { } rows)
        {
            return (Row(rows, indices[0]), indices[1]);
        }

        if (indices.Length == 1)
        {
            return (memory, indices[0]);
        }

        int at = 0;
        for (int dimension = 0; dimension < indices.Length; dimension++)
        {
            int extent = memory.Extents[dimension], index = indices[dimension];
            at = index >= 0 && index < extent ? (at * extent) + index : throw new DiscardedException("an index outside its memory");
        }

        return (memory, at);
    }

    private static Cells Row(Cells[] rows, int index) => index >= 0 && index < rows.Length ? rows[index] : throw new DiscardedException("an index outside its memory");

    private Value EvaluateMemory(Expr expression)
    {
        switch (expression)
        {
            case Element element:
                (Cells memory, int at) = Address(element);
                return memory[at];
            case Size size: return SizeOf((Cells)Evaluate(size.Memory), size.Dimension);
            case Member member: return ((Composite)Evaluate(member.Target)).Fields[member.Name];
            case Item item when IsPlace(item.Target): return PlaceOf(item).Get();
            case Item item: return Run(methods[item.Accessor("Get")], [Evaluate(item.Target), .. Indices(item)])!;
            case Property property: return Evaluate(property);
            case New construct:
                var type = (CompositeType)construct.Type;
                return new Composite(type.Fields.Zip(construct.Values).ToDictionary(pair => pair.First.Name, pair => As(Evaluate(pair.Second), pair.First.Type)));
            case Altered altered:
                var before = (Composite)Evaluate(altered.Target);
                return before.With(altered.Name, As(Evaluate(altered.Value), ((CompositeType)altered.Type).Fields.Single(field => field.Name == altered.Name).Type));
            case Allocate allocate: return Zeros((MemoryType)allocate.Type, allocate.Extents);
            case Listed listed:
                Value[] values = [.. listed.Values.Select(value => As(Evaluate(value), ((MemoryType)listed.Type).Element))];
                return new Cells(values, 0, values.Length, [values.Length]);
            case Slice slice:
                var whole = (Cells)Evaluate(slice.Memory);
                int start = (int)((Whole)Evaluate(slice.Start)).Number;
                trace.Took(start);
                return whole.Part(start, slice.Count);
            case Ranged ranged:
                Cells part = ((Cells)Evaluate(ranged.Memory)).Part(ranged.Start, ranged.Count);
                return ((MemoryType)ranged.Type).Shape == Shape.Array ? part.Copy() : part;
            default: throw new NotSupportedException(expression.ToString());
        }
    }

    private static Whole SizeOf(Cells memory, int dimension) => new(
        dimension < 0 ? memory.Rows?.Length ?? memory.Count : memory.Rows is { } rows ? rows[dimension].Count : memory.Extents[dimension]);

    private Value Evaluate(Property property)
    {
        Value target = Evaluate(property.Target);
        var type = (CompositeType)property.Target.Type;
        Dictionary<int, Value> caller = frame;
        frame = new() { [type.This!.Id] = target };
        Value value = As(Evaluate(type.Properties.Single(candidate => candidate.Name == property.Name).Body), property.Type);
        frame = caller;
        return value;
    }

    public static Value Zero(DataType type) => type switch
    {
        NumberType { Kind: Scalar.Bool } => new Truth(false),
        NumberType { IsFloating: true } => new Dual(0),
        NumberType => new Whole(0),
        CompositeType composite => new Composite(composite.Fields.ToDictionary(field => field.Name, field => field.Type is MemoryType memory ? Zeros(memory, field.Extents) : Zero(field.Type))),
        _ => throw new NotSupportedException(type.ToString()),
    };

    private static Cells Zeros(MemoryType type, int[] extents)
    {
        if (type.Shape == Shape.Jagged)
        {
            return new Cells([], 0, 0, extents) { Rows = [.. extents.Select(length => Zeros(type with { Shape = Shape.Array }, [length]))] };
        }

        int count = extents.Aggregate(1, (product, extent) => product * extent);
        return new Cells([.. Enumerable.Repeat(Zero(type.Element), count)], 0, count, extents);
    }
}
