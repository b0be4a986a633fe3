using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.CodeFixes;

/// <summary>From a call to the source of what is called.</summary>
internal static class Callees
{
    /// <summary>The declaration of the method that a call around or at the place calls; null where it is not in source, or is no ordinary method.</summary>
    public static async Task<MethodDeclarationSyntax?> DeclarationOfAsync(SemanticModel? model, SyntaxNode place, CancellationToken cancellation)
    {
        InvocationExpressionSyntax? call = place.AncestorsAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault();
        if (call is null || model?.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ReducedExtension } method)
        {
            return null;
        }

        IMethodSymbol declared = (method.ReducedFrom ?? method).OriginalDefinition;
        SyntaxReference? reference = declared.DeclaringSyntaxReferences.FirstOrDefault();
        return reference is null ? null : await reference.GetSyntaxAsync(cancellation).ConfigureAwait(false) as MethodDeclarationSyntax;
    }
}
