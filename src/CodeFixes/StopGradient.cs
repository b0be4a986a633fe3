using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Backprop.CodeFixes;

/// <summary>BPG120: declares the numbers that a call is given constants to the derivative.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StopGradient))]
[Shared]
public sealed class StopGradient : CodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["BPG120"];

    /// <inheritdoc/>
    protected override string Title => "Wrap the floating-point arguments in Gradient.Stop";

    /// <inheritdoc/>
    protected override async Task<Change?> FindAsync(Document document, SyntaxNode place, CancellationToken cancellation)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        InvocationExpressionSyntax? call = place.AncestorsAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault();
        if (call is null || model is null)
        {
            return null;
        }

        List<ArgumentSyntax> numbers = [.. call.ArgumentList.Arguments.Where(a => IsNumber(a, model, cancellation))];
        InvocationExpressionSyntax stopped = call.ReplaceNodes(numbers, static (argument, _) => argument.WithExpression(Stopped(argument.Expression)));
        return numbers.Count == 0 ? null : Replace(document.Project.Solution, call, stopped);
    }

    private static bool IsNumber(ArgumentSyntax argument, SemanticModel model, CancellationToken cancellation)
        => argument.RefKindKeyword.IsKind(SyntaxKind.None)
            && model.GetTypeInfo(argument.Expression, cancellation).Type?.SpecialType is SpecialType.System_Double or SpecialType.System_Single
            && !model.GetConstantValue(argument.Expression, cancellation).HasValue;

    private static ExpressionSyntax Stopped(ExpressionSyntax expression)
    {
        ExpressionSyntax type = SyntaxFactory.ParseExpression("Backprop.Gradient").WithAdditionalAnnotations(Simplifier.Annotation);
        ExpressionSyntax stop = SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, type, SyntaxFactory.IdentifierName("Stop"));
        ArgumentListSyntax argument = SyntaxFactory.ArgumentList([SyntaxFactory.Argument(expression.WithoutTrivia())]);
        return SyntaxFactory.InvocationExpression(stop, argument).WithTriviaFrom(expression);
    }
}
