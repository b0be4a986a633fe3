using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Generation;

/// <summary>Loops that end: they count to something small, or halve a number until it is small.</summary>
internal sealed partial class Sketch
{
    private void Loop() => PickAction(
    [
        (1, true, AssignNumber),
        (4, Has(Constructs.For), For),
        (3, Has(Constructs.ForEach) && Walkable().Count > 0, ForEach),
        (3, Has(Constructs.While), While),
        (2, Has(Constructs.While), Shrink),
        (2, Has(Constructs.Do), Do),
        (2, Has(Constructs.Forever), Forever),
    ]);

    private static bool IsIterable(Variable variable) => variable.Type is MemoryType { IsLinear: true };

    private Block Body(params Variable[] own)
    {
        loops++;
        Block body = Scope(() => Statements(4), own);
        loops--;
        return body;
    }

    private void For()
    {
        IReadOnlyList<Variable> memory = VisibleOf(IsIterable);
        if (memory.Count > 0 && Chance(0.5))
        {
            Variable over = Pick(memory);
            int length = over.Extents[0];
            (Expr from, BinaryOp relation, Expr bound, int step) = random.Next(4) switch
            {
                0 => ((Expr)new Literal(DataType.Int, length - 1), BinaryOp.GreaterOrEqual, (Expr)new Literal(DataType.Int, 0), -1),
                1 => (new Literal(DataType.Int, 0), BinaryOp.Less, new Size(new Local(over), -1), 2),
                _ => (new Literal(DataType.Int, 0), BinaryOp.Less, new Size(new Local(over), -1), 1),
            };
            For(New("i", step < 0 ? DataType.Int : WholeType(), bound: length), from, relation, bound, step);
            return;
        }

        IReadOnlyList<Variable> outer = VisibleOf(variable => variable is { Bound: > 0, Type: NumberType } && variable.Type != DataType.Mode && constant.Contains(variable.Id));
        if (outer.Count > 0 && Chance(0.4))
        {
            Variable other = Pick(outer);
            For(New("j", DataType.Int, bound: other.Bound), new Literal(DataType.Int, 0), Chance(0.5) ? BinaryOp.LessOrEqual : BinaryOp.Less, new Local(other), 1);
            return;
        }

        Expr count = Has(Constructs.Integers) && Chance(0.6) ? new Binary(BinaryOp.And, Integer(2), new Literal(DataType.Int, 3)) : new Literal(DataType.Int, random.Next(5));
        For(New("i", WholeType(), bound: 4), new Literal(DataType.Int, 0), BinaryOp.Less, count, random.Next(1, 3));
    }

    private void For(Variable index, Expr from, BinaryOp relation, Expr bound, int step)
    {
        constant.Add(index.Id);
        Add(new For(index, from, relation, bound, step, Body(index)));
    }

    private void ForEach()
    {
        (Expr over, int[] extents) = Pick(Walkable());
        var type = (MemoryType)over.Type;
        bool isRow = type.Shape == Shape.Jagged, isObject = type.Element is CompositeType { IsClass: true };
        Variable item = New("e", isRow ? type with { Shape = Shape.Array } : type.Element, isRow ? [extents.Min()] : []);
        roots[item.Id] = RootOf(over);
        bool isConstant = constant.Contains(RootOf(over)) || over is Local { Variable.Id: var id } && constant.Contains(id);
        bool isReference = !isRow && !isObject && type.IsWritable && type.IsLinear && !isConstant && (over is Local || Has(Constructs.ObjectWrites)) && Chance(0.4);
        if (isReference)
        {
            references.Add(item.Id);
        }
        else if (!(isRow || isObject) || isConstant)
        {
            constant.Add(item.Id);
        }

        Add(new ForEach(item, over, isReference, Body(item)));
    }

    /// <summary>Memory in scope, and that of objects in scope.</summary>
    private IReadOnlyList<(Expr Memory, int[] Extents)> Walkable() =>
    [
        .. VisibleOf(variable => variable.Type is MemoryType).Select(variable => ((Expr)new Local(variable), variable.Extents)),
        .. VisibleOf(variable => variable.Type is CompositeType).SelectMany(variable => ((CompositeType)variable.Type).Fields
            .Where(field => field.Type is MemoryType { IsLinear: true }).Select(field => ((Expr)new Member(new Local(variable), field.Name, field.Type), field.Extents))),
    ];

    /// <summary>A counter that the loop raises first, so that <c>continue</c> does not keep it.</summary>
    private Variable Counter()
    {
        Variable counter = Declare("k", DataType.Int, new Literal(DataType.Int, 0));
        constant.Add(counter.Id);
        return counter;
    }

    private static Evaluate Raise(Variable counter) => new(new Stepped(Step.PostIncrement, new Local(counter)));

    private void While()
    {
        Variable counter = Counter();
        Expr limit = new Binary(BinaryOp.Less, new Local(counter), new Literal(DataType.Int, random.Next(1, 5)));
        Expr test = Chance(0.7) ? new Binary(BinaryOp.AndAlso, limit, Test(1)) : limit;
        Add(new While(test, new Block([Raise(counter), .. Body().Statements])));
    }

    private void Do()
    {
        Variable counter = Counter();
        Expr limit = new Binary(BinaryOp.Less, new Local(counter), new Literal(DataType.Int, random.Next(1, 4)));
        Block body = new([Raise(counter), .. Body().Statements]);
        Add(new DoWhile(body, Chance(0.7) ? new Binary(BinaryOp.AndAlso, limit, Test(1)) : limit));
    }

    /// <summary>Left from its middle; from its beginning where something may go on before.</summary>
    private void Forever()
    {
        Variable counter = Counter();
        Expr isEnough = new Binary(BinaryOp.GreaterOrEqual, new Local(counter), new Literal(DataType.Int, random.Next(1, 4)));
        loops++;
        Block body = Scope(() =>
        {
            if (!Has(Constructs.Exits) && Chance(0.7))
            {
                Statements(2);
            }

            Expr test = Chance(0.7) ? new Binary(BinaryOp.OrElse, isEnough, Test(1)) : isEnough;
            Add(new If(test, mayReturn && Chance(0.2) ? new Block(new Return(result is null ? null : Result(result))) : new Block(new Break()), null));
            Statements(3);
        });
        loops--;
        Add(new Forever(Chance(0.7) ? "while (true)" : "for (; ; )", new Block([Raise(counter), .. body.Statements])));
    }

    /// <summary>Halves a number until it is small: how often depends on the data.</summary>
    private void Shrink()
    {
        DataType type = FloatingType();
        Variable shrinking = Declare("s", type, Floating(type, 2));
        constant.Add(shrinking.Id);
        Expr size = Call("Abs", type, new Local(shrinking));
        Block body = Body();
        Add(new While(
            new Binary(BinaryOp.Greater, size, new Literal(type, 0.2)),
            new Block([new Evaluate(new Assign(new Local(shrinking), BinaryOp.Multiply, new Literal(type, 0.45))), .. body.Statements])));
    }
}
