using Backprop.Generator.IR;

namespace Backprop.Generator.Rules;

/// <summary>
/// The cotangent of one operand, from a primitive's operands, its result and the cotangent of its result.
/// </summary>
internal delegate Expr Formula(IReadOnlyList<Expr> operands, Expr result, Expr cotangent);

internal enum RuleKind
{
    /// <summary>A derivative flows through it.</summary>
    Differentiable,

    /// <summary>Constant wherever it is continuous, or not a number: no derivative flows, and nothing is wrong with that.</summary>
    Zero,

    /// <summary>A derivative would have to flow and cannot: an error at the call, with <see cref="Rule.Reason"/>.</summary>
    Refused,
}

/// <summary>The formulas of one overload, an operand each; null where no derivative flows through that operand.</summary>
internal sealed class Partials(params Formula?[] formulas)
{
    public static readonly Partials None = new();

    public int Arity => formulas.Length;

    /// <summary>The formula for an operand, or null where none flows.</summary>
    public Formula? this[int operand] => operand < formulas.Length ? formulas[operand] : null;

    public static Partials Unary(Func<Expr, Expr, Expr, Expr> x)
        => new((operands, y, dy) => x(operands[0], y, dy));

    public static Partials Binary(Func<Expr, Expr, Expr, Expr, Expr>? a, Func<Expr, Expr, Expr, Expr, Expr>? b)
        => new(Of(a), Of(b));

    public static Partials Ternary(
        Func<Expr, Expr, Expr, Expr, Expr, Expr>? a,
        Func<Expr, Expr, Expr, Expr, Expr, Expr>? b,
        Func<Expr, Expr, Expr, Expr, Expr, Expr>? c)
        => new(Of(a), Of(b), Of(c));

    private static Formula? Of(Func<Expr, Expr, Expr, Expr, Expr>? formula)
        => formula is null ? null : (operands, y, dy) => formula(operands[0], operands[1], y, dy);

    private static Formula? Of(Func<Expr, Expr, Expr, Expr, Expr, Expr>? formula)
        => formula is null ? null : (operands, y, dy) => formula(operands[0], operands[1], operands[2], y, dy);
}

/// <summary>What is known of a primitive's derivative.</summary>
/// <param name="Primitive"><c>Host.Member</c>, as in <see cref="Apply.Primitive"/>.</param>
/// <param name="Reason">Of a refusal: why, and what to write instead; empty for the other kinds.</param>
/// <param name="Overloads">Of a differentiable one: told apart by the number of their operands.</param>
internal sealed record Rule(string Primitive, RuleKind Kind, string Reason, IReadOnlyList<Partials> Overloads)
{
    /// <summary>The formulas for a call with that many arguments; null when there is no such overload.</summary>
    public Partials? WithArity(int arity)
        => Kind == RuleKind.Differentiable ? Overloads.FirstOrDefault(overload => overload.Arity == arity) : Partials.None;
}
