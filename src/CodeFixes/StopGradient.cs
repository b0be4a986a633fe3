using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Backprop.CodeFixes;

/// <summary>BPG111, BPG113, BPG120, BPG207: declares the numbers that a call is given constants to the derivative.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StopGradient))]
[Shared]
public sealed class StopGradient : CodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["BPG111", "BPG113", "BPG120", "BPG207"];

    /// <inheritdoc/>
    protected override string Title => "Wrap the floating-point arguments in Gradient.Stop";

    /// <inheritdoc/>
    protected override async Task<Solution?> FindAsync(Document document, Diagnostic diagnostic, SyntaxNode place, CancellationToken cancellation)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (model is null)
        {
            return null;
        }

        // The call itself, or one argument of it.
        IEnumerable<ArgumentSyntax> arguments = place switch
        {
            InvocationExpressionSyntax call => call.ArgumentList.Arguments,
            { Parent: ArgumentSyntax argument } => [argument],
            _ => [],
        };
        List<SyntaxNode> numbers = [.. arguments.Where(a => IsNumber(a, model, cancellation))];
        return Replace(document, model.SyntaxTree.GetRoot(cancellation), numbers, static argument => Stopped((ArgumentSyntax)argument));
    }

    private static bool IsNumber(ArgumentSyntax argument, SemanticModel model, CancellationToken cancellation)
        => argument.RefKindKeyword.IsKind(SyntaxKind.None)
            && model.GetTypeInfo(argument.Expression, cancellation).Type?.SpecialType is SpecialType.System_Double or SpecialType.System_Single
            && !model.GetConstantValue(argument.Expression, cancellation).HasValue;

    private static ArgumentSyntax Stopped(ArgumentSyntax argument)
    {
        ExpressionSyntax type = SyntaxFactory.ParseExpression("Backprop.Gradient").WithAdditionalAnnotations(Simplifier.Annotation);
        ExpressionSyntax stop = SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, type, SyntaxFactory.IdentifierName("Stop"));
        ArgumentListSyntax inner = SyntaxFactory.ArgumentList([SyntaxFactory.Argument(argument.Expression.WithoutTrivia())]);
        return argument.WithExpression(SyntaxFactory.InvocationExpression(stop, inner).WithTriviaFrom(argument.Expression));
    }
}
