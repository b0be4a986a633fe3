using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Generation;

/// <summary>Methods, and calls of them.</summary>
internal sealed partial class Sketch
{
    /// <summary>A whole program.</summary>
    public FuzzProgram Program(int seed, int size)
    {
        DrawTypes();
        if (Has(Constructs.Calls))
        {
            others.Add(Helper("Helper" + others.Count));
        }

        if (Has(Constructs.Recursion))
        {
            others.Add(Recursive());
        }

        Method main = Main(size);
        return new FuzzProgram(seed, main, [.. others], [.. types], constructs) { IsGeneric = isGeneric };
    }

    private Method Main(int size)
    {
        List<Parameter> parameters = DrawParameters();
        result = DrawResult(parameters);
        visible.AddRange(parameters.Where(parameter => parameter.Passing != Passing.Out).Select(parameter => parameter.Variable));
        budget = size;
        Block body = Scope(() =>
        {
            foreach (Parameter parameter in parameters.Where(parameter => parameter.Passing == Passing.Out))
            {
                Add(new Evaluate(new Assign(new Local(parameter.Variable), null, Floating(parameter.Variable.Type, 2))));
                visible.Add(parameter.Variable);
            }

            if (Has(Constructs.LocalFunctions))
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
        int[] extents = body.Statements[^1] is Return { Value: Local { Variable: var returned } } ? returned.Extents : [];
        return new Method("F", [.. parameters], result, body) { Extents = extents };
    }

    private void End()
    {
        switch (result)
        {
            case null: break;
            case MemoryType array:
                Variable made = Declare("r", array, new Allocate(array, [3]), [3]);
                for (int i = 0; i < 3; i++)
                {
                    Add(new Evaluate(new Assign(new Element(new Local(made), [new Literal(DataType.Int, i)]), null, Floating(array.Element, 2))));
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

        Expr sum = Exact(type, 2);
        for (int i = 0; i < 3; i++)
        {
            sum = new Binary(Chance(0.7) ? BinaryOp.Add : BinaryOp.Subtract, sum, ReadOf(type) ?? Constant(type));
        }

        return Exactly(type, sum);
    }

    /// <summary>A method of numbers, for calls.</summary>
    private Method Helper(string name)
    {
        DataType type = FloatingType();
        Parameter[] parameters = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => new Parameter(New("a", type), Passing.Value, false))];
        return Built(name, type, parameters, 3);
    }

    private Method Built(string name, DataType type, Parameter[] parameters, int size)
    {
        DataType? outerResult = result;
        (List<Variable> outer, int outerBudget, bool outerMay) = ([.. visible], budget, mayReturn);
        visible.Clear();
        visible.AddRange(parameters.Select(parameter => parameter.Variable));
        (result, budget, mayReturn) = (type, size, true);
        Block body = Scope(() =>
        {
            Statements(size);
            Add(new Return(Result(type)));
        });
        visible.Clear();
        visible.AddRange(outer);
        (result, budget, mayReturn) = (outerResult, outerBudget, outerMay);
        return new Method(name, parameters, type, body);
    }

    /// <summary><c>n &lt;= 0 ? … : Recursive(…, n - 1)</c>.</summary>
    private Method Recursive()
    {
        DataType type = FloatingType();
        Parameter x = new(New("a", type), Passing.Value, false), n = new(New("n", DataType.Int), Passing.Value, false);
        constant.Add(n.Variable.Id);
        Method around = Built("Recursive", type, [x, n], 2);
        Expr less = new Binary(BinaryOp.Subtract, new Local(n.Variable), new Literal(DataType.Int, 1));
        Call again = new("Recursive", [new Binary(BinaryOp.Multiply, new Local(x.Variable), new Literal(type, 0.5)), less], [Passing.Value, Passing.Value], type);
        Stmt stop = new If(new Binary(BinaryOp.LessOrEqual, new Local(n.Variable), new Literal(DataType.Int, 0)), new Block(new Return(new Local(x.Variable))), null);
        Expr last = ((Return)around.Body.Statements[^1]).Value!;
        Stmt end = new Return(Exactly(type, new Binary(BinaryOp.Add, last, again)));
        return around with { Body = new Block([stop, .. around.Body.Statements[..^1], end]) };
    }

    /// <summary>A function that captures what C# allows it to: no spans, no references.</summary>
    private void DeclareLocalFunction()
    {
        DataType type = FloatingType();
        Parameter parameter = new(New("a", type), Passing.Value, false);
        DataType? outer = result;
        (bool outerMay, int outerBudget) = (mayReturn, budget);
        (result, mayReturn, budget) = (type, true, 2);
        List<Variable> outside = [.. visible];
        visible.RemoveAll(variable => references.Contains(variable.Id) || variable.Type is MemoryType { Shape: Shape.Span or Shape.ReadOnlySpan });
        Block body = Scope(
            () =>
            {
                Statements(2);
                Add(new Return(Result(type)));
            },
            parameter.Variable);
        visible.Clear();
        visible.AddRange(outside);
        (result, mayReturn, budget) = (outer, outerMay, outerBudget);
        Method local = new("Local" + ++ids, [parameter], type, body);
        Add(new LocalFunction(local));
        localFunctions.Add(local);
    }

    private Expr? CallOf(DataType type, int depth)
    {
        Method[] candidates = [.. others.Concat(localFunctions).Where(method => method.Result == type)];
        if (candidates.Length == 0)
        {
            return null;
        }

        Method method = Pick(candidates);
        Expr[] arguments = [.. method.Parameters.Select(parameter => parameter.Variable.Type == DataType.Int
            ? new Literal(DataType.Int, random.Next(4))
            : Exact(parameter.Variable.Type, depth - 1))];
        return new Call(method.Name, arguments, [.. method.Parameters.Select(parameter => parameter.Passing)], type);
    }
}
