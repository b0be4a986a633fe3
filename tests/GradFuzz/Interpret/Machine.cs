using Backprop.Fuzz.Ast;

namespace Backprop.Fuzz.Interpret;

/// <summary>Runs a program as C# does: evaluation order, rounding and wrapping included.</summary>
public sealed partial class Machine
{
    private const int DeepestCall = 40;

    private readonly Trace trace;
    private readonly Arithmetic arithmetic;
    private readonly Dictionary<string, Method> methods;
    private readonly Dictionary<int, Value> tables;
    private readonly Dictionary<string, Method> localFunctions = [];
    private Dictionary<int, Value> frame = [];
    private int depth, calls, borrowers;

    public Machine(FuzzProgram program, Trace trace)
    {
        this.trace = trace;
        arithmetic = new(trace);
        tables = program.Tables.ToDictionary(table => table.Variable.Id, Value (table) => new Cells([.. table.Numbers.Select(number => new Dual(number))], 0, table.Numbers.Length, [table.Numbers.Length]));
        methods = program.Others.Append(program.Main).ToDictionary(method => method.Name);
    }

    /// <summary>Calls a method; what it leaves in its parameters is in <paramref name="arguments"/> afterwards.</summary>
    public Value? Run(Method method, Value[] arguments)
    {
        Dictionary<int, Value> caller = frame;
        frame = new(tables);
        int before = borrowers;
        borrowers += calls > 0 && method.Style != CallStyle.Accessor && method.Parameters.Any(static parameter => parameter.Passing is Passing.Ref or Passing.Out) ? 1 : 0;
        calls++;
        Value? result = Enter(method, arguments);
        calls--;
        borrowers = before;
        frame = caller;
        return result;
    }

    private Value? Enter(Method method, Value[] arguments)
    {
        if (++depth > DeepestCall)
        {
            throw new DiscardedException("a deep recursion");
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            frame[method.Parameters[i].Variable.Id] = arguments[i];
        }

        returned = null;
        Overflow outer = arithmetic.Overflow;
        arithmetic.Overflow = Overflow.Wraps;
        Execute(method.Body);
        arithmetic.Overflow = outer;
        Value? result = returned;
        returned = null;
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = frame[method.Parameters[i].Variable.Id];
        }

        depth--;
        return result is not null && method.Result is NumberType type ? arithmetic.Convert(result, type) : result;
    }
}
