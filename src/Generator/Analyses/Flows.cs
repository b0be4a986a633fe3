using Backprop.Generator.IR;
using Backprop.Generator.Rules;

namespace Backprop.Generator.Analyses;

/// <summary>
/// From which values and storage derivatives may flow into which: a graph whose nodes are variables and roots of storage.
/// What the user declared constant takes nothing up.
/// </summary>
internal sealed class Flows(Memory memory, HashSet<int> constants)
{
    private readonly Dictionary<int, List<int>> next = [];
    private readonly Dictionary<int, List<int>> previous = [];

    internal enum Direction { Forward, Backward }

    /// <summary>The nodes that an operand stands for: its variable, and for storage its roots.</summary>
    public IEnumerable<int> Places(Expr operand)
        => operand is Read read ? memory.RootsOf(read).Append(read.Variable.Id)
        : operand is Pack pack ? pack.Leaves.SelectMany(Places)
        : memory.RootsOf(operand);

    public HashSet<int> Reached(IEnumerable<int> start, Direction direction)
    {
        Dictionary<int, List<int>> edges = direction == Direction.Forward ? next : previous;
        HashSet<int> reached = [.. start];
        Stack<int> open = new(reached);
        while (open.Count > 0)
        {
            if (edges.TryGetValue(open.Pop(), out List<int>? targets))
            {
                foreach (int target in targets.Where(reached.Add))
                {
                    open.Push(target);
                }
            }
        }

        return reached;
    }

    public void Add(Stmt stmt)
    {
        switch (stmt)
        {
            case Declare { Value: { } value } declare:
                Into(declare.Variable, value);
                Receivers(value);
                break;
            case Evaluate evaluate:
                Receivers(evaluate.Value);
                break;
            case Call { Pass: Pass.Primal } call:
                Through(call);
                break;
            case Store store:
                IntoMemory(store.Target.Memory, store.Value);
                break;
            case Fill fill:
                IntoMemory(fill.Memory, fill.Value);
                break;
            case Copy copy:
                IntoMemory(copy.Destination, copy.Source);
                break;
            case If branch:
                foreach (Join join in branch.Joins)
                {
                    Edges(join.Then, join.Result);
                    Edges(join.Else, join.Result);
                }

                break;
            case Loop loop:
                foreach (Carried carried in loop.Carried)
                {
                    Edges(carried.Init, carried.Param);
                    Edges(carried.Next, carried.Param);
                    Edges(carried.Param.Read(), carried.Result);
                }

                break;
        }
    }

    private void Into(Variable variable, Expr value)
    {
        switch (value)
        {
            case Element element:
                if (!element.Path.Any(part => part.Wanted == Wanted.Nothing))
                {
                    Edges(element.Memory, variable);
                }

                break;
            case Slice:
                break;
            case External { IsStopped: true }:
            case External { Rule: { Length: > 0 } rule } when PartsRules.Find(rule) is { Kind: RuleKind.Zero }:
                break;
            case External { Type: ScalarType { IsFloating: false } type, Effect: var effect } when effect == Effect.Pure || type == IrType.Bool:
                break;
            case External external:
                external.Arguments.ToList().ForEach(argument => Edges(argument, variable));
                break;
            default:
                int i = 0;
                foreach (Expr operand in value.Operands())
                {
                    if (Pullback.Flows(value, i++) || (IsInteger(value) && IsInteger(operand)))
                    {
                        Edges(operand, variable);
                    }
                }

                break;
        }
    }

    // What a call made of a number may be its bits, and another call may make a number of these again.
    private static bool IsInteger(Expr value) => value.Type is ScalarType { IsFloating: false } type && type != IrType.Bool;

    /// <summary>From every argument that is not declared constant into everything that the method may give.</summary>
    private void Through(Call call)
    {
        List<Variable> given = [.. call.Outputs.Where(static output => output.Parameter.Wanted == Wanted.Gradient).Select(static output => output.Result), .. call.Callee.HasSeed ? [call.Value!] : Array.Empty<Variable>()];
        List<Expr> written = [.. call.Given.Where(static g => g.Parameter is { Wanted: Wanted.Gradient, IsWritable: true }).Select(static g => g.Argument)];
        foreach ((_, Expr argument) in call.Given.Where(static g => g.Parameter.Wanted == Wanted.Gradient))
        {
            given.ForEach(result => Edges(argument, result));
            written.ForEach(memory => IntoMemory(memory, argument));
        }
    }

    /// <summary>What a call was given may hold it afterwards: a list to which an active value was added, bytes into which it was written.</summary>
    private void Receivers(Expr value)
    {
        if (value is not External { Effect: Effect.Writes } call)
        {
            return;
        }

        foreach (Read receiver in call.Arguments.OfType<Read>())
        {
            foreach (Expr argument in call.Arguments.Where(argument => argument != receiver))
            {
                if (receiver.Type is OpaqueType)
                {
                    Edges(argument, receiver.Variable);
                }

                if (receiver.Type is { IsMemory: true, HoldsFloating: false } and not SpanType { Access: Access.ReadOnly })
                {
                    IntoMemory(receiver, argument);
                }
            }
        }
    }

    private void Edges(Expr from, Variable to)
    {
        foreach (int place in Places(from))
        {
            Edge(place, to.Id);
        }
    }

    private void IntoMemory(Expr handle, Expr value)
    {
        foreach (int root in memory.RootsOf(handle).Where(root => root >= 0 && !constants.Contains(root)))
        {
            foreach (int place in Places(value))
            {
                Edge(place, root);
            }
        }
    }

    private void Edge(int from, int to)
    {
        Add(next, from, to);
        Add(previous, to, from);
    }

    private static void Add(Dictionary<int, List<int>> edges, int from, int to)
    {
        if (!edges.TryGetValue(from, out List<int>? targets))
        {
            edges[from] = targets = [];
        }

        targets.Add(to);
    }
}
