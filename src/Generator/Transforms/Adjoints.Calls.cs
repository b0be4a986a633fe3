using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>Calls of differentiable methods: the forward pass where the call stands, the pullback where its adjoint does.</summary>
internal sealed partial class Adjoints
{
    private static readonly OpaqueType Kept = new("global::Backprop.ResidualMemory") { IsResiduals = true };

    private bool IsActive(Call call) => call.Pass == Pass.Primal
        && (call.Results.Any(result => activity.IsVaried(result.Read()) && activity.IsUseful(result) && (result.Type.IsFloating || result.Type.HoldsFloating))
            || call.Given.Any(given => given.Parameter is { IsWritable: true, Wanted: Wanted.Gradient } && activity.IsActiveMemory(given.Argument)));

    private List<Stmt> Calling(Call call, Cotangents cotangents, Writer writer)
    {
        if (call.Callee.Rule.Length > 0)
        {
            return ByRule(call, cotangents, writer);
        }

        Variable residuals = ids.Fresh(char.ToLowerInvariant(call.Callee.Name.TrimStart('@')[0]) + call.Callee.Name.TrimStart('@').Substring(1) + "Residuals", call.Callee.ResidualsType);
        List<Stmt> forward = [call with { Pass = Pass.Forward, Results = call.Results.Append(residuals).ToEquatable() }];
        Dictionary<CalleeParameter, Variable> outputs = call.Outputs.ToDictionary(static output => output.Parameter, static output => output.Result);
        List<Expr> arguments = [.. call.Given.Select(given => AsLeft(call, given.Parameter, given.Argument, outputs, forward, writer)), residuals.Read()];
        Finish(call, arguments, outputs, cotangents, writer);
        return forward;
    }

    /// <summary>A pullback written by hand takes the result in the place of residuals, and the arguments as they were passed.</summary>
    private List<Stmt> ByRule(Call call, Cotangents cotangents, Writer writer)
    {
        List<Stmt> before = [], after = [];
        Dictionary<Expr, Expr> copies = [];
        Dictionary<CalleeParameter, Variable> outputs = call.Outputs.ToDictionary(static output => output.Parameter, static output => output.Result);
        List<Expr> arguments = [.. call.Given.Select(given => given.Parameter.IsUnread && StandIn(call, given.Parameter, given.Argument) is { } other ? other
            : !given.Parameter.IsWritable && IsOverwrittenBy(call, given.Argument) ? copies.TryGetValue(given.Argument, out Expr? copy) ? copy : copies[given.Argument] = Copied(given.Argument, before, writer)
            : AsLeft(call, given.Parameter, given.Argument, outputs, after, writer))];
        arguments.AddRange(!call.Callee.HasSeed ? [] : call.Callee.IsResultUnread ? [new Default(call.Value!.Type)] : [ValueOf(call.Value!)]);
        Finish(call, arguments, outputs, cotangents, writer);
        return [.. before, call, .. after];
    }

    private Expr ValueOf(Variable value) => value.Type is StructType type && parts.TryGetValue(value.Id, out List<(Variable Variable, Element Element)>? found)
        ? new Pack(type.Leaves.Select(path => found.Where(part => part.Element.Path.Equals(path)).Select(part => (Expr)part.Variable.Read()).FirstOrDefault() ?? new Default(path[path.Count - 1].Type)).ToEquatable(), type)
        : value.Read();

    private bool IsOverwrittenBy(Call call, Expr argument) => argument.Type.IsMemory && call.Written.Any(written => activity.MayChange(written, argument));

    /// <summary>
    /// What takes the place of an argument whose content the pullback does not read: any number; memory of that length that can be named without keeping
    /// anything. Null where there is none.
    /// </summary>
    private Expr? StandIn(Call call, CalleeParameter parameter, Expr argument)
        => argument.Type is not { IsMemory: true } or StructType ? new Default(argument.Type)
        : !IsOverwrittenBy(call, argument) && !changes.IsPossibleAfter(call, argument) ? argument
        : parameter.Type is SpanType && activity.IsActiveMemory(argument) ? ShadowOf(argument)
        : null;

