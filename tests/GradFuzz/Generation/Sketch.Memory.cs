using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Generation;

/// <summary>Local memory, views of memory, and values of several numbers.</summary>
internal sealed partial class Sketch
{
    private void DeclareMemory()
    {
        Scalar scalar = FloatingType().Scalar;
        int length = random.Next(1, 5);
        if (Has(Constructs.LocalGrids) && Chance(0.5))
        {
            Shape shape = Chance(0.5) ? Shape.Grid : Shape.Jagged;
            int[] extents = [random.Next(1, 4), random.Next(1, 4)];
            Declare("g", new MemoryType(shape, scalar), new Allocate(new MemoryType(shape, scalar), extents), extents);
            return;
        }

        bool isArray = loops > 0 || isGeneric || Chance(0.5);
        MemoryType type = new(isArray ? Shape.Array : Shape.Span, scalar);
        Expr value = isArray && Chance(0.3)
            ? new Listed(type, [.. Enumerable.Range(0, length).Select(_ => Floating(type.Element, 2))])
            : new Allocate(type, [length]);
        Declare("b", type, value, [length]);
    }

    private IReadOnlyList<Variable> Linear(bool isWritten) => VisibleOf(variable
        => variable.Type is MemoryType { Shape: not (Shape.Grid or Shape.Jagged) } memory && (!isWritten || (memory.IsWritable && !constant.Contains(variable.Id))) && memory.Element.IsFloating);

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
        MemoryType view = new(type.IsWritable ? Shape.Span : Shape.ReadOnlySpan, type.Kind);
        Variable slice = Declare("w", view, new Slice(view, new Local(whole), start, count), [count]);
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
            0 => new Fill(new Local(target), Floating(element, 2)),
            1 => new Clear(new Local(target)),
            _ => new CopyTo(new Local(Pick(sources)), new Local(target)),
        });
    }

    private void DeclareComposite()
    {
        CompositeType type = Pick(types);
        if (type.Composition == Composition.Class)
        {
            AssignNumber();
            return;
        }

        IReadOnlyList<Variable> same = VisibleOf(variable => variable.Type == type);
        Expr value = same.Count > 0 && Chance(0.5) ? CopyOf(type, Pick(same)) : Built(type, 2);
        IReadOnlyList<Variable> targets = [.. same.Where(variable => !constant.Contains(variable.Id))];
        if (targets.Count > 0 && Chance(0.4))
        {
            Add(new Evaluate(new Assign(new Local(Pick(targets)), null, value)));
            return;
        }

        Declare("p", type, value);
    }

    private New Built(CompositeType type, int depth) => new New(type, [.. type.Fields.Select(field => field.Type is CompositeType inner ? Built(inner, depth) : Exact(field.Type, depth))]);

    private Expr CopyOf(CompositeType type, Variable source)
    {
        Field field = Pick(type.Fields);
        return type.Composition != Composition.Class && field.Type is NumberType && Chance(0.6)
            ? new Altered(new Local(source), field.Name, Floating(field.Type, 2))
            : new Local(source);
    }
}
