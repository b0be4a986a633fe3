using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>The checks before any work: accumulators of the right shape, and no memory in two roles.</summary>
internal sealed class Guards(Signature signature, Memory memory, Block primal)
{
    private readonly Apartness apartness = new(signature, memory, primal);

    public List<Stmt> Statements() =>
    [
        .. Receiver(), .. Shapes(), .. apartness.OfRows(), .. apartness.OfBoth(), .. apartness.OfArguments(), .. apartness.OfAccumulators(), .. References(),
        .. ReferencesOfAccumulators().Concat(AccumulatorsOutside(IsVariable)).Distinct(),
    ];

    /// <summary>Those that concern what the primal writes.</summary>
    public List<Stmt> OfArguments() => [.. apartness.OfArguments(), .. References()];

    /// <summary>Those that concern what the backward pass writes.</summary>
    public List<Stmt> OfAccumulators() =>
    [
        .. Receiver(), .. Shapes(), .. apartness.OfRows(), .. apartness.OfBoth(), .. apartness.OfAccumulators(),
        .. ReferencesOfAccumulators().Concat(AccumulatorsOutside(static parameter => parameter.Passing is Passing.In or Passing.Receiver && IsVariable(parameter))).Distinct(),
    ];

    /// <summary>The gradient of an object is one of its own class.</summary>
    private IEnumerable<Stmt> Receiver() => signature.Given is not var (accumulator, parameter) ? []
        : [new Declare(accumulator, new External($"global::Backprop.Require.Gradient<{accumulator.Type.Text}>({{0}}, nameof({{0}}))", EquatableArray.Of<Expr>(parameter.Read()), accumulator.Type, Effect.Reads, 0), Sweep.Adjoint)];

    private IEnumerable<Stmt> Shapes() => signature.Memories.Select(pair => pair.Parameter.Variable.Type switch
    {
        ObjectType => Check("global::Backprop.Require.SameLeaves({0}, {1}, nameof({2}))", pair.Accumulator, pair.Parameter.Variable, signature.AsGiven(pair.Accumulator)),
        ArrayType { Rank: > 1 } => Check("global::Backprop.Require.SameShape({0}, {1}, nameof({0}))", pair.Accumulator, pair.Parameter.Variable),
        { Element: ObjectType model } => Check($"global::Backprop.Require.SameLeaves<{model.Name}>({{0}}{SpanOf(pair.Accumulator)}, {{1}}{SpanOf(pair.Parameter.Variable)}, nameof({{0}}))", pair.Accumulator, pair.Parameter.Variable),
        ArrayType { ElementType: ArrayType } => Check("global::Backprop.Require.SameRows({0}, {1}, nameof({0}))", pair.Accumulator, pair.Parameter.Variable),
        { Element: { } element } when Signature.MayBeNoArray(pair.Parameter) => Check($"global::Backprop.Require.SameLength<{element.Text}>({{0}}, {{1}}, nameof({{0}}))", pair.Accumulator, pair.Parameter.Variable),
        _ => Check("global::Backprop.Require.SameLength({0}.Length, {1}.Length, nameof({0}))", pair.Accumulator, pair.Parameter.Variable),
    });

    /// <summary>A variable that the primal writes is no other argument, nor part of one.</summary>
    private IEnumerable<Stmt> References()
    {
        List<Parameter> references = [.. signature.Method.Parameters.Where(IsVariable)];
        IEnumerable<Stmt> pairs =
            from i in Enumerable.Range(0, references.Count)
            from j in Enumerable.Range(i + 1, references.Count - i - 1)
            let a = references[i]
            let b = references[j]
            where a.Variable.Type.Equals(b.Variable.Type) && (IsWritten(a) || IsWritten(b))
            from check in Begun(a).Concat(Begun(b)).Append(Distinct(a.Variable, b.Variable))
            select check;
        IEnumerable<Stmt> outside =
            from reference in references
            from parameter in signature.Method.Parameters
            where IsWritten(reference) || memory.IsWritten(parameter.Variable.Id)
            from outsideIt in IsFlat(parameter.Variable.Type) ? [Outside(reference.Variable, parameter.Variable)] : apartness.OfReference(reference.Variable, parameter.Variable)
            from check in Begun(reference).Append(outsideIt)
            select check;
        return pairs.Concat(outside).Distinct();
    }

