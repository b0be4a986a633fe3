using Backprop.Generator.IR;

namespace Backprop.Generator.Rules;

internal readonly record struct Contribution(Expr Operand, Expr Cotangent);

internal static class Pullback
{
    public static IReadOnlyList<Contribution> Of(Expr primal, Expr result, Expr cotangent, Func<Expr, bool> wanted) => [];

    public static bool Flows(Expr primal, int operand) => true;
}
