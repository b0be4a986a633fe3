using System.Globalization;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>Makes C# of calls of differentiable methods: variables that are passed by reference are declared before them. Normal form.</summary>
/// <param name="store">Where the methods that are called keep what their pullbacks need, as C# over <paramref name="owner"/>.</param>
/// <param name="owner">The variable that <paramref name="store"/> reads.</param>
internal sealed class CallText(string store, Variable owner)
{
    public Block Apply(Block block) => Block.Of(block.Statements.SelectMany(stmt => stmt is Call call ? Written(call) : [stmt.Map(static expr => expr, Apply)]));

    /// <summary>How the frame of the residual store is opened: not at all where no method that is called keeps memory.</summary>
    public static string Open(Block body, Variable frame)
    {
        string[] keeping = [.. body.Deep().OfType<Call>().Where(static call => call.Pass == Pass.Forward).Select(static call => call.Callee.KeepsMemory).Distinct()];
        bool isUsed = keeping.Length == 0 || keeping.Contains("true") || body.Reads().Any(variable => variable.Id == frame.Id);
        return isUsed ? "global::Backprop.ResidualStore.Open()" : $"global::Backprop.ResidualStore.OpenIf({string.Join(" || ", keeping)})";
    }

    private IEnumerable<Stmt> Written(Call call)
    {
        List<Stmt> before = [];
        List<Expr> holes = [];
        List<string> arguments = [.. call.Pass == Pass.Pullback ? OfPullback(call, holes, before) : OfForward(call, holes, before)];
        string target = call.Callee.IsOfBase ? "base." : call.Callee.Parameters.FirstOrDefault()?.Passing == Passing.Receiver ? "{0}." : call.Callee.Owner;
        string name = call.Callee.Name + (call.Pass == Pass.Primal ? "" : call.Pass.ToString()) + call.Callee.TypeArguments;
        IrType type = call.Value?.Type ?? new OpaqueType("void");
        string method = call is { Pass: Pass.Pullback, Callee.Rule: { Length: > 0 } rule } ? rule : $"{target}{name}";
        External external = new($"{method}({string.Join(", ", arguments)})", holes.ToEquatable(), type, Effect.Writes, 0)
        {
            ChangesReceiver = call.Pass != Pass.Pullback && call.Callee.Parameters.Any(static parameter => parameter.IsChanging),
        };
        return [.. before, call.Value is { } value ? new Declare(value, external) : new Evaluate(external)];
    }

    private IEnumerable<string> OfForward(Call call, List<Expr> holes, List<Stmt> before)
    {
        Dictionary<CalleeParameter, Variable> outputs = call.Outputs.ToDictionary(static output => output.Parameter, static output => output.Result);
        List<string> arguments = [];
        foreach ((CalleeParameter parameter, Expr argument) in call.Given)
        {
            if (parameter.IsOutput)
            {
                before.Add(new Declare(outputs[parameter], parameter.Passing == Passing.Out ? null : argument));
            }

            string hole = Hole(parameter.IsOutput ? outputs[parameter].Read() : argument, holes);
            arguments.AddRange(parameter.Passing == Passing.Receiver ? [] : [parameter.Passing switch { Passing.Ref => "ref " + hole, Passing.Out => "out " + hole, _ => hole }]);
        }

        if (call.Pass == Pass.Forward)
        {
            Variable residuals = call.Results[call.Results.Count - 1];
            before.Add(new Declare(residuals, null, Sweep.Adjoint));
            arguments.Add("out " + Hole(residuals.Read(), holes));
            arguments.Add(string.Format(CultureInfo.InvariantCulture, store, Hole(owner.Read(), holes)));
        }

        return arguments;
    }

    private static List<string> OfPullback(Call call, List<Expr> holes, List<Stmt> before)
    {
        List<string> arguments = [];
        int next = 0, result = 0;
        foreach (CalleeParameter parameter in call.Callee.Parameters)
        {
            Expr argument = call.Arguments[next++];
            string hole = Hole(argument, holes) + (TakesArray(call.Callee, parameter) && argument.Type is SpanType ? ".ToArray()" : "");
            arguments.AddRange(parameter.Passing == Passing.Receiver ? [] : [hole]);
        }

        if (call.Callee.Rule.Length == 0)
        {
            arguments.Add("in " + Hole(call.Arguments[next++], holes));
        }
        else if (call.Callee.HasSeed)
        {
            arguments.Add(Hole(call.Arguments[next++], holes));
        }

        foreach (CalleeParameter parameter in call.Callee.Parameters.Where(static parameter => parameter.Wanted == Wanted.Gradient))
        {
            Expr accumulator = call.Arguments[next++];
            if (parameter.HasVariableAccumulator)
            {
                before.Add(new Declare(call.Results[result], accumulator, Sweep.Adjoint));
                arguments.Add("ref " + Hole(call.Results[result++].Read(), holes));
            }
            else
            {
                arguments.Add(Hole(accumulator, holes));
            }
        }

        arguments.AddRange(next < call.Arguments.Count ? [Hole(call.Arguments[next], holes)] : []);
        return arguments;
    }

    /// <summary>A method that is run again and a pullback of the user's take arrays, of which there may only be a span here: they get a copy, since they write none.</summary>
    private static bool TakesArray(Callee callee, CalleeParameter parameter)
        => (callee.Rule.Length > 0 ? parameter.Type : Callee.TypeInPullback(parameter.Type, callee.Keeping)) is ArrayType;

    private static string Hole(Expr operand, List<Expr> holes)
    {
        holes.Add(operand);
        return $"{{{(holes.Count - 1).ToString(CultureInfo.InvariantCulture)}}}";
    }
}
