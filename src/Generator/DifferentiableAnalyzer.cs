using System.Collections.Immutable;
using Backprop.Generator.Diagnostics;
using Backprop.Generator.Frontend;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Backprop.Generator;

/// <summary>Says why a method or type marked [Differentiable] cannot be differentiated: runs what the generator runs, and reports.</summary>
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
        context.RegisterCompilationStartAction(Register);
    }

    private static void Register(CompilationStartAnalysisContext context)
    {
        KnownCallees callees = new(context.Compilation);
        context.RegisterSyntaxNodeAction(
            node => Analyze(node, callees),
            SyntaxKind.MethodDeclaration,
            SyntaxKind.LocalFunctionStatement,
            SyntaxKind.OperatorDeclaration,
            SyntaxKind.ConversionOperatorDeclaration,
            SyntaxKind.ConstructorDeclaration,
            SyntaxKind.GetAccessorDeclaration,
            SyntaxKind.SetAccessorDeclaration,
            SyntaxKind.InitAccessorDeclaration);
        context.RegisterSyntaxNodeAction(
            AnalyzeType,
            SyntaxKind.ClassDeclaration,
            SyntaxKind.StructDeclaration,
            SyntaxKind.RecordDeclaration,
            SyntaxKind.RecordStructDeclaration);
    }

    private static void AnalyzeType(SyntaxNodeAnalysisContext context)
    {
        var declaration = (TypeDeclarationSyntax)context.Node;
        if (context.SemanticModel.GetDeclaredSymbol(declaration, context.CancellationToken) is not { } type)
        {
            return;
        }

        foreach (Diagnostic diagnostic in IsFirstDeclaration(type, declaration) ? SlotCheck.OfType(type, declaration) : [])
        {
            context.ReportDiagnostic(diagnostic);
        }

        if (IsMarkedHere(type, context))
        {
            foreach (Diagnostic diagnostic in ModelLowering.Lower(type, declaration, context.SemanticModel, context.CancellationToken).Diagnostics)
            {
                context.ReportDiagnostic(diagnostic);
            }
        }
        else if (IsFirstDeclaration(type, declaration) && ModelCheck.OfUnmarked(type, declaration) is { } missed)
        {
            context.ReportDiagnostic(missed);
        }
    }

    private static bool IsFirstDeclaration(INamedTypeSymbol type, TypeDeclarationSyntax declaration)
        => type.DeclaringSyntaxReferences.FirstOrDefault() is { } first && first.SyntaxTree == declaration.SyntaxTree && first.Span == declaration.Span;

    private static void Analyze(SyntaxNodeAnalysisContext context, KnownCallees callees)
    {
        bool hasAttributes = context.Node switch
        {
            MemberDeclarationSyntax member => member.AttributeLists.Count > 0,
            LocalFunctionStatementSyntax function => function.AttributeLists.Count > 0,
            AccessorDeclarationSyntax accessor => accessor.AttributeLists.Count > 0,
            _ => false,
        };
        if (context.Node is MethodDeclarationSyntax { Modifiers: var modifiers } && modifiers.Any(SyntaxKind.OverrideKeyword))
        {
            AnalyzeOverride(context);
        }

        if (!hasAttributes || context.SemanticModel.GetDeclaredSymbol(context.Node, context.CancellationToken) is not IMethodSymbol method)
        {
            return;
        }

        foreach (Diagnostic diagnostic in PullbackCheck.Of(method, context.Compilation))
        {
            context.ReportDiagnostic(diagnostic);
        }

        if (!IsMarkedHere(method, context))
        {
            return;
        }

        LoweredMethod lowered = Lowering.Lower(method, context.Node, context.SemanticModel, context.CancellationToken);
        foreach (Diagnostic diagnostic in MethodDiagnostics.Of(lowered, method, context.Node, context.SemanticModel, callees, context.CancellationToken))
        {
            context.ReportDiagnostic(diagnostic);
        }
    }

    private static void AnalyzeOverride(SyntaxNodeAnalysisContext context)
    {
        if (context.SemanticModel.GetDeclaredSymbol(context.Node, context.CancellationToken) is IMethodSymbol method && !Attributes.IsDifferentiable(method) && SlotCheck.OfUnmarked(method, context.Node) is { } missed)
        {
            context.ReportDiagnostic(missed);
        }
    }

    // A partial method bears the attribute in one of its two declarations, and both see it.
    private static bool IsMarkedHere(ISymbol symbol, SyntaxNodeAnalysisContext context) => symbol.GetAttributes().Any(a
        => a.AttributeClass?.ToDisplayString() == Attributes.Differentiable
        && a.ApplicationSyntaxReference is { } reference
        && reference.SyntaxTree == context.Node.SyntaxTree
        && context.Node.Span.Contains(reference.Span));
}
