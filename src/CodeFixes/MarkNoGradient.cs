using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.CodeFixes;

/// <summary>BPG004, BPG013, BPG203: declares that no gradient with respect to the parameter or member is wanted.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MarkNoGradient))]
[Shared]
public sealed class MarkNoGradient : CodeFix
{
    private const string Mark = "Backprop.NoGradient";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["BPG004", "BPG013", "BPG203"];

    /// <inheritdoc/>
    protected override string Title => "Mark it [NoGradient]";

    /// <inheritdoc/>
    protected override Task<Solution?> FindAsync(Document document, Diagnostic diagnostic, SyntaxNode place, CancellationToken cancellation)
    {
        SyntaxNode? declaration = place.AncestorsAndSelf().FirstOrDefault(static n => n is ParameterSyntax or FieldDeclarationSyntax or PropertyDeclarationSyntax);
        SyntaxNode? marked = declaration switch
        {
            ParameterSyntax parameter => parameter.With(Mark),
            MemberDeclarationSyntax member => member.With(Mark),
            _ => null,
        };
        return Task.FromResult(marked is null ? null : Replace(document.Project.Solution, declaration!, marked));
    }
}
