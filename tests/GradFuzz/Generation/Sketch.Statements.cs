using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Generation;

/// <summary>Statements.</summary>
internal sealed partial class Sketch
{
    private const int Deepest = 3;

    /// <summary>Up to this many statements, as far as the budget goes.</summary>
    private void Statements(int most)
    {
        for (int i = random.Next(1, most + 1); i > 0 && budget > 0; i--)
        {
            Statement();
        }
    }

    private void Statement()
    {
        budget--;
        Focus();
        PickAction(
        [
            (3, true, DeclareNumber),
            (5, true, AssignNumber),
            (2, Has(Constructs.If) && nesting < Deepest, Branch),
            (1, Has(Constructs.Switch) && nesting < Deepest, Switch),
            (4, nesting < Deepest, Loop),
            (2, Has(Constructs.Temporaries), DeclareMemory),
            (2, Has(Constructs.Slices), DeclareSlice),
            (1, Has(Constructs.Moves), Move),
            (1, Has(Constructs.Swaps), Swap),
            (2, Has(Constructs.Tensors), OnElements),
            (2, Has(Constructs.Choices), DeclareChoice),
            (1, Has(Constructs.Guards) && nesting < Deepest, Guard),
            (2, Has(Constructs.Tuples) && types.Any(static type => type.Composition == Composition.Tuple), Unpack),
            (3, Has(Constructs.Renewals), Renew),
            (2, Has(Constructs.Exits) && loops > 0, LeaveLoop),
            (1, Has(Constructs.EarlyReturn) && mayReturn, LeaveMethod),
            (2, types.Count > 0, DeclareComposite),
            (1, Has(Constructs.Flags), DeclareFlag),
            (1, Has(Constructs.Integers), DeclareInteger),
            (1, Has(Constructs.ReferenceLocals), DeclareReference),
            (1, Has(Constructs.LocalFunctions) && nesting < Deepest && localFunctions.Count < 2, DeclareLocalFunction),
            (3, Callable.Any(), CallMethod),
            (2, Renamable().Count > 0, NameAgain),
        ]);
    }

    /// <summary>One of the actions that are possible, by weight.</summary>
    private void PickAction((int Weight, bool IsPossible, Action Run)[] actions)
    {
        var possible = actions.Where(action => action.IsPossible).ToArray();
        int at = random.Next(possible.Sum(action => action.Weight));
        foreach ((int weight, _, Action run) in possible)
        {
            at -= weight;
            if (at < 0)
            {
                run();
                return;
            }
        }
    }

    private void DeclareFlag() => Declare("t", DataType.Bool, Test(2));

    private void DeclareNumber()
    {
        DataType type = FloatingType();
        if (Has(Constructs.If) && Chance(0.15) && nesting < Deepest)
        {
            // Declared without a value, given one in both branches.
            Variable variable = New("v", type);
            Add(new Declare(variable, null));
            Expr test = Test(1);
            Block then = Scope(() => Set(variable, type)), otherwise = Scope(() => Set(variable, type));
            Add(new If(test, then, otherwise));
            visible.Add(variable);
            return;
        }

        Declare("v", type, Floating(type, 3));
    }

    private void Set(Variable variable, DataType type)
    {
        Statements(1);
        Add(new Evaluate(new Assign(new Local(variable), null, Floating(type, 2))));
    }

    private void DeclareInteger()
    {
        NumberType type = InactiveType();
        if (Chance(0.5) && TargetOf(type) is { } target)
        {
            Add(new Evaluate(Chance(0.3) ? new Stepped((Step)random.Next(4), target) : new Assign(target, Chance(0.5) ? null : type == DataType.Mode ? BinaryOp.Xor : BinaryOp.Add, InContext(Whole(type, 2)))));
            return;
        }

        Declare(type == DataType.Mode ? "m" : "n", type, InContext(Whole(type, 2)));
    }

