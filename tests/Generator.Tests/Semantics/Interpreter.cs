using Backprop.Generator.IR;

namespace Backprop.Generator.Tests.Semantics;

/// <summary>Runs a function in normal form, statement by statement, without any of the passes that it checks.</summary>
internal sealed class Interpreter
{
    private readonly Dictionary<int, object> values = [];

    private enum Outcome { Normal, Break, Return }

    /// <summary>A variable of the caller's: its name means what came in, also after it was given what is left in it.</summary>
    private sealed class Cell
    {
        public double Value;
        public double? Left;
    }

    private sealed record View(double[] Storage, int Start, int Count);

    private object? result;

    public static double Run(Function function, double p, double q, int n, int k, bool flag, double[] a, double[] b, ref double acc)
    {
        var machine = new Interpreter();
        var cell = new Cell { Value = acc };
        object[] arguments = [p, q, n, k, flag, new View(a, 0, a.Length), new View(b, 0, b.Length), cell];
        for (int i = 0; i < arguments.Length; i++)
        {
            machine.values[function.Parameters[i].Variable.Id] = arguments[i];
        }

        try
        {
            machine.Execute(function.Body);
            return (double)machine.result!;
        }
        finally
        {
            acc = cell.Left ?? cell.Value;
        }
    }

    private Outcome Execute(Block block)
    {
        foreach (Stmt statement in block.Statements)
        {
            Outcome outcome = Execute(statement);
            if (outcome != Outcome.Normal)
            {
                return outcome;
            }
        }

        return Outcome.Normal;
    }

    private Outcome Execute(Stmt statement)
    {
        switch (statement)
        {
            case Declare s: values[s.Variable.Id] = Value(s.Value!); break;
            case Evaluate s: Value(s.Value); break;
            case Store s:
                if (s.Target.Memory.Type is SpanType)
                {
                    // C# checks the index of a span before it computes the value, that of an array after.
                    Load(s.Target);
                }

                Write(s.Target, Value(s.Value));
                break;
            case Accumulate { Target: Element target } s: Write(target, (double)Value(target) + (double)Value(s.Value)); break;
            case Accumulate s: ((Cell)values[((Read)s.Target).Variable.Id]).Value += (double)Value(s.Value); break;
            case WriteBack s: ((Cell)values[s.Parameter.Id]).Left = (double)Value(s.Value); break;
            case Throw s: Value(s.Exception); throw new InvalidOperationException();
            case Fill s: Span((View)Value(s.Memory)).Fill((double)Value(s.Value)); break;
            case Copy s: Span((View)Value(s.Source)).CopyTo(Span((View)Value(s.Destination))); break;
            case Break: return Outcome.Break;
            case Note: break;
            case Return s:
                result = Value(s.Value!);
                return Outcome.Return;
            case If s: return Execute(s);
            case Loop s: return Execute(s);
            default: throw new NotSupportedException(statement.GetType().Name);
        }

        return Outcome.Normal;
    }

    private Outcome Execute(If s)
    {
        bool test = (bool)Value(s.Test);
        Outcome outcome = Execute(test ? s.Then : s.Else);
        AssignAll([.. s.Joins.Select(j => j.Result)], [.. s.Joins.Select(j => test ? j.Then : j.Else)]);
        return outcome;
    }

    private Outcome Execute(Loop s)
    {
        Variable[] carried = [.. s.Carried.Select(c => c.Param)];
        AssignAll(carried, [.. s.Carried.Select(c => c.Init)]);
        int index = s.Head is Counted first ? (int)Value(first.From) : 0;
        while (true)
        {
            if (s.Head is Counted counted)
            {
                values[counted.Index.Id] = index;
                if (!(bool)Value(new Binary(counted.Relation, new Read(counted.Index), counted.Bound, IrType.Bool)))
                {
                    break;
                }

                index += counted.Step;
            }
            else
            {
                var head = (While)s.Head;
                Execute(head.Condition);
                if (!(bool)Value(head.Test))
                {
                    break;
                }
            }

            Outcome outcome = Execute(s.Body);
            AssignAll(carried, [.. s.Carried.Select(c => c.Next)]);
            if (outcome == Outcome.Break)
            {
                break;
            }
        }

        foreach (Carried c in s.Carried)
        {
            values[c.Result.Id] = values[c.Param.Id];
        }

        return Outcome.Normal;
    }

    private void AssignAll(Variable[] variables, Expr[] expressions)
    {
        object[] all = [.. expressions.Select(Value)];
        for (int i = 0; i < variables.Length; i++)
        {
            values[variables[i].Id] = all[i];
        }
    }

    private static Span<double> Span(View view) => view.Storage.AsSpan(view.Start, view.Count);

    private void Write(Element target, object value) => Span((View)Value(target.Memory))[(int)Value(target.Indices[0])] = (double)value;

