using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Interpret;

public sealed partial class Machine
{
    private Value? returned;

    /// <summary>How a statement ended.</summary>
    private enum Exit { Next, Break, Continue, Return }

    private Exit Execute(Stmt statement)
    {
        trace.Step();
        switch (statement)
        {
            case Block block: return Execute(block);
            case Declare declare:
                if (declare.Value is { } value)
                {
                    frame[declare.Variable.Id] = As(Evaluate(value), declare.Variable.Type);
                }

                return Exit.Next;
            case Alias alias:
                Place place = PlaceOf(alias.Target);
                frame[alias.Variable.Id] = new Reference(place.Get, place.Set);
                return Exit.Next;
            case Evaluate evaluate: _ = EvaluateAny(evaluate.Value); return Exit.Next;
            case If branch: return Holds(branch.Test) ? Execute(branch.Then) : branch.Else is { } otherwise ? Execute(otherwise) : Exit.Next;
            case Switch choice: return Execute(choice);
            case For loop: return Execute(loop);
            case While loop: return Repeat(() => Holds(loop.Test), loop.Body, static () => { });
            case DoWhile loop: return Execute(loop);
            case ForEach loop: return Execute(loop);
            case Forever loop: return Repeat(static () => true, loop.Body, static () => { });
            case Throw: throw new ThrownException(calls, borrowers);
            case Break: return Exit.Break;
            case Continue: return Exit.Continue;
            case Return end: returned = end.Value is null ? null : Evaluate(end.Value); return Exit.Return;
            case Several many: Execute(many); return Exit.Next;
            case Unpack many: Execute(many); return Exit.Next;
            case LocalFunction local: localFunctions[local.Method.Name] = local.Method; return Exit.Next;
            default: Move(statement); return Exit.Next;
        }
    }

    private Exit Execute(Block block)
    {
        foreach (Stmt statement in block.Statements)
        {
            if (Execute(statement) is var exit and not Exit.Next)
            {
                return exit;
            }
        }

        return Exit.Next;
    }

    private Exit Execute(Switch choice)
    {
        Value subject = Evaluate(choice.Subject);
        foreach (Case option in choice.Cases)
        {
            if ((option.Label is not { } label || Matches(subject, choice.Relation, label)) && (option.When is null || Holds(option.When)))
            {
                return Execute(option.Body) is var exit && exit == Exit.Break ? Exit.Next : exit;
            }
        }

        return Exit.Next;
    }

    private bool Matches(Value subject, BinaryOp relation, double label)
    {
        Value bound = subject is Whole ? new Whole((long)label) : new Dual(label);
        bool matches = ((Truth)arithmetic.Binary(relation, subject, bound, subject is Whole ? DataType.Long : DataType.Double)).Holds;
        trace.Took(matches ? 1 : 0);
        return matches;
    }

    private Exit Execute(For loop)
    {
        int index = loop.Index.Id;
        frame[index] = Evaluate(loop.From);
        return Repeat(
            () => ((Truth)Test(loop.Relation, frame[index], Evaluate(loop.Bound))).Holds,
            loop.Body,
            () => frame[index] = As(new Whole(((Whole)frame[index]).Number + loop.Step), loop.Index.Type));
    }

    private Value Test(BinaryOp relation, Value left, Value right)
    {
        Value test = arithmetic.Binary(relation, left, right, DataType.Long);
        trace.Took(((Truth)test).Holds ? 1 : 0);
        return test;
    }

    private Exit Repeat(Func<bool> goesOn, Block body, Action step)
    {
        while (goesOn())
        {
            trace.Step();
            Exit exit = Execute(body);
            if (exit is Exit.Break or Exit.Return)
            {
                return exit == Exit.Return ? exit : Exit.Next;
            }

            step();
        }

        return Exit.Next;
    }

    private Exit Execute(DoWhile loop)
    {
        do
        {
            trace.Step();
            Exit exit = Execute(loop.Body);
            if (exit is Exit.Break or Exit.Return)
            {
                return exit == Exit.Return ? exit : Exit.Next;
            }
        }
        while (Holds(loop.Test));
        return Exit.Next;
    }

    private Exit Execute(ForEach loop)
    {
        var memory = (Cells)Evaluate(loop.Memory);
        int at = 0;
        return Repeat(
            () =>
            {
                if (at >= (memory.Rows?.Length ?? memory.Count))
                {
                    return false;
                }

                int here = at;
                frame[loop.Item.Id] = loop.IsReference ? new Reference(() => memory[here], value => memory[here] = value) : memory.Rows?[at] ?? memory[at];
                return true;
            },
            loop.Body,
            () => at++);
    }

    /// <summary>Places from left to right, then values from left to right, then the writes.</summary>
    private void Execute(Several many)
    {
        Place[] places = [.. many.Targets.Select(PlaceOf)];
        Value[] values = [.. many.Values.Select(Evaluate)];
        for (int i = 0; i < places.Length; i++)
        {
            places[i].Set(As(values[i], many.Targets[i].Type));
        }
    }

    private void Execute(Unpack many)
    {
        Place[] places = [.. many.Targets.Select(PlaceOf)];
        var tuple = (Composite)Evaluate(many.Tuple);
        Field[] fields = ((CompositeType)many.Tuple.Type).Fields;
        for (int i = 0; i < places.Length; i++)
        {
            places[i].Set(As(tuple.Fields[fields[i].Name], many.Targets[i].Type));
        }
    }

    private void Move(Stmt statement)
    {
        switch (statement)
        {
            case Fill fill:
                Cells filled = (Cells)Evaluate(fill.Memory);
                Value content = As(Evaluate(fill.Value), ((MemoryType)fill.Memory.Type).Element);
                for (int i = 0; i < filled.Count; i++)
                {
                    filled[i] = content;
                }

                break;
            case Clear clear:
                Cells cleared = (Cells)Evaluate(clear.Memory);
                for (int i = 0; i < cleared.Count; i++)
                {
                    cleared[i] = Zero(((MemoryType)clear.Memory.Type).Element);
                }

                break;
            case CopyTo copy:
                Cells source = (Cells)Evaluate(copy.Source), destination = (Cells)Evaluate(copy.Destination);
                Value[] snapshot = [.. Enumerable.Range(0, source.Count).Select(i => source[i])];
                for (int i = 0; i < snapshot.Length; i++)
                {
                    destination[i] = snapshot[i];
                }

                break;
            case Elementwise call: Move(call); break;
            default: throw new NotSupportedException(statement.ToString());
        }
    }

    private void Move(Elementwise call)
    {
        Value[] operands = [.. call.Operands.Select(Evaluate)];
        var destination = (Cells)Evaluate(call.Destination);
        DataType type = ((MemoryType)call.Destination.Type).Element;
        int count = operands.OfType<Cells>().First().Count;
        if (count > destination.Count || operands.OfType<Cells>().Any(operand => operand.Count != count || operand.IsShifted(destination)))
        {
            throw new DiscardedException("memory that does not go together");
        }

        ElementFunction function = ElementFunctions.ByName[call.Function];
        for (int i = 0; i < count; i++)
        {
            Value[] numbers = [.. operands.Select(operand => operand is Cells cells ? cells[i] : As(operand, type))];
            destination[i] = As(function.Compute(arithmetic, numbers, type), type);
        }
    }
}