    private void AssignNumber()
    {
        DataType type = FloatingType();
        if (AssignableOf(type) is not { } target)
        {
            DeclareNumber();
            return;
        }

        Expr half = new Literal(type, 0.5);
        Add(new Evaluate(random.Next(loops > 0 ? 7 : 9) switch
        {
            0 => new Assign(target, null, new Binary(BinaryOp.Add, new Binary(BinaryOp.Multiply, half, Again(target)), Floating(type, 2))),
            1 => new Assign(target, BinaryOp.Add, new Binary(BinaryOp.Multiply, half, Exact(type, 2))),
            2 => new Assign(target, BinaryOp.Multiply, Has(Constructs.Functions) ? Call("Cos", type, Exact(type, 2)) : half),
            3 => new Assign(target, BinaryOp.Subtract, Floating(type, 2)),
            4 => new Assign(target, BinaryOp.Divide, new Literal(type, 2)),
            5 => new Assign(target, null, new Unary(UnaryOp.Negate, Again(target))),
            _ => new Assign(target, null, Floating(type, 3)),
        }));
    }

    /// <summary>The same place read; its indices are without effects only where assignments are no values.</summary>
    private Expr Again(Expr target) => target.Deep().Any(node => node is Assign or Stepped) ? new Literal(target.Type, 1) : target;

    /// <summary>A place of this type that may be written; null where there is none.</summary>
    private Expr? TargetOf(DataType type)
    {
        IReadOnlyList<Variable> candidates = VisibleOf(variable => !constant.Contains(variable.Id) && IsWritable(variable.Type) && Holds(variable.Type, type));
        return candidates.Count > 0 && Inside(Preferred(candidates), type) is { } place && !IsConstant(place) ? place : null;
    }

    private bool IsWritable(DataType type) => type switch
    {
        CompositeType { IsClass: true } => Has(Constructs.ObjectWrites),
        MemoryType memory => memory.IsWritable && (memory.Element is not CompositeType { IsClass: true } || Has(Constructs.ObjectWrites)),
        _ => true,
    };

    private static bool IsConstant(Expr place) => place.Deep().OfType<Member>().Any(static member => ((CompositeType)member.Target.Type).Fields.Single(field => field.Name == member.Name).IsConstant);

    private void Branch()
    {
        Expr test = Test(2);
        Block then = Scope(() => Statements(3));
        Add(new If(test, then, Chance(0.5) ? Scope(() => Statements(3)) : null));
    }

    private void Switch()
    {
        bool isInteger = isGeneric || Chance(0.6);
        Expr subject = isInteger ? Subject(2) : Exact(FloatingType(), 2);
        double[] labels = isInteger ? [0, 1, 3] : [-0.5, 0.3];
        List<Case> cases = [.. labels.Select(label => new Case(label, Chance(0.2) ? Test(1) : null, Scope(() => Statements(2))))];
        if (Chance(0.7))
        {
            cases.Add(new Case(null, null, Scope(() => Statements(2))));
        }

        Add(new Switch(subject, isInteger ? BinaryOp.Equal : BinaryOp.Less, [.. cases]));
    }

    /// <summary>Throws where a number is large, which seldom is so.</summary>
    private void Guard()
    {
        DataType type = FloatingType();
        Add(new If(new Binary(BinaryOp.Greater, Exact(type, 2), new Literal(type, Pick(new[] { 1.5, 3, 6 }))), new Block(new Throw()), null));
    }

    private void LeaveLoop() => Add(new If(Test(1), new Block(Chance(0.5) ? new Break() : new Continue()), null));

    private void LeaveMethod() => Add(new If(Test(1), Scope(() => Add(new Return(result is null ? null : Result(result)))), null));

    private void Swap()
    {
        DataType type = FloatingType();
        if (AssignableOf(type) is not { } first || AssignableOf(type) is not { } second)
        {
            DeclareNumber();
            return;
        }

        if (Has(Constructs.Integers) && Chance(0.25) && TargetOf(DataType.Int) is { } counter)
        {
            // All places are found before one of them changes.
            (Expr Place, Expr Value)[] pairs = [(first, Floating(type, 2)), (counter, Integer(1)), (second, Floating(type, 2))];
            random.Shuffle(pairs);
            Add(new Several([.. pairs.Select(static pair => pair.Place)], [.. pairs.Select(static pair => pair.Value)]));
            return;
        }

        Add(new Several([first, second], Chance(0.6) ? [Again(second), Again(first)] : [Floating(type, 2), Floating(type, 2)]));
    }
}
