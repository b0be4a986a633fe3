using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>The checks before any work: accumulators of the right shape, and no memory in two roles.</summary>
internal sealed class Guards(Signature signature, Memory memory)
{
    public List<Stmt> Statements() => [.. Shapes(), .. AccumulatorsApart(), .. WrittenApart(), .. References()];

    private IEnumerable<(Parameter Parameter, Variable Accumulator)> Memories
        => signature.AccumulatorsInOrder.Where(pair => pair.Parameter.Variable.Type is { IsMemory: true } and not StructType);

    private IEnumerable<Stmt> Shapes() => Memories.Select(pair => pair.Parameter.Variable.Type switch
    {
        ObjectType => Check("global::Backprop.Require.SameLeaves({0}, {1}, nameof({0}))", pair.Accumulator, pair.Parameter.Variable),
        ArrayType { Rank: > 1 } => Check("global::Backprop.Require.SameShape({0}, {1}, nameof({0}))", pair.Accumulator, pair.Parameter.Variable),
        ArrayType { ElementType: ArrayType } => Check("global::Backprop.Require.SameRows({0}, {1}, nameof({0}))", pair.Accumulator, pair.Parameter.Variable),
        _ => Check("global::Backprop.Require.SameLength({0}.Length, {1}.Length, nameof({0}))", pair.Accumulator, pair.Parameter.Variable),
    });

    /// <summary>The backward pass writes accumulators while it still reads the arguments.</summary>
    private IEnumerable<Stmt> AccumulatorsApart()
        => from pair in Memories
           from parameter in signature.Method.Parameters
           where SharesElements(pair.Accumulator, parameter.Variable)
           select Apart(pair.Accumulator, parameter.Variable);

    /// <summary>Where the primal writes an argument, no other may be the same memory, nor may their cotangents.</summary>
    private IEnumerable<Stmt> WrittenApart()
    {
        List<Variable> arguments = [.. signature.Method.Parameters.Select(parameter => parameter.Variable)];
        List<(Parameter Parameter, Variable Accumulator)> accumulators = [.. Memories];
        return Pairs(arguments).Concat(Pairs(accumulators.ConvertAll(pair => pair.Accumulator), i => accumulators[i].Parameter.Variable));

        IEnumerable<Stmt> Pairs(List<Variable> variables, Func<int, Variable>? writtenAs = null)
            => from i in Enumerable.Range(0, variables.Count)
               from j in Enumerable.Range(i + 1, variables.Count - i - 1)
               where SharesElements(variables[i], variables[j])
                   && (memory.IsWritten((writtenAs?.Invoke(i) ?? variables[i]).Id) || memory.IsWritten((writtenAs?.Invoke(j) ?? variables[j]).Id))
               select Apart(variables[i], variables[j]);
    }

    /// <summary>Two <c>ref</c> parameters are two variables, and so are their cotangents.</summary>
    private IEnumerable<Stmt> References()
    {
        List<Parameter> references = [.. signature.Method.Parameters.Where(parameter => parameter.Passing == Passing.Ref && Signature.IsReference(parameter))];
        return from i in Enumerable.Range(0, references.Count)
               from j in Enumerable.Range(i + 1, references.Count - i - 1)
               where references[i].Variable.Type.Equals(references[j].Variable.Type)
               from check in Both(references[i], references[j])
               select check;

        IEnumerable<Stmt> Both(Parameter a, Parameter b)
        {
            yield return Distinct(a.Variable, b.Variable);
            if (signature.Accumulators.TryGetValue(a, out Variable? da) && signature.Accumulators.TryGetValue(b, out Variable? db))
            {
                yield return Distinct(da, db);
            }
        }
    }

    private static bool SharesElements(Variable a, Variable b)
        => a.Type.Element is { } element && element.Equals(b.Type.Element) && RankOf(a.Type) == RankOf(b.Type);

    private static int RankOf(IrType type) => type is ArrayType array ? array.Rank : 1;

    private static Stmt Apart(Variable a, Variable b) => a.Type.Element is StructType or { IsFloating: true } && RankOf(a.Type) == 1
        ? Check($"global::Backprop.Require.Apart<{a.Type.Element.Text}>({{0}}{SpanOf(a)}, {{1}}{SpanOf(b)}, nameof({{0}}), nameof({{1}}))", a, b)
        : Check("global::Backprop.Require.NotSame({0}, {1}, nameof({0}), nameof({1}))", a, b);

    private static string SpanOf(Variable variable) => variable.Type is MemoryType ? ".Span" : "";

    private static Stmt Distinct(Variable a, Variable b) => Check("global::Backprop.Require.Distinct(ref {0}, ref {1}, nameof({0}), nameof({1}))", a, b);

    private static Stmt Check(string format, Variable a, Variable b)
        => new Evaluate(new External(format, EquatableArray.Of<Expr>(a.Read(), b.Read()), IrType.Bool, Effect.Writes, 0));
}