    /// <summary>Nor is its accumulator, which takes up one cotangent and gives another.</summary>
    private IEnumerable<Stmt> ReferencesOfAccumulators()
    {
        List<Variable> references = [.. signature.AccumulatorsInOrder.Where(pair => pair.Parameter.Passing is Passing.Ref or Passing.Receiver && Signature.IsReference(pair.Parameter) && IsWritten(pair.Parameter)).Select(static pair => pair.Accumulator)];
        List<Variable> others = [.. signature.AccumulatorsInOrder.Where(static pair => Signature.IsReference(pair.Parameter)).Select(static pair => pair.Accumulator)];
        IEnumerable<Stmt> pairs =
            from a in references
            from b in others
            where a.Type.Equals(b.Type) && a.Id != b.Id && !(references.Contains(b) && references.IndexOf(b) < references.IndexOf(a))
            select Distinct(a, b);
        return pairs.Concat(from a in references from pair in signature.Memories where IsFlat(pair.Accumulator.Type) select Outside(a, pair.Accumulator));
    }

    /// <summary>A variable that takes a gradient is not the one whose gradient it takes, nor any that the method writes, nor part of memory that it writes.</summary>
    /// <param name="isVariable">Whether a parameter is a variable of the caller's.</param>
    private IEnumerable<Stmt> AccumulatorsOutside(Func<Parameter, bool> isVariable)
    {
        List<(Parameter Of, Variable Accumulator)> accumulators = [.. signature.AccumulatorsInOrder.Where(static pair => Signature.IsReference(pair.Parameter))];
        IEnumerable<Stmt> variables =
            from pair in accumulators
            let accumulator = pair.Accumulator
            from parameter in signature.Method.Parameters
            where isVariable(parameter) && accumulator.Type.Equals(parameter.Variable.Type) && (pair.Of == parameter || IsWritten(parameter))
            from check in Begun(parameter).Append(Distinct(accumulator, parameter.Variable))
            select check;
        IEnumerable<Stmt> memories =
            from pair in accumulators
            let accumulator = pair.Accumulator
            from parameter in signature.Method.Parameters
            where IsFlat(parameter.Variable.Type) && memory.IsWritten(parameter.Variable.Id)
            from place in signature.Accumulators.TryGetValue(parameter, out Variable? its) ? new[] { parameter.Variable, its } : [parameter.Variable]
            select Outside(accumulator, place);
        return variables.Concat(memories);
    }

    /// <summary>Whether the method is handed a variable of the caller's.</summary>
    private static bool IsVariable(Parameter parameter) => parameter.Variable.Type is StructType or { IsFloating: true } && parameter.Passing is Passing.Ref or Passing.Out or Passing.In or Passing.Receiver;

    private bool IsWritten(Parameter parameter) => parameter.Passing is Passing.Ref or Passing.Out || memory.IsAssigned(parameter.Variable.Id);

    private static bool IsFlat(IrType type) => type is SpanType or MemoryType or ArrayType { Rank: 1 } && type.Element is StructType or { IsFloating: true };

    // An out parameter has no value yet, but it has a place.
    private static IEnumerable<Stmt> Begun(Parameter parameter) => parameter.Passing == Passing.Out
        ? [new Evaluate(new External("global::System.Runtime.CompilerServices.Unsafe.SkipInit(out {0})", EquatableArray.Of<Expr>(parameter.Variable.Read()), IrType.Bool, Effect.Writes, 0))]
        : [];

    private Stmt Outside(Variable reference, Variable memory)
        => Check($"global::Backprop.Require.Outside<{reference.Type.Text}, {memory.Type.Element!.Text}>(in {{0}}, {{1}}{SpanOf(memory)}, {NameOf(reference, 0)}, {NameOf(memory, 1)})", reference, memory);

    private static string SpanOf(Variable variable) => variable.Type is MemoryType ? ".Span" : "";

    private Stmt Distinct(Variable a, Variable b) => Check($"global::Backprop.Require.Distinct(in {{0}}, in {{1}}, {NameOf(a, 0)}, {NameOf(b, 1)})", a, b);

    private string NameOf(Variable variable, int position) => apartness.NameOf(variable, default, position);

    private static Stmt Check(string format, params Variable[] variables)
        => new Evaluate(new External(format, variables.Select(static variable => (Expr)variable.Read()).ToEquatable(), IrType.Bool, Effect.Writes, 0));
}