    private static string NameOf(Expr argument, string otherwise) => argument is Read { Variable.Name: { Length: > 0 } name } ? name : otherwise;

    /// <summary>What the call itself overwrites.</summary>
    private Expr Copied(Expr memory, List<Stmt> before, Writer writer)
    {
        if (Callee.TypeInPullback(memory.Type, Keeping.Residuals) is not SpanType)
        {
            return Snapshot(memory, NameOf(memory, "memory"), Snapshots.Of(memory.Type), before);
        }

        string element = memory.Type.Element!.Text, name = NameOf(memory, "memory");
        Variable kept = ids.Fresh(name + "Then", Kept);
        before.Add(new Declare(kept, new External($"{{0}}.KeepCopy<{element}>({{1}})", EquatableArray.Of(store.Read(), memory), Kept, Effect.Reads, 0), Sweep.Adjoint));
        return writer.Let(name, new External($"{{0}}.AsSpan<{element}>()", EquatableArray.Of<Expr>(kept.Read()), new SpanType(memory.Type.Element!, Access.Writable), Effect.Reads, 0)).Read();
    }

    /// <summary>The call of the pullback: accumulators and seed, and what is done with the accumulators afterwards.</summary>
    private void Finish(Call call, List<Expr> arguments, Dictionary<CalleeParameter, Variable> outputs, Cotangents cotangents, Writer writer)
    {
        List<Variable> results = [];
        List<Action> deliveries = [];
        HashSet<int> begun = [];
        foreach ((CalleeParameter parameter, Expr argument) in call.Given.Where(static given => given.Parameter.Wanted == Wanted.Gradient))
        {
            Expr accumulator = Accumulator(call.Callee, parameter, argument, outputs, cotangents, begun, writer);
            arguments.Add(accumulator);
            if (parameter.HasVariableAccumulator)
            {
                Variable result = ids.Fresh(Cotangents.NameOf(argument is Read { Variable.Name: { Length: > 0 } name } ? name : parameter.Name), parameter.Type);
                results.Add(result);
                Deliver(parameter, argument, accumulator, result, cotangents, writer, deliveries);
            }
        }

        arguments.AddRange(call.Callee.HasSeed ? [CotangentOf(call.Value!, cotangents, writer)] : []);
        writer.Add(new Call(call.Callee, Pass.Pullback, arguments.ToEquatable(), results.ToEquatable(), call.Site));
        deliveries.ForEach(static deliver => deliver());
    }

    /// <summary>An argument as the call left it.</summary>
    private Expr AsLeft(Call call, CalleeParameter parameter, Expr argument, Dictionary<CalleeParameter, Variable> outputs, List<Stmt> forward, Writer writer)
    {
        if (outputs.TryGetValue(parameter, out Variable? output))
        {
            return output.Read();
        }

        if (argument.Type is not { IsMemory: true } or StructType || !changes.IsPossibleAfter(call, argument))
        {
            return argument;
        }

        if (Callee.TypeInPullback(argument.Type, call.Callee.Keeping) is not SpanType span)
        {
            return Snapshot(argument, NameOf(argument, parameter.Name), Snapshots.Of(argument.Type), forward);
        }

        // The caller's memory may be something else by then, so what it holds now is kept.
        string element = span.ElementType.Text, name = NameOf(argument, parameter.Name);
        Variable kept = ids.Fresh(name + "Then", Kept);
        forward.Add(new Declare(kept, new External($"{{0}}.KeepCopy<{element}>({{1}})", EquatableArray.Of(store.Read(), argument), Kept, Effect.Reads, 0), Sweep.Adjoint));
        return writer.Let(name, new External($"{{0}}.AsSpan<{element}>()", EquatableArray.Of<Expr>(kept.Read()), new SpanType(span.ElementType, Access.Writable), Effect.Reads, 0)).Read();
    }

    /// <summary>What is kept is an object or table of its own.</summary>
    private Expr Snapshot(Expr memory, string name, string text, List<Stmt> statements)
    {
        Variable kept = ids.Fresh(name + "Then", memory.Type);
        statements.Add(new Declare(kept, new External(text, EquatableArray.Of(memory), memory.Type, Effect.Reads, 0), Sweep.Adjoint));
        return kept.Read();
    }

