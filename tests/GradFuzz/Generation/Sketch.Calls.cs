using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Generation;

/// <summary>Calls of methods and local functions.</summary>
internal sealed partial class Sketch
{
    private const int DeepestCall = 4;

    /// <summary>A function that captures what C# allows it to: no spans, no references.</summary>
    private void DeclareLocalFunction()
    {
        DataType type = FloatingType();
        Parameter[] parameters = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => new Parameter(New("a", ElementType()), Passing.Value, false))];
        var state = (result, mayReturn, budget, loops);
        (result, mayReturn, budget, loops) = (type, true, 2, 0);
        Variable[] outside = [.. visible];
        visible.RemoveAll(variable => references.Contains(variable.Id) || variable.Type is MemoryType { IsSpan: true });
        Block body = Scope(
            () =>
            {
                Statements(2);
                Add(new Return(Result(type)));
            },
            [.. parameters.Select(parameter => parameter.Variable)]);
        visible.Clear();
        visible.AddRange(outside);
        (result, mayReturn, budget, loops) = state;
        Method local = new("Local" + ++ids, parameters, type, body) { IsLambda = Chance(0.3) };
        Add(new LocalFunction(local));
        localFunctions.Add(local);
    }

    private IEnumerable<Method> Callable => others.Where(method => method.Style != CallStyle.Accessor && !(method.IsUnmarked && (method.Result!.IsFloating || method.Result is MemoryType)));

    /// <summary>Where the context says of which type a value is, a conversion need not.</summary>
    private static Expr Unasked(Expr value) => value is Call { Style: CallStyle.Explicit, Type: CompositeType } conversion ? conversion with { Style = CallStyle.Implicit } : value;

    /// <summary>A call as a statement.</summary>
    private void CallMethod()
    {
        Method[] candidates = [.. Callable];
        Method method = Pick(candidates);
        for (int attempt = 0; attempt < 3 && CallOf(method, 0) is null; attempt++)
        {
            method = Pick(candidates);
        }

        if (CallOf(method, 2) is not { } call)
        {
            AssignNumber();
        }
        else if (method.Result is null)
        {
            Add(new Evaluate(call));
        }
        else
        {
            Declare("v", method.Result, Unasked(call), method.Extents);
        }
    }

    /// <summary>A call of something that gives this type; null where nothing does that can be called here.</summary>
    private Call? CallOf(DataType type, int depth)
    {
        Method[] candidates = [.. Callable.Concat(localFunctions).Where(method => method.Result == type)];
        return candidates.Length == 0 ? null : CallOf(Pick(candidates), depth);
    }

    /// <summary>Null where arguments of arguments are deep enough: an index has a depth of its own, and calls in it have indices again.</summary>
    private Call? CallOf(Method method, int depth)
    {
        if (calls == DeepestCall)
        {
            return null;
        }

        calls++;
        Call? call = Called(method, depth);
        calls--;
        return call;
    }

    private Call? Called(Method method, int depth)
    {
        // Places that the method may write have one name only in it.
        HashSet<int> used = [];
        List<Expr> arguments = [];
        foreach (Parameter parameter in method.Parameters)
        {
            if ((IsBase(method, parameter) ? new Local(visible.Single(variable => variable.Name == "this")) : Argument(parameter, depth - 1, used)) is not { } argument)
            {
                return null;
            }

            arguments.Add(argument);
        }

        var call = Ast.Call.To(method, [.. arguments]);
        if (Has(Constructs.Names) && method is { Style: CallStyle.Plain or CallStyle.Receiver, Binding: Binding.Direct, IsLambda: false } && Chance(0.4))
        {
            // The receiver comes before all of them.
            int first = method.Style == CallStyle.Receiver ? 1 : 0;
            int[] order = [.. Enumerable.Range(first, arguments.Count - first)];
            random.Shuffle(order);
            call = call with { Names = [.. method.Parameters.Select(parameter => parameter.Variable.Name)], Order = [.. Enumerable.Range(0, first), .. order] };
        }

        return call.Style == CallStyle.Implicit ? call with { Style = CallStyle.Explicit } : call;
    }

    private static bool IsBase(Method method, Parameter parameter) => method.Style == CallStyle.Base && parameter.Variable.Name == "this";

    private Expr? Argument(Parameter parameter, int depth, HashSet<int> used) => (parameter.Passing, parameter.Variable.Type) switch
    {
        (Passing.Ref or Passing.Out, var type) => Unused(TargetOf(type), used),
        (Passing.In, var type) => Chance(0.6) && Unused(Found(type), used) is { } found ? found : type is CompositeType composite ? Built(composite, depth) : new Unary(UnaryOp.Negate, Exact(type, depth)),
        (_, MemoryType memory) => Memory(memory, parameter, used),
        (_, CompositeType { IsClass: true } type) => Has(Constructs.ObjectWrites) ? Unused(Found(type), used) : Found(type),
        (_, CompositeType type) => CompositeOf(type, depth),
        (_, NumberType { Kind: Scalar.Bool }) => Test(1),
        (_, NumberType { Kind: Scalar.Int }) => Has(Constructs.Integers) && Chance(0.4) ? new Binary(BinaryOp.And, Integer(1), new Literal(DataType.Int, 3)) : new Literal(DataType.Int, random.Next(4)),
        (_, NumberType { IsFloating: false } type) => type == DataType.Mode ? Mode(1) : Settled(new Cast(type, new Binary(BinaryOp.And, Integer(1), new Literal(DataType.Int, 3)))),
        (_, var type) => focus.Length > 0 && Chance(0.3) ? Exactly(type, ValueOfAssignment(type, depth)) : Exact(type, depth),
    };

    /// <summary>The place, if no other argument is or holds it.</summary>
    private Expr? Unused(Expr? place, HashSet<int> used) => place is not null && used.Add(RootOf(place)) ? place : null;

    private Expr? Memory(MemoryType type, Parameter parameter, HashSet<int> used)
    {
        bool mayBeWritten = type.IsWritable && !parameter.IsConstant;
        IReadOnlyList<Variable> candidates = VisibleOf(variable => variable.Type is MemoryType memory && Fits(memory, type) && variable.Extents.SequenceEqual(parameter.Variable.Extents)
            && (parameter.Variable.Bound == 0 || (variable.Bound > 0 && variable.Bound <= parameter.Variable.Bound))
            && !used.Contains(RootOf(variable)) && !(mayBeWritten && constant.Contains(variable.Id)));
        if (candidates.Count == 0)
        {
            return null;
        }

        Variable chosen = Pick(candidates);
        used.Add(RootOf(chosen));
        return new Local(chosen);
    }

    /// <summary>The same, or what converts to it.</summary>
    private static bool Fits(MemoryType given, MemoryType wanted) => given == wanted || (given.Element == wanted.Element && wanted.Shape switch
    {
        Shape.Span or Shape.Memory => given.Shape == Shape.Array,
        Shape.ReadOnlySpan => given.Shape is Shape.Array or Shape.Span,
        _ => false,
    });
}
