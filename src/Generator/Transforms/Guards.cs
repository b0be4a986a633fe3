using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>The checks before any work: accumulators of the right shape, and no memory in two roles.</summary>
internal sealed class Guards(Signature signature, Memory memory)
{
    public List<Stmt> Statements() => [.. Shapes(), .. AccumulatorsApart(), .. WrittenArguments(), .. WrittenAccumulators(), .. References([Arguments, Cotangents])];

    /// <summary>Those that concern what the primal writes.</summary>
    public List<Stmt> OfArguments() => [.. WrittenArguments(), .. References([Arguments])];

    /// <summary>Those that concern what the backward pass writes.</summary>
    public List<Stmt> OfAccumulators() => [.. Shapes(), .. AccumulatorsApart(), .. WrittenAccumulators(), .. References([Cotangents])];

    /// <summary>A caller takes an array that it is given for a new one.</summary>
    public IEnumerable<Stmt> OfResult(Block primal)
    {
        bool isArgument = primal.Statements.LastOrDefault() is Return { Value: Read { Type: ArrayType } result } && memory.RootsOf(result).Any(root => signature.Method.Parameters.Any(parameter => parameter.Variable.Id == root));
        return isArgument ? [new Evaluate(new External($"global::Backprop.Require.NewResult(\"{signature.Method.Name}\")", EquatableArray<Expr>.Empty, IrType.Bool, Effect.Writes, 0))] : [];
    }

    private IEnumerable<(Parameter Parameter, Variable Accumulator)> Memories
        => signature.AccumulatorsInOrder.Where(pair => pair.Parameter.Variable.Type is { IsMemory: true } and not StructType);

    private IEnumerable<Stmt> Shapes() => Memories.Select(pair => pair.Parameter.Variable.Type switch
    {
        ObjectType => Check("global::Backprop.Require.SameLeaves({0}, {1}, nameof({0}))", pair.Accumulator, pair.Parameter.Variable),
        ArrayType { Rank: 2 } => Check("global::Backprop.Require.SameShape({0}, {1}, nameof({0}))", pair.Accumulator, pair.Parameter.Variable),
        ArrayType { ElementType: ArrayType } => Check("global::Backprop.Require.SameRows({0}, {1}, nameof({0}))", pair.Accumulator, pair.Parameter.Variable),
        _ => Check("global::Backprop.Require.SameLength({0}.Length, {1}.Length, nameof({0}))", pair.Accumulator, pair.Parameter.Variable),
    });

    /// <summary>The backward pass writes accumulators while it still reads the arguments.</summary>
    private IEnumerable<Stmt> AccumulatorsApart()
        => from pair in Memories
           from parameter in signature.Method.Parameters
           where SharesElements(pair.Accumulator, parameter.Variable)
           select Apart(pair.Accumulator, parameter.Variable);

    /// <summary>Where the primal writes an argument, no other may be the same memory.</summary>
    private IEnumerable<Stmt> WrittenArguments() => WrittenApart([.. signature.Method.Parameters.Select(static parameter => (parameter.Variable, parameter.Variable))]);

    /// <summary>Nor may their cotangents.</summary>
    private IEnumerable<Stmt> WrittenAccumulators() => WrittenApart([.. Memories.Select(static pair => (pair.Parameter.Variable, pair.Accumulator))]);

    private IEnumerable<Stmt> WrittenApart(List<(Variable Argument, Variable Checked)> all)
        => from i in Enumerable.Range(0, all.Count)
           from j in Enumerable.Range(i + 1, all.Count - i - 1)
           where SharesElements(all[i].Checked, all[j].Checked) && (memory.IsWritten(all[i].Argument.Id) || memory.IsWritten(all[j].Argument.Id))
           select Apart(all[i].Checked, all[j].Checked);

    /// <summary>Two <c>ref</c> parameters are two variables, and so are their cotangents.</summary>
    private IEnumerable<Stmt> References(IEnumerable<Func<Parameter, Variable?>> roles)
    {
        List<Parameter> references = [.. signature.Method.Parameters.Where(parameter => parameter.Passing == Passing.Ref && Signature.IsReference(parameter))];
        return from i in Enumerable.Range(0, references.Count)
               from j in Enumerable.Range(i + 1, references.Count - i - 1)
               where references[i].Variable.Type.Equals(references[j].Variable.Type)
               from role in roles
               let a = role(references[i])
               let b = role(references[j])
               where a is not null && b is not null
               select Distinct(a, b);
    }

    private static Variable Arguments(Parameter parameter) => parameter.Variable;

    private Variable? Cotangents(Parameter parameter) => signature.Accumulators.TryGetValue(parameter, out Variable? accumulator) ? accumulator : null;

    private static bool SharesElements(Variable a, Variable b)
        => a.Type.Element is { } element && element.Equals(b.Type.Element) && RankOf(a.Type) == RankOf(b.Type);

    private static int RankOf(IrType type) => type is ArrayType array ? array.Rank : 1;

    private static Stmt Apart(Variable a, Variable b) => a.Type.Element is StructType or { IsFloating: true } && RankOf(a.Type) == 1
        ? Check($"global::Backprop.Require.Apart<{a.Type.Element.Text}>({{0}}, {{1}}, nameof({{0}}), nameof({{1}}))", a, b)
        : Check("global::Backprop.Require.NotSame({0}, {1}, nameof({0}), nameof({1}))", a, b);

    private static Stmt Distinct(Variable a, Variable b) => Check("global::Backprop.Require.Distinct(ref {0}, ref {1}, nameof({0}), nameof({1}))", a, b);

    private static Stmt Check(string format, Variable a, Variable b)
        => new Evaluate(new External(format, EquatableArray.Of<Expr>(a.Read(), b.Read()), IrType.Bool, Effect.Writes, 0));
}
