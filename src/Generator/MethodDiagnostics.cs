using Backprop.Generator.Diagnostics;
using Backprop.Generator.Frontend;
using Microsoft.CodeAnalysis;

namespace Backprop.Generator;

/// <summary>All that is to be said of a method marked [Differentiable].</summary>
internal static class MethodDiagnostics
{
    public static IEnumerable<Diagnostic> Of(LoweredMethod lowered, IMethodSymbol symbol, SyntaxNode declaration, SemanticModel model, KnownCallees callees, CancellationToken cancellation)
        => lowered.Diagnostics.Concat(OfPasses(lowered, symbol, declaration, model, callees, cancellation));

    /// <summary>What only activity can tell, and a failure of the generator itself: it would write nothing, so this says it.</summary>
    private static IEnumerable<Diagnostic> OfPasses(LoweredMethod lowered, IMethodSymbol symbol, SyntaxNode declaration, SemanticModel model, KnownCallees callees, CancellationToken cancellation)
    {
        if (lowered.Method is null)
        {
            return [];
        }

        try
        {
            Prepared method = callees.Knowing(lowered.Method, lowered.Called, cancellation);
            if (method.Refusals.Count > 0)
            {
                return [.. method.Refusals.Select(refusal => RefusalDiagnostics.Locate(refusal, lowered, symbol, declaration, model))];
            }

            if (!IsWritten(lowered, symbol))
            {
                if (Differentiator.MissingMember(method) is { } member)
                {
                    return [Diagnostic.Create(Descriptors.GenericMethod, Signature.NameOf(declaration).GetLocation(), symbol.Name, member, member.Substring(0, member.IndexOf('.')))];
                }

                Differentiator.Differentiate(method);
                Differentiator.Split(method);
            }

            return [.. Differentiator.FindingsOf(method).Select(finding => FindingDiagnostics.Locate(finding, lowered, symbol, declaration))];
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return Lowering.Failure(symbol, declaration, model, exception, cancellation);
        }
    }

    /// <summary>Whether the generator wrote all files of the method, so that no pass failed.</summary>
    private static bool IsWritten(LoweredMethod lowered, IMethodSymbol symbol) => Differentiator.FilesOf(lowered.Method!).All(file
        => symbol.ContainingType.GetMembers(symbol.Name + file.Member).Any(member => member.DeclaringSyntaxReferences.Any(reference => Path.GetFileName(reference.SyntaxTree.FilePath) == file.Name)));
}
