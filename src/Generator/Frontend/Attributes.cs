using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator.Frontend;

/// <summary>The marks of the runtime library, recognised by name.</summary>
internal static class Attributes
{
    /// <summary>The assembly that has them.</summary>
    public const string Library = "Backprop.Gen";

    public const string Differentiable = "Backprop.DifferentiableAttribute";
    private const string Recompute = "Backprop.RecomputeAttribute";
    private const string Unread = "Backprop.UnreadAttribute";
    private const string SkipsEmpty = "Backprop.SkipsEmptyAttribute";
    private const string NoGradient = "Backprop.NoGradientAttribute";

    public static bool IsDifferentiable(ISymbol symbol) => Has(symbol, Differentiable);

    public static Keeping KeepingOf(IMethodSymbol method) => Has(method, Recompute) ? Keeping.Nothing : Keeping.Residuals;

    public static bool HasNoGradient(ISymbol symbol) => Has(symbol, NoGradient);

    public static bool IsUnread(IParameterSymbol parameter) => Has(parameter, Unread);

    public static bool MaySkip(IMethodSymbol pullback) => Has(pullback, SkipsEmpty) || Has(pullback.ContainingType, SkipsEmpty);

    public static bool IsGradientStop(IMethodSymbol method)
        => method is { Name: "Stop", IsStatic: true, ContainingType: { Name: "Gradient", ContainingNamespace: { Name: "Backprop", ContainingNamespace.IsGlobalNamespace: true } } };

    private static bool Has(ISymbol symbol, string name)
        => symbol.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == name);
}
