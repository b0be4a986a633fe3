using Backprop.Generator.Analyses;
using Backprop.Generator.IR;

namespace Backprop.Generator.Transforms;

/// <summary>How the values that an adjoint body needs are provided.</summary>
/// <param name="Kept">Values that have to be kept from the forward sweep.</param>
/// <param name="Recomputed">Declarations that compute others again.</param>
internal sealed record Resolution(List<Variable> Kept, List<Stmt> Recomputed)
{
    private readonly Dictionary<int, Expr> names = [];

    public Expr? Find(Variable variable) => names.TryGetValue(variable.Id, out Expr? name) ? name : null;

    public void Name(Variable variable, Expr name) => names[variable.Id] = name;

    public Variable NameFor(Variable variable, Ids ids)
    {
        Variable name = ids.Fresh(variable.Name, variable.Type);
        Name(variable, name.Read());
        return name;
    }
}

/// <summary>
/// Decides what is cheap enough to compute again: sums, products, comparisons, integer arithmetic and reads of storage that nobody writes any more.
/// Dear ones (exp, sqrt, a division) and what may have changed since are kept.
/// </summary>
internal sealed class Recomputation
{
    private static readonly HashSet<string> CheapPrimitives = ["Abs", "Max", "Min", "CopySign", "Clamp", "MaxNumber", "MinNumber"];

    private readonly Dictionary<int, Expr> definitions = [];
    private readonly Changes changes;
    private readonly Regions regions;
    private readonly Passes passes;

    // Parameters that hold something else by the time when a value would be computed again.
    private readonly HashSet<int> overwritten;

    public Recomputation(Block body, Memory memory, Regions regions, Passes passes, IEnumerable<Variable>? overwritten = null)
    {
        this.overwritten = [.. (overwritten ?? []).Select(variable => variable.Id)];
        this.passes = passes;
        changes = Changes.Of(body, memory, passes.Between());
        this.regions = regions;
        foreach (Declare declare in body.Deep().OfType<Declare>().Where(declare => declare.Value is not null))
        {
            definitions[declare.Variable.Id] = declare.Value!;
        }

        foreach (If branch in body.Deep().OfType<If>().Where(IsChoice))
        {
            foreach (Join join in branch.Joins)
            {
                definitions[join.Result.Id] = new Conditional(branch.Test, join.Then, join.Else);
            }
        }
    }

    /// <summary>Whether its results can be chosen without branching: both sides only do integer arithmetic that cannot fail and that can be done again, since nothing of a branch can be
    /// kept once it is left.</summary>
    private bool IsChoice(If branch) => branch.Mirrors == 0 && branch.Joins.Count > 0
        && branch.Then.Statements.Concat(branch.Else.Statements).All(stmt => stmt is Note || (stmt is Declare { Value: { } value } declare
            && IsArithmetic(value) && !declare.Variable.Type.IsFloating && regions.Of(declare.Variable) == regions.Of(branch.Joins[0].Result) && IsProvided(declare.Variable, value)));

    private static bool IsArithmetic(Expr value)
        => value is Binary { Overflow: Overflow.Unchecked, Op: not (BinaryOp.Divide or BinaryOp.Remainder) } or Unary { Overflow: Overflow.Unchecked };

    public Resolution Resolve(IEnumerable<Variable> needed, Func<Variable, bool> isInRegion, IEnumerable<(Variable Primal, Expr Adjoint)> same, Ids ids)
    {
        Resolution resolution = new([], []);
        foreach ((Variable primal, Expr adjoint) in same)
        {
            resolution.Name(primal, adjoint);
        }

        HashSet<int> kept = [];
        foreach (Variable variable in needed)
        {
            Provide(variable, isInRegion, resolution, kept, ids);
        }

        return resolution;
    }

    private void Provide(Variable variable, Func<Variable, bool> isInRegion, Resolution resolution, HashSet<int> kept, Ids ids)
    {
        if (!isInRegion(variable) || resolution.Find(variable) is not null || kept.Contains(variable.Id))
        {
            return;
        }

        bool mayKeep = variable.Type is ScalarType && !passes.HasFlag(Passes.Recomputation);
        if (mayKeep || !definitions.TryGetValue(variable.Id, out Expr? value) || !IsProvided(variable, value))
        {
            kept.Add(variable.Id);
            resolution.Kept.Add(variable);
            return;
        }

        foreach (Variable operand in value.Reads())
        {
            Provide(operand, isInRegion, resolution, kept, ids);
        }

        Variable again = ids.Fresh(variable.Name, variable.Type);
        resolution.Recomputed.Add(new Declare(again, value, Sweep.Again));
        resolution.Name(variable, again.Read());
    }

    private bool IsProvided(Variable variable, Expr value) => IsCheap(variable, value) && value.Reads().All(operand => IsWithinReach(operand, regions.Of(variable)));

    /// <summary>Numbers and arrays can always be kept; a span, which the method's own arrays become, only helps where it can be named again, or is handed out of the branches around.</summary>
    private bool IsWithinReach(Variable variable, ReversedRegion? from)
        => (Records.CanRecord(variable.Type) && !IsOwnArray(variable))
            || regions.Of(variable) is not { } region
            || (region != from && !region.Loops().Any())
            || (definitions.TryGetValue(variable.Id, out Expr? value) && IsProvided(variable, value));

    /// <summary>Whether it is a span that is neither the method's nor a part of something else.</summary>
    public bool IsGiven(Variable span) => definitions.TryGetValue(span.Id, out Expr? value) && value is External;

    private bool IsOwnArray(Variable variable) => definitions.TryGetValue(variable.Id, out Expr? value) && value is Allocate { Lifetime: Lifetime.Local };

    private bool IsCheap(Variable variable, Expr value)
        => value is Element element ? (element.Type.IsMemory || changes.IsStill(variable, element)) && IsCheap(element.Memory) : IsCheap(value);

    private bool IsCheap(Expr value) => value switch
    {
        Read read => !overwritten.Contains(read.Variable.Id),
        Literal or Default => true,
        Unary or IR.Convert or Conditional or Stop or Length or Slice => value.Operands().All(IsCheap),
        Binary { Op: BinaryOp.Divide or BinaryOp.Remainder } division => !division.Type.IsFloating && division.Right is Literal { Bits: not (0 or -1) } && IsCheap(division.Left),
        Binary => value.Operands().All(IsCheap),

        // The pullback may be given an array as a span, which is never null nor equal to another.
        External external => external.Effect == Effect.Pure && !external.Arguments.Any(static argument => argument.Type is { IsMemory: true } and not StructType),
        Apply apply => CheapPrimitives.Contains(apply.Primitive.Substring(apply.Primitive.IndexOf('.') + 1)),
        _ => false,
    };
}
