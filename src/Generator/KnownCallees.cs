using Backprop.Generator.Analyses;
using Backprop.Generator.Frontend;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator;

/// <summary>
/// What the generator knows of the methods that a method calls, for the analyzer, which looks at one method at a time: it is asked only where a refusal
/// depends on what they write.
/// </summary>
internal sealed class KnownCallees(Compilation compilation, CancellationToken cancellation)
{
    private readonly Dictionary<string, Prepared> found = [];

    /// <summary>The same method, knowing what those that it calls do with what they are handed, if that may matter.</summary>
    public Prepared Of(Prepared method, SyntaxNode declaration, SemanticModel model)
    {
        if (!method.Refusals.Any(static refusal => refusal.Kind is RefusalKind.Reassigned or RefusalKind.Unexpected or RefusalKind.Alias or RefusalKind.Twice or RefusalKind.Uncopied or RefusalKind.Rerun or RefusalKind.Constant))
        {
            return method;
        }

        Find(declaration, model);
        found.Remove(method.Method.Key);
        return Differentiator.Knowing(method, Differentiator.GraphOf(found.Values.Append(method)));
    }

    private void Find(SyntaxNode declaration, SemanticModel model)
    {
        foreach (InvocationExpressionSyntax call in declaration.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { OriginalDefinition: var callee } && Attributes.IsDifferentiable(callee) && !found.ContainsKey(Callees.KeyOf(callee)))
            {
                Add(callee.PartialImplementationPart ?? callee);
            }
        }
    }

    private void Add(IMethodSymbol callee)
    {
        if (callee.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not { } declaration || !compilation.ContainsSyntaxTree(declaration.SyntaxTree))
        {
            return;
        }

        SemanticModel model = compilation.GetSemanticModel(declaration.SyntaxTree);
        if (Lowering.Lower(callee, declaration, model, cancellation).Method is { } method)
        {
            found[Callees.KeyOf(callee)] = method;
            Find(declaration, model);
        }
    }
}
