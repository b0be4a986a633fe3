using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.CodeFixes;

/// <summary>BPG004: declares that no gradient with respect to the parameter is wanted.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MarkNoGradient))]
[Shared]
public sealed class MarkNoGradient : CodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["BPG004"];

    /// <inheritdoc/>
    protected override string Title => "Mark the parameter [NoGradient]";

    /// <inheritdoc/>
    protected override Task<Change?> FindAsync(Document document, SyntaxNode place, CancellationToken cancellation)
    {
        ParameterSyntax? parameter = place.AncestorsAndSelf().OfType<ParameterSyntax>().FirstOrDefault();
        return Task.FromResult(parameter is null ? null : Replace(document.Project.Solution, parameter, parameter.With("Backprop.NoGradient")));
    }
}
