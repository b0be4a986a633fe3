using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Generation;

/// <summary>Methods.</summary>
internal sealed partial class Sketch
{
    /// <summary>A whole program.</summary>
    public FuzzProgram Program(int seed, int size)
    {
        DrawTables();
        DrawTypes();
        foreach (CompositeType[] classes in hierarchies)
        {
            others.AddRange([.. Virtual(classes, "Apply")]);
            others.AddRange(Chance(0.5) ? [.. Virtual(classes, "Bend")] : []);
        }

        foreach (CompositeType type in types.Where(type => type.IsOwn))
        {
            if (Has(Constructs.Methods))
            {
                others.Add(Drawn("Of" + type.Name, 3, 2, Receiver(type)) with { Owner = type, Style = CallStyle.Receiver });
            }
        }

        if (Has(Constructs.Operators) && Has(Constructs.Structs) && !isGeneric)
        {
            others.AddRange(Operators(types[0]));
        }

        if (Has(Constructs.Conversions) && Has(Constructs.Structs) && !isGeneric)
        {
            others.AddRange([.. Conversions(types[0])]);
        }

        foreach (CompositeType type in types.Where(type => Has(Constructs.Indexers) && type.IsOwn && type.Base is null && type.Name != "Nest"))
        {
            others.AddRange([.. Accessors(type, "")]);
        }

        foreach (CompositeType type in types.Where(type => Has(Constructs.Properties) && type.IsOwn && type.Base is null && type.Name != "Nest"))
        {
            others.AddRange([.. Accessors(type, Item.Property)]);
        }

        if (Has(Constructs.Recursion))
        {
            others.AddRange(Recursive());
        }

        if (Has(Constructs.Unmarked))
        {
            others.Add(Unmarked("Look"));
        }

        for (int i = Has(Constructs.Calls) ? random.Next(1, 4) : 0; i > 0; i--)
        {
            Method helper = Drawn("Helper" + i, 4, 3);
            others.Add(helper with { IsRecomputed = Has(Constructs.Recompute) && Chance(0.5) });
        }

        if (Has(Constructs.Unmarked) && Chance(0.5))
        {
            others.Add(Unmarked("Glance"));
        }

        CompositeType[] owners = Has(Constructs.Methods) && Chance(0.2) ? [.. types.Where(type => type.IsOwn)] : [];
        CompositeType? owner = owners.Length > 0 ? Pick(owners) : null;
        Method main = owner is null ? Drawn("F", size, 3) : Drawn("F", size, 3, Receiver(owner)) with { Owner = owner, Style = CallStyle.Receiver };
        return new FuzzProgram(seed, main, [.. others], [.. types], constructs) { IsGeneric = isGeneric, Tables = [.. tables] };
    }

    private Method Drawn(string name, int size, int parameters, params Parameter[] first)
    {
        Parameter[] all = [.. first, .. DrawParameters(parameters), .. hierarchies.Count > 0 && Chance(0.5) ? [Model()] : Array.Empty<Parameter>()];
        all = Has(Constructs.Twins) && Twin(all) is { } twin ? [.. all, twin] : all;
        return Written(name, all, DrawResult(all), size);
    }

    private Method Written(string name, Parameter[] parameters, DataType? type, int size)
    {
        constant.UnionWith(parameters.Where(parameter => parameter.IsConstant || parameter.Passing == Passing.In || parameter.Variable.Bound > 0).Select(parameter => parameter.Variable.Id));
        references.UnionWith(parameters.Where(parameter => parameter.Passing != Passing.Value).Select(parameter => parameter.Variable.Id));
        Variable[] outer = [.. visible];
        var state = (result, budget, mayReturn);
        visible.Clear();
        visible.AddRange(tables.Select(static table => table.Variable));
        visible.AddRange(parameters.Where(parameter => parameter.Passing != Passing.Out).Select(parameter => parameter.Variable));
        (result, budget) = (type, size);
        Block body = Scope(() =>
        {
            foreach (Variable variable in parameters.Where(parameter => parameter.Passing == Passing.Out).Select(parameter => parameter.Variable))
            {
                Add(new Evaluate(new Assign(new Local(variable), null, ValueOf(variable.Type, 2))));
                visible.Add(variable);
            }

            if (Has(Constructs.LocalFunctions) && Chance(0.5))
            {
                DeclareNumber();
                DeclareLocalFunction();
            }

            mayReturn = result is null or NumberType;
            while (budget > 0)
            {
                Statement();
            }

            End();
        });
        visible.Clear();
        visible.AddRange(outer);
        (result, budget, mayReturn) = state;
        int[] extents = body.Statements.LastOrDefault() is Return { Value: Local { Variable: var returned } } ? returned.Extents : [];
        return new Method(name, parameters, type, body) { Extents = extents };
    }

