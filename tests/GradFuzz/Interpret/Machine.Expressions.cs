using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Interpret;

public sealed partial class Machine
{
    private bool Holds(Expr test)
    {
        bool holds = ((Truth)Evaluate(test)).Holds;
        trace.Took(holds ? 1 : 0);
        return holds;
    }

    private Value As(Value value, DataType type) => type is NumberType && value is not Truth ? arithmetic.Convert(value, type) : value;

    private Value Evaluate(Expr expression) => EvaluateAny(expression) ?? throw new InvalidOperationException("A call without a value.");

    private Value? EvaluateAny(Expr expression)
    {
        trace.Step();
        return expression switch
        {
            Literal literal => Constant(literal),
            Local local => frame[local.Variable.Id] is Reference reference ? reference.Target : frame[local.Variable.Id],
            Unary unary => arithmetic.Unary(unary.Op, Evaluate(unary.Operand)),
            Binary binary => Evaluate(binary),
            Conditional conditional => As(Evaluate(Holds(conditional.Test) ? conditional.Then : conditional.Else), conditional.Type),
            Choice choice => Evaluate(choice),
            MathCall call => arithmetic.Apply(
                Functions.ByName[call.Function], [.. call.Arguments.Select(argument => (Dual)As(Evaluate(argument), call.Type))], call.Type == DataType.Float),
            Context context => Evaluate(context),
            VectorCall call => Applied(call.Function, call.Vector, [.. call.Arguments.Select(argument => argument.Type is NumberType ? As(Evaluate(argument), DataType.Float) : Evaluate(argument))]),
            Cast cast => arithmetic.Convert(Evaluate(cast.Operand), cast.Type),
            Pattern pattern => Evaluate(pattern),
            Stop stop => Evaluate(stop.Operand) is Dual dual ? new Dual(dual.Number) : throw new NotSupportedException("Gradient.Stop of an integer"),
            Assign assign => Evaluate(assign),
            Stepped step => Evaluate(step),
            Call call => Evaluate(call),
            _ => EvaluateMemory(expression),
        };
    }

    private Value Applied(string function, CompositeType vector, Value[] arguments)
    {
        Dual[][] numbers = [.. arguments.Select(argument => argument is Composite composite ? vector.Fields.Select(field => (Dual)composite.Fields[field.Name]).ToArray() : [(Dual)argument])];
        Dual[] result = arithmetic.Apply(VectorFunctions.ByName[function], numbers, vector.Fields.Length);
        return VectorFunctions.ByName[function].GivesNumber ? result[0] : new Composite(vector.Fields.Zip(result).ToDictionary(pair => pair.First.Name, Value (pair) => pair.Second));
    }

    private Value Evaluate(Context context)
    {
        Overflow outer = arithmetic.Overflow;
        arithmetic.Overflow = context.Overflow;
        Value value = Evaluate(context.Operand);
        arithmetic.Overflow = outer;
        return value;
    }

    private static Value Constant(Literal literal) => literal.Type.Scalar switch
    {
        Scalar.Int or Scalar.Long or Scalar.UInt or Scalar.Byte or Scalar.SByte or Scalar.Short or Scalar.Mode => new Whole((long)literal.Value),
        Scalar.Bool => new Truth(literal.Value != 0),
        Scalar.Float => new Dual((float)literal.Value),
        _ => new Dual(literal.Value),
    };

    private Value Evaluate(Binary binary)
    {
        if (binary.Op is BinaryOp.AndAlso or BinaryOp.OrElse)
        {
            return new Truth(binary.Op == BinaryOp.AndAlso ? Holds(binary.Left) && Holds(binary.Right) : Holds(binary.Left) || Holds(binary.Right));
        }

        Value left = Evaluate(binary.Left), right = Evaluate(binary.Right);
        return arithmetic.Binary(binary.Op, left, right, binary.Op.IsTest() ? Promotion.Wider(binary.Left.Type, binary.Right.Type) : binary.Type == DataType.Bool ? DataType.Bool : Promotion.Of(binary.Op, binary.Left.Type, binary.Right.Type));
    }

    private Truth Evaluate(Pattern pattern)
    {
        Value subject = Evaluate(pattern.Subject);
        bool isAll = pattern.Joint == BinaryOp.And;
        bool fits = isAll;
        foreach (Fact fact in pattern.Facts)
        {
            bool holds = Matches(fact.Member.Length == 0 ? subject : ((Composite)subject).Fields[fact.Member], fact.Relation, fact.Bound);
            fits = isAll ? fits && holds : fits || holds;
        }

        return new Truth(fits != pattern.IsNegated);
    }

