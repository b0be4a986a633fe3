using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.CodeFixes;

/// <summary>BPG001: makes the innermost containing type that is not partial so; one outside it gets a diagnostic of its own.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartial))]
[Shared]
public sealed class MakePartial : CodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["BPG001"];

    /// <inheritdoc/>
    protected override string Title => "Make the containing type partial";

    /// <inheritdoc/>
    protected override Task<Change?> FindAsync(Document document, SyntaxNode place, CancellationToken cancellation)
    {
        TypeDeclarationSyntax? type = place.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().FirstOrDefault(static t => !t.Modifiers.Any(SyntaxKind.PartialKeyword));
        return Task.FromResult(type is null ? null : Replace(document.Project.Solution, type, Partial(type)));
    }

    // The first token gives its comments to whatever comes first afterwards.
    private static TypeDeclarationSyntax Partial(TypeDeclarationSyntax type)
    {
        SyntaxToken modifier = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (type.Modifiers.Count > 0)
        {
            return type.WithModifiers(type.Modifiers.Add(modifier));
        }

        return type.WithKeyword(type.Keyword.WithLeadingTrivia())
            .WithModifiers(SyntaxFactory.TokenList(modifier.WithLeadingTrivia(type.Keyword.LeadingTrivia)));
    }
}
