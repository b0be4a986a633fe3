using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.CodeFixes;

/// <summary>BPG110, BPG113, BPG120: marks the called method, so that its derivative is known.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MarkCallee))]
[Shared]
public sealed class MarkCallee : CodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["BPG110", "BPG113", "BPG120"];

    /// <inheritdoc/>
    protected override string Title => "Mark the called method [Differentiable]";

    /// <inheritdoc/>
    protected override async Task<Solution?> FindAsync(Document document, Diagnostic diagnostic, SyntaxNode place, CancellationToken cancellation)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return await Callees.DeclarationOfAsync(model, place, cancellation).ConfigureAwait(false) is { } declaration
            ? Replace(document.Project.Solution, declaration, declaration.With("Backprop.Differentiable"))
            : null;
    }
}
