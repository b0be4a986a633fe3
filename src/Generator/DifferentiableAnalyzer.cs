using System.Collections.Immutable;
using Backprop.Generator.Diagnostics;
using Backprop.Generator.Frontend;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Backprop.Generator;

/// <summary>Says why a method marked [Differentiable] cannot be differentiated: runs what the generator runs, and reports.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DifferentiableAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. Descriptors.All];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(
            Analyze,
            SyntaxKind.MethodDeclaration,
            SyntaxKind.LocalFunctionStatement,
            SyntaxKind.OperatorDeclaration,
            SyntaxKind.ConversionOperatorDeclaration,
            SyntaxKind.ConstructorDeclaration,
            SyntaxKind.GetAccessorDeclaration,
            SyntaxKind.SetAccessorDeclaration,
            SyntaxKind.InitAccessorDeclaration);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        bool hasAttributes = context.Node switch
        {
            MemberDeclarationSyntax member => member.AttributeLists.Count > 0,
            LocalFunctionStatementSyntax function => function.AttributeLists.Count > 0,
            AccessorDeclarationSyntax accessor => accessor.AttributeLists.Count > 0,
            _ => false,
        };
        if (!hasAttributes || context.SemanticModel.GetDeclaredSymbol(context.Node, context.CancellationToken) is not IMethodSymbol method || !IsMarkedHere(method, context))
        {
            return;
        }

        LoweredMethod lowered = Lowering.Lower(method, context.Node, context.SemanticModel, context.CancellationToken);
        foreach (Diagnostic diagnostic in lowered.Diagnostics.Concat(DiagnosticsOfPasses(lowered, method, context.Node)))
        {
            context.ReportDiagnostic(diagnostic);
        }
    }

    /// <summary>What only activity can tell, and a failure of the generator itself: it would write nothing, so this says it.</summary>
    private static IEnumerable<Diagnostic> DiagnosticsOfPasses(LoweredMethod lowered, IMethodSymbol symbol, SyntaxNode declaration)
    {
        if (lowered.Method is not { } method)
        {
            return [];
        }

        try
        {
            List<Diagnostic> refused = [.. Differentiator.RefusalsOf(method).Select(refusal => refusal.IsOfMethod ? SiteDiagnostics.Recomputed(symbol, declaration) : refusal.IsOverwritten ? SiteDiagnostics.Overwritten(refusal.Site, lowered) : SiteDiagnostics.Locate(refusal.Site, lowered))];
            if (refused.Count == 0)
            {
                Differentiator.Differentiate(method);
                Differentiator.Split(method);
            }

            return refused;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return [Lowering.InternalError(symbol, declaration, exception)];
        }
    }

    // A partial method bears the attribute in one of its two declarations, and both see it.
    private static bool IsMarkedHere(IMethodSymbol method, SyntaxNodeAnalysisContext context) => method.GetAttributes().Any(a
        => a.AttributeClass?.ToDisplayString() == Attributes.Differentiable
        && a.ApplicationSyntaxReference is { } reference
        && reference.SyntaxTree == context.Node.SyntaxTree
        && context.Node.Span.Contains(reference.Span));
}
