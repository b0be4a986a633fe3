using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Generation;

/// <summary>Local memory, views of memory, and values of several numbers.</summary>
internal sealed partial class Sketch
{
    private void DeclareMemory()
    {
        DataType element = MemoryElement();
        int length = Length();
        if (Has(Constructs.LocalGrids) && Chance(0.5))
        {
            Shape shape = Has(Constructs.Cubes) && Chance(0.2) ? Shape.Cube : Chance(0.5) ? Shape.Grid : Shape.Jagged;
            int[] extents = [.. Enumerable.Range(0, shape == Shape.Cube ? 3 : 2).Select(_ => random.Next(1, 4))];
            Declare("g", new MemoryType(shape, element), new Allocate(new MemoryType(shape, element), extents), extents);
            return;
        }

        bool isArray = loops > 0 || isGeneric || Chance(0.5);
        MemoryType type = new(isArray ? Has(Constructs.Memories) && !element.IsWhole && Chance(0.3) ? Shape.Memory : Shape.Array : Shape.Span, element);
        Expr value = type.Shape == Shape.Array && Chance(0.3)
            ? new Listed(type, [.. Enumerable.Range(0, length).Select(_ => ValueOf(element, 2))])
            : new Allocate(type, [length]);
        Variable made = Declare("b", type, value, [length]);
        if (type.Shape == Shape.Array)
        {
            own.Add(made.Id);
        }
    }

    // Local variables of arrays.
    private readonly HashSet<int> own = [];

    /// <summary>Gives a variable another array of the same length: a new one, or what another variable stands for.</summary>
    private void Renew()
    {
        IReadOnlyList<Variable> arrays = VisibleOf(variable => own.Contains(variable.Id));
        if (arrays.Count == 0)
        {
            DeclareMemory();
            return;
        }

        Variable target = Pick(arrays);
        var type = (MemoryType)target.Type;
        Variable[] others = [.. VisibleOf(variable => variable.Type.Equals(type) && variable.Extents[0] == target.Extents[0] && !constant.Contains(variable.Id) && variable.Id != target.Id)];
        Expr value = others.Length > 0 && Chance(0.5) ? new Local(Pick(others))
            : Chance(0.7) ? new Listed(type, [.. Enumerable.Range(0, target.Extents[0]).Select(_ => ValueOf(type.Element, 2))])
            : new Allocate(type, target.Extents);
        Add(new Evaluate(new Assign(new Local(target), null, value)));
    }

    /// <summary>A number, or a struct of them.</summary>
    private DataType ElementType()
        => Has(Constructs.StructArrays) && Chance(0.4) && types.Where(type => !type.IsClass).ToArray() is { Length: > 0 } structs ? Pick(structs) : FloatingType();

    /// <summary>The same, or an integer.</summary>
    private DataType MemoryElement() => Has(Constructs.Counts) && Chance(0.4) ? WholeType() : ElementType();

    private IReadOnlyList<Variable> Linear(bool isWritten) => VisibleOf(variable
        => variable.Type is MemoryType { IsLinear: true, Element: not CompositeType { IsClass: true } } memory && (!isWritten || (memory.IsWritable && !constant.Contains(variable.Id))));

    private void DeclareSlice()
    {
        IReadOnlyList<Variable> memory = Linear(isWritten: false);
        if (memory.Count == 0)
        {
            AssignNumber();
            return;
        }

        Variable whole = Pick(memory);
        var type = (MemoryType)whole.Type;
        int count = random.Next(1, whole.Extents[0] + 1), room = whole.Extents[0] - count;
        Expr start = room > 0 && Has(Constructs.Integers) && Chance(0.5)
            ? new Binary(BinaryOp.Remainder, new Binary(BinaryOp.And, Integer(1), new Literal(DataType.Int, 7)), new Literal(DataType.Int, room + 1))
            : new Literal(DataType.Int, random.Next(room + 1));
        Variable slice;
        if (Has(Constructs.Ranges) && Chance(0.5))
        {
            int from = random.Next(room + 1);
            MemoryType part = type.Shape == Shape.Memory ? type with { Shape = Shape.Span } : type;
            slice = Declare("w", part, new Ranged(part, new Local(whole), from, count, from == room && Chance(0.5)), [count]);
            if (part.Shape == Shape.Array)
            {
                return;
            }
        }
        else
        {
            bool isMemory = Has(Constructs.Memories) && type.Shape is Shape.Array or Shape.Memory && Chance(0.5);
            MemoryType view = type with { Shape = isMemory ? Shape.Memory : type.IsWritable ? Shape.Span : Shape.ReadOnlySpan };
            slice = Declare("w", view, new Slice(view, new Local(whole), start, count), [count]);
        }

        roots[slice.Id] = RootOf(whole);
        if (constant.Contains(whole.Id))
        {
            constant.Add(slice.Id);
        }
    }