    private Value Evaluate(Choice choice)
    {
        Value subject = Evaluate(choice.Subject);
        int arm = Array.FindIndex(choice.Labels, label => Matches(subject, choice.Relation, label));
        return As(Evaluate(choice.Values[arm < 0 ? choice.Labels.Length : arm]), choice.Type);
    }

    private Value Evaluate(Assign assign)
    {
        Place place = PlaceOf(assign.Target);
        Value? before = assign.Op is null ? null : place.Get();
        Value value = Evaluate(assign.Value);
        value = before is null ? value : before is Composite ? Applied(assign.Op!.Value.ToString(), (CompositeType)assign.Target.Type, [before, value]) : arithmetic.Binary(assign.Op!.Value, before, value, Promotion.Of(assign.Op!.Value, assign.Target.Type, assign.Value.Type));
        value = As(value, assign.Target.Type);
        place.Set(value);
        return value;
    }

    private Value Evaluate(Stepped step)
    {
        Place place = PlaceOf(step.Target);
        Value before = place.Get();
        BinaryOp op = step.Step is Step.PreIncrement or Step.PostIncrement ? BinaryOp.Add : BinaryOp.Subtract;
        Value after = As(arithmetic.Binary(op, before, new Whole(1), step.Target.Type), step.Target.Type);
        place.Set(after);
        return step.Step is Step.PreIncrement or Step.PreDecrement ? after : before;
    }

    private Value? Evaluate(Call call)
    {
        bool isLocal = localFunctions.TryGetValue(call.Method, out Method? method);
        method ??= methods[call.Method];
        Place?[] places = new Place?[call.Arguments.Length];
        Value[] arguments = new Value[places.Length];
        foreach (int i in call.Order)
        {
            if ((method.Parameters[i].Variable.Name == "this" && IsPlace(call.Arguments[i])) || IsByReference(call.Passings[i], call.Arguments[i]))
            {
                places[i] = PlaceOf(call.Arguments[i]);
            }
            else
            {
                arguments[i] = As(Evaluate(call.Arguments[i]), method.Parameters[i].Variable.Type);
            }
        }

        // What is passed by reference is read by the callee, after all arguments have been evaluated.
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = places[i] is not { } place ? arguments[i] : call.Passings[i] == Passing.Out ? Zero(call.Arguments[i].Type) : place.Get();
            arguments[i] = method.Parameters[i].IsConstant ? Stopped(arguments[i]) : arguments[i];
        }

        Value? result = isLocal ? Enter(method, arguments) : Run(call.Style == CallStyle.Receiver ? Overriding(method, arguments) : method, arguments);
        for (int i = 0; i < arguments.Length; i++)
        {
            if (call.Passings[i] is Passing.Ref or Passing.Out)
            {
                places[i]!.Set(arguments[i]);
            }
        }

        return result;
    }

    /// <summary>The method of the receiver's class.</summary>
    private Method Overriding(Method method, Value[] arguments)
    {
        if (method.Binding == Binding.Direct)
        {
            return method;
        }

        CompositeType type = ((Composite)arguments[0]).Class!;
        Method? own;
        while (!methods.TryGetValue($"{type.Name}.{method.Word}", out own))
        {
            type = type.Base!;
        }

        return own;
    }

    private static bool IsByReference(Passing passing, Expr argument) => passing is Passing.Ref or Passing.Out || (passing == Passing.In && IsPlace(argument));

    private static bool IsPlace(Expr expression) => expression is Local or Element or Member;

    /// <summary>The same numbers without their derivatives. Memory is copied: no method writes what it takes as constant.</summary>
    internal static Value Stopped(Value value) => value switch
    {
        Dual dual => new Dual(dual.Number),
        Composite composite => new Composite(composite.Fields.ToDictionary(field => field.Key, field => Stopped(field.Value))) { Class = composite.Class },
        Cells { Rows: { } rows } jagged => new Cells([], 0, 0, jagged.Extents) { Rows = [.. rows.Select(row => (Cells)Stopped(row))] },
        Cells cells => new Cells([.. Enumerable.Range(0, cells.Count).Select(i => Stopped(cells[i]))], 0, cells.Count, cells.Extents),
        _ => value,
    };
}