    private void End()
    {
        switch (result)
        {
            case null: break;
            case MemoryType array:
                int length = Length();
                Variable made = Declare("r", array, new Allocate(array, [length]), [length]);
                for (int i = 0; i < length; i++)
                {
                    Add(new Evaluate(new Assign(new Element(new Local(made), [new Literal(DataType.Int, i)]), null, ValueOf(array.Element, 2))));
                }

                Statements(2);
                Add(new Return(new Local(made)));
                break;
            default: Add(new Return(Result(result))); break;
        }
    }

    /// <summary>What a return gives: a little of everything in scope, so that little is dead.</summary>
    private Expr Result(DataType type)
    {
        if (type is CompositeType composite)
        {
            return Built(composite, 2);
        }

        if (!type.IsFloating)
        {
            return Looked((NumberType)type);
        }

        Expr sum = Exact(type, 2);
        for (int i = 0; i < 3; i++)
        {
            sum = new Binary(Chance(0.7) ? BinaryOp.Add : BinaryOp.Subtract, sum, ReadOf(type) ?? Constant(type));
        }

        return Exactly(type, sum);
    }

    /// <summary>Sum and scaling, after a fashion.</summary>
    private Method[] Operators(CompositeType type)
    {
        DataType number = FloatingType();
        return [Of("+", type, type), Of("*", number, type)];

        Method Of(string symbol, DataType left, DataType right)
        {
            Parameter[] parameters = [new(New("a", left), Passing.Value, false), new(New("b", right), Passing.Value, false)];
            return Written($"{type.Name}.{symbol}", parameters, type, random.Next(2)) with { Owner = type, Operator = symbol, Style = CallStyle.Operator };
        }
    }

    /// <summary>A method that calls itself, or two that call each other.</summary>
    private Method[] Recursive()
    {
        DataType type = FloatingType();
        if (Chance(0.3))
        {
            return [Recursive("Even", "Odd", type, []), Recursive("Odd", "Even", type, [])];
        }

        Parameter[] more = [.. Enumerable.Range(0, random.Next(3)).Select(_ => DrawParameter()).Where(parameter => !parameter.IsConstant && parameter.Passing != Passing.Out)];
        return [Recursive("Recursive", "Recursive", type, more)];
    }

    /// <summary><c>n &lt;= 0 ? … : Callee(…, n - 1)</c>, once or twice; what else there is is handed on.</summary>
    private Method Recursive(string name, string callee, DataType type, Parameter[] more)
    {
        Variable x = New("x", type), n = New("n", DataType.Int);
        constant.Add(n.Id);
        Parameter[] parameters = [new(x, Passing.Value, false), new(n, Passing.Value, false), .. more];
        Method around = Written(name, parameters, type, 2);
        Expr last = ((Return)around.Body.Statements[^1]).Value!;
        Expr sum = new Binary(BinaryOp.Add, last, Again(new Binary(BinaryOp.Multiply, new Local(x), new Literal(type, 0.5))));
        sum = Chance(0.4) ? new Binary(BinaryOp.Subtract, sum, Again(Call("Sin", type, new Local(x)))) : sum;
        Stmt stop = new If(new Binary(BinaryOp.LessOrEqual, new Local(n), new Literal(DataType.Int, 0)), new Block(new Return(new Local(x))), null);
        return around with { Body = new Block([stop, .. around.Body.Statements[..^1], new Return(Exactly(type, sum))]) };

        Call Again(Expr next)
        {
            Expr less = new Binary(BinaryOp.Subtract, new Local(n), new Literal(DataType.Int, 1));
            return Ast.Call.To(new Method(callee, parameters, type, new Block()), [next, less, .. more.Select(parameter => new Local(parameter.Variable))]);
        }
    }
}