    /// <summary>What the pullback adds to: the shadow of memory; of a number what is known of its cotangent so far.</summary>
    private Expr Accumulator(Callee callee, CalleeParameter parameter, Expr argument, Dictionary<CalleeParameter, Variable> outputs, Cotangents cotangents, HashSet<int> begun, Writer writer)
    {
        if (outputs.TryGetValue(parameter, out Variable? output))
        {
            return CotangentOf(output, cotangents, writer);
        }

        if (argument.Type is { IsMemory: true } and not StructType)
        {
            return activity.IsActiveMemory(argument) ? ShadowOf(argument)
                : callee.SkipsEmpty && !parameter.IsWritable ? new Default(Writable(argument.Type))
                : writer.Let(Cotangents.NameOf(parameter.Name), Zeros(argument, Writable(argument.Type))).Read();
        }

        return argument is Pack pack ? pack with { Leaves = pack.Leaves.Map(Begin) } : Begin(argument);

        Expr Begin(Expr operand) => operand is Read { Variable: var variable } && activity.IsActive(variable) && begun.Add(variable.Id)
            ? cotangents.Find(variable) ?? Nothing(operand.Type)
            : operand.Type.IsFloating ? Nothing(operand.Type) : new Default(operand.Type);
    }

    /// <summary>Adding to −0 leaves what is added as it is, also +0 and −0, so the compiler drops the addition where the pullback is inlined.</summary>
    private static Expr Nothing(IrType type) => type.Number(-0.0);

    /// <summary>Notes what is done with an accumulator after the call.</summary>
    private void Deliver(CalleeParameter parameter, Expr argument, Expr accumulator, Variable result, Cotangents cotangents, Writer writer, List<Action> deliveries)
    {
        EquatableArray<Expr> leaves = argument is Pack pack ? pack.Leaves : EquatableArray.Of(argument);
        EquatableArray<Expr> started = accumulator is Pack before ? before.Leaves : EquatableArray.Of(accumulator);
        List<EquatableArray<Field>> paths = [.. PathsOf(parameter.Type)];
        for (int i = 0; i < leaves.Count; i++)
        {
            if (leaves[i] is not Read { Variable: var variable } || !activity.IsActive(variable))
            {
                continue;
            }

            EquatableArray<Field> path = paths[i];
            Expr Cotangent() => path.Count == 0 ? result.Read() : writer.Let(Cotangents.NameOf(variable), new Element(result.Read(), path)).Read();
            if (!parameter.IsOutput && Equals(cotangents.FindOrZero(variable), started[i]))
            {
                // It holds the cotangent so far already, so it comes before what other arguments add to the same variable.
                deliveries.Insert(0, () => cotangents.Set(variable, Cotangent()));
            }
            else
            {
                deliveries.Add(() => cotangents.Add(variable.Read(), Cotangent(), writer));
            }
        }
    }

    /// <summary>The cotangent of something that a call gave; nothing else will ask for it.</summary>
    private Expr CotangentOf(Variable result, Cotangents cotangents, Writer writer)
    {
        if (result.Type is not StructType type)
        {
            return result.Type.IsMemory ? ShadowOf(result.Read()) : cotangents.Take(result) ?? result.Type.Number(0);
        }

        return new Pack(type.Leaves.Select(path => PartOf(result, path, cotangents, writer)).ToEquatable(), type);
    }

    private Expr PartOf(Variable whole, EquatableArray<Field> path, Cotangents cotangents, Writer writer)
    {
        IrType type = path[path.Count - 1].Type;
        if (!type.IsFloating)
        {
            return new Default(type);
        }

        List<Variable> named = parts.TryGetValue(whole.Id, out List<(Variable Variable, Element Element)>? found) ? [.. found.Where(part => part.Element.Path.Equals(path)).Select(static part => part.Variable)] : [];
        Expr? sum = named.Select(cotangents.Take).OfType<Expr>().Aggregate<Expr, Expr?>(null, static (sum, next) => sum is null ? next : sum + next);
        return sum is null ? type.Number(0) : writer.Flat(sum);
    }
}