    private object Value(Expr expr) => expr switch
    {
        Read e => values[e.Variable.Id] is Cell cell ? cell.Value : values[e.Variable.Id],
        Literal e => e.Type == IrType.Double ? e.Number : e.Type == IrType.Bool ? e.Bits != 0 : (int)e.Bits,
        Default e => e.Type == IrType.Double ? 0.0 : e.Type == IrType.Bool ? false : 0,
        Unary e => Apply(e, Value(e.Operand)),
        Binary { Op: BinaryOp.AndAlso } e => (bool)Value(e.Left) && (bool)Value(e.Right),
        Binary { Op: BinaryOp.OrElse } e => (bool)Value(e.Left) || (bool)Value(e.Right),
        Binary e => Value(e.Left) switch
        {
            double x => Apply(e.Op, x, (double)Value(e.Right)),
            int x => Apply(e, x, (int)Value(e.Right)),
            bool x => Apply(e.Op, x, (bool)Value(e.Right)),
            _ => throw new NotSupportedException(),
        },
        Generator.IR.Convert e => Value(e.Operand) is int i ? e.Type == IrType.Double ? (double)i : i : Value(e.Operand),
        Conditional e => (bool)Value(e.Test) ? Value(e.Then) : Value(e.Else),
        Apply e => Primitive(e.Primitive, [.. e.Arguments.Select(a => (double)Value(a))]),
        External e => Call(e.Format, [.. e.Arguments.Select(Value)]),
        Element e => Load(e),
        Length e => ((View)Value(e.Memory)).Count,
        Slice e => Sub((View)Value(e.Memory), (int)Value(e.Start), (int)Value(e.Count)),
        Stop e => Value(e.Operand),
        _ => throw new NotSupportedException(expr.GetType().Name),
    };

    private double Load(Element e)
    {
        var memory = (View)Value(e.Memory);
        return Span(memory)[(int)Value(e.Indices[0])];
    }

    private static View Sub(View view, int start, int count)
    {
        Span(view).Slice(start, count);
        return new View(view.Storage, view.Start + start, count);
    }

    private static object Apply(Unary e, object x) => (e.Op, x) switch
    {
        (UnaryOp.Negate, double d) => -d,
        (UnaryOp.Negate, int i) => e.Overflow == Overflow.Checked ? checked(-i) : unchecked(-i),
        (UnaryOp.Not, bool b) => !b,
        (UnaryOp.Complement, int i) => ~i,
        _ => throw new NotSupportedException(),
    };

    private static object Apply(BinaryOp op, double x, double y) => op switch
    {
        BinaryOp.Add => x + y,
        BinaryOp.Subtract => x - y,
        BinaryOp.Multiply => x * y,
        BinaryOp.Divide => x / y,
        BinaryOp.Less => x < y,
        BinaryOp.LessOrEqual => x <= y,
        BinaryOp.Greater => x > y,
        BinaryOp.GreaterOrEqual => x >= y,
        BinaryOp.Equal => x == y,
        BinaryOp.NotEqual => x != y,
        _ => throw new NotSupportedException(),
    };

    private static object Apply(Binary e, int x, int y) => (e.Op, e.Overflow) switch
    {
        (BinaryOp.Add, Overflow.Checked) => checked(x + y),
        (BinaryOp.Subtract, Overflow.Checked) => checked(x - y),
        (BinaryOp.Multiply, Overflow.Checked) => checked(x * y),
        (BinaryOp.Add, _) => unchecked(x + y),
        (BinaryOp.Subtract, _) => unchecked(x - y),
        (BinaryOp.Multiply, _) => unchecked(x * y),
        (BinaryOp.Divide, _) => x / y,
        (BinaryOp.Remainder, _) => x % y,
        (BinaryOp.And, _) => x & y,
        (BinaryOp.Or, _) => x | y,
        (BinaryOp.ShiftLeft, _) => x << y,
        (BinaryOp.Less, _) => x < y,
        (BinaryOp.LessOrEqual, _) => x <= y,
        (BinaryOp.Greater, _) => x > y,
        (BinaryOp.GreaterOrEqual, _) => x >= y,
        (BinaryOp.Equal, _) => x == y,
        (BinaryOp.NotEqual, _) => x != y,
        _ => throw new NotSupportedException(),
    };

    private static object Apply(BinaryOp op, bool x, bool y) => op switch
    {
        BinaryOp.And => x & y,
        BinaryOp.Or => x | y,
        BinaryOp.Equal => x == y,
        BinaryOp.NotEqual => x != y,
        _ => throw new NotSupportedException(),
    };

    private static object Primitive(string name, double[] x) => name switch
    {
        "Math.Abs" => Math.Abs(x[0]),
        "Math.Sqrt" => Math.Sqrt(x[0]),
        "Math.Max" => Math.Max(x[0], x[1]),
        _ => throw new NotSupportedException(name),
    };

    private static object Call(string format, object[] x) => format switch
    {
        _ when format.EndsWith("Log({0})") => Host.Log((double)x[0]),
        _ when format.EndsWith("Peek({0})") => Host.Peek((double)x[0]),
        _ when format.EndsWith("Mix({0}, {1})") => Host.Mix((double)x[0], (double)x[1]),
        _ when format.StartsWith("new ") => "exception",
        "{0} * 2 + {1}" => ((double)x[0] * 2) + (double)x[1],
        _ => throw new NotSupportedException(format),
    };
}
