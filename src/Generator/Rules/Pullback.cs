using Backprop.Generator.IR;
using Convert = Backprop.Generator.IR.Convert;

namespace Backprop.Generator.Rules;

/// <summary>What an expression adds to the cotangent of one of its operands.</summary>
internal readonly record struct Contribution(Expr Operand, Expr Cotangent);

/// <summary>
/// The reverse of one expression: the reverse pass's only door to the rules. Understands expressions that compute a number from
/// numbers (<see cref="Unary"/>, <see cref="Binary"/>, <see cref="IR.Convert"/>, <see cref="Apply"/>,
/// <see cref="IR.Conditional"/>, <see cref="Stop"/>, a copy of a variable); memory and calls are the caller's.
/// </summary>
internal static class Pullback
{
    /// <inheritdoc cref="Of(Expr, Expr, Expr, Func{Expr, bool})"/>
    internal static IReadOnlyList<Contribution> Of(Expr primal, Expr result, Expr cotangent)
        => Of(primal, result, cotangent, operand => true);

    /// <summary>
    /// What <c>result = primal</c> adds to the cotangents of its operands, in the order of the operands; an operand that occurs
    /// twice (<c>x * x</c>) has two entries. Contributions are nested expressions of the operands, the result and the cotangent.
    /// Equal expressions in several contributions of one call (<c>dy / b</c>) are meant to be computed once.
    /// </summary>
    /// <param name="primal">An expression whose operands are named (or constants).</param>
    /// <param name="result">Reads the value of <paramref name="primal"/>.</param>
    /// <param name="cotangent">Reads the cotangent of <paramref name="result"/>; of the same type.</param>
    /// <param name="wanted">Whether an operand's cotangent is needed; for the others nothing is built.</param>
    internal static IReadOnlyList<Contribution> Of(Expr primal, Expr result, Expr cotangent, Func<Expr, bool> wanted)
    {
        IReadOnlyList<Expr> operands = Operands(primal);
        List<Contribution> contributions = [];
        for (int i = 0; i < operands.Count; i++)
        {
            if (operands[i] is Literal or Default || !Flows(primal, i) || !wanted(operands[i]))
            {
                continue;
            }

            Formula formula = PartialsOf(primal)[i]
                ?? throw new InvalidOperationException($"{Describe(primal)} has no derivative.");
            Expr term = formula(operands, result, cotangent);
            if (!term.Is(0))
            {
                contributions.Add(new(operands[i], term));
            }
        }

        return contributions;
    }

    /// <summary>
    /// Whether a derivative flows from that operand to the expression's value, whatever the values are. True for a refused
    /// primitive: it would have to flow.
    /// </summary>
    internal static bool Flows(Expr primal, int operandIndex)
        => primal.Type.IsFloating
        && Operands(primal)[operandIndex].Type.IsFloating
        && (IsRefused(primal) || PartialsOf(primal)[operandIndex] is not null);

    private static IReadOnlyList<Expr> Operands(Expr primal) => primal switch
    {
        Read read => [read],
        Unary unary => [unary.Operand],
        Binary binary => [binary.Left, binary.Right],
        Convert convert => [convert.Operand],
        Conditional conditional => [conditional.Test, conditional.Then, conditional.Else],
        Apply apply => apply.Arguments,
        Stop stop => [stop.Operand],
        Literal or Default => [],
        _ => throw new ArgumentException($"{primal.GetType().Name} is not an expression of numbers.", nameof(primal)),
    };

    private static Partials PartialsOf(Expr primal) => primal switch
    {
        Read or Convert => OperatorRules.Conversion,
        Unary unary => OperatorRules.Of(unary.Op),
        Binary binary => OperatorRules.Of(binary.Op),
        Conditional => OperatorRules.Conditional,
        Apply apply => RuleOf(apply).WithArity(apply.Arguments.Count)
            ?? throw new InvalidOperationException($"{Describe(apply)} has no rule for {apply.Arguments.Count} operands."),
        _ => Partials.None,
    };

    private static bool IsRefused(Expr primal) => primal is Apply apply && RuleOf(apply).Kind == RuleKind.Refused;

    private static Rule RuleOf(Apply apply)
        => RuleTable.Find(apply.Primitive) ?? throw new InvalidOperationException($"{Describe(apply)} has no rule.");

    private static string Describe(Expr primal) => primal is Apply apply ? apply.Primitive : primal.GetType().Name;
}