    private void Move()
    {
        IReadOnlyList<Variable> written = Linear(isWritten: true);
        if (written.Count == 0)
        {
            AssignNumber();
            return;
        }

        Variable target = Pick(written);
        var element = ((MemoryType)target.Type).Element;
        IReadOnlyList<Variable> sources = [.. Linear(isWritten: false).Where(source => ((MemoryType)source.Type).Element == element && source.Extents[0] <= target.Extents[0])];
        Add(random.Next(3) switch
        {
            0 => new Fill(new Local(target), ValueOf(element, 2)),
            1 => new Clear(new Local(target)),
            _ => new CopyTo(new Local(Pick(sources)), new Local(target)),
        });
    }

    private void DeclareComposite()
    {
        CompositeType type = Pick(types);
        if (type.IsClass)
        {
            (Has(Constructs.Objects) ? () => DeclareObject(type) : (Action)AssignNumber)();
            return;
        }

        Expr value = CompositeOf(type, 2);
        if (Chance(0.4) && TargetOf(type) is { } target)
        {
            if (type.Composition == Composition.Vector && Chance(0.5))
            {
                Add(new Evaluate(new Assign(target, Pick(sums), VectorOf(type, 1))));
                return;
            }

            Add(new Evaluate(new Assign(target, null, Unasked(value))));
            return;
        }

        Declare("p", type, Unasked(value));
    }

    /// <summary>A value of any type of numbers.</summary>
    private Expr ValueOf(DataType type, int depth) => type is CompositeType composite ? CompositeOf(composite, depth) : type.IsFloating ? Exact(type, depth) : Whole((NumberType)type, depth);

    private Expr CompositeOf(CompositeType type, int depth) => type.Composition == Composition.Vector ? VectorOf(type, depth) : StructOf(type, depth);

    private Expr StructOf(CompositeType type, int depth) => random.Next(6) switch
    {
        < 3 when Found(type) is { } found => Chance(0.4) ? CopyOf(type, found) : found,
        3 when depth > 0 && CallOf(type, depth) is { } call => call,
        4 when depth > 0 && focus.Length > 0 && TargetOf(type) is { } target => new Assign(target, null, StructOf(type, depth - 1)),
        _ => Built(type, depth),
    };

    /// <summary>A value of this type that is in scope.</summary>
    private Expr? Found(DataType type)
    {
        IReadOnlyList<Variable> candidates = VisibleOf(variable => Holds(variable.Type, type));
        return candidates.Count == 0 ? null : Inside(Preferred(candidates), type);
    }

    private Expr Inside(Variable variable, DataType type) => PartOf(new Local(variable), variable.Extents, type);

    private static bool Holds(DataType whole, DataType part) => Is(whole, part) || whole switch
    {
        MemoryType memory => Holds(memory.Element, part),
        CompositeType composite => composite.Fields.Any(field => Holds(field.Type, part)),
        _ => false,
    };

    /// <summary>Of this type, or of a class that derives from it.</summary>
    private static bool Is(DataType given, DataType wanted) => given == wanted || (given is CompositeType model && model.Is(wanted));

    /// <summary>Something of a type within a value that holds such.</summary>
    private Expr PartOf(Expr value, int[] extents, DataType type)
    {
        if (Is(value.Type, type))
        {
            return value;
        }

        if (value.Type is MemoryType memory)
        {
            return PartOf(new Element(value, Indices(memory.Shape, extents)), [], type);
        }

        Field field = Pick([.. ((CompositeType)value.Type).Fields.Where(field => Holds(field.Type, type))]);
        return PartOf(new Member(value, field.Name, field.Type), field.Extents, type);
    }

    /// <summary>Another name of a place.</summary>
    private void DeclareReference()
    {
        DataType type = MemoryElement();
        if (TargetOf(type) is not { } target || target is Local)
        {
            AssignNumber();
            return;
        }

        Variable reference = New("q", type);
        Add(new Alias(reference, target));
        references.Add(reference.Id);
        roots[reference.Id] = RootOf(target);
        visible.Add(reference);
    }

    private int RootOf(Expr place) => place switch
    {
        Local local => RootOf(local.Variable),
        Element element => RootOf(element.Memory),
        Member member => RootOf(member.Target),
        Item item => RootOf(item.Target),
        _ => 0,
    };

    private New Built(CompositeType type, int depth) => new New(type, [.. type.Fields.Select(field => field.Type is CompositeType inner ? Built(inner, depth) : ValueOf(field.Type, depth))]);

    private Expr CopyOf(CompositeType type, Expr source)
    {
        Field field = Pick(type.Fields);
        return field.Type is NumberType ? new Altered(source, field.Name, field.Type.IsFloating ? Floating(field.Type, 2) : ValueOf(field.Type, 2)) : source;
    }
}
