using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Backprop.CodeFixes;

/// <summary>A fix of one diagnostic by a change of one document.</summary>
public abstract class CodeFix : CodeFixProvider
{
    /// <summary>What the light bulb says.</summary>
    protected abstract string Title { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider? GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            SyntaxNode? place = root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (place is not null && await FindAsync(context.Document, diagnostic, place, context.CancellationToken).ConfigureAwait(false) is { } found)
            {
                context.RegisterCodeFix(CodeAction.Create(Title, _ => Task.FromResult(found), Title), diagnostic);
            }
        }
    }

    /// <summary>The solution after the change; null where this fix does not fit.</summary>
    /// <param name="document">Where the diagnostic is.</param>
    /// <param name="diagnostic">What is to be fixed.</param>
    /// <param name="place">The node at which it is reported.</param>
    /// <param name="cancellation">Ends the search.</param>
    protected abstract Task<Solution?> FindAsync(Document document, Diagnostic diagnostic, SyntaxNode place, CancellationToken cancellation);

    /// <summary>Other nodes for one, wherever in the solution it is.</summary>
    protected static Solution? Replace(Solution solution, SyntaxNode old, params SyntaxNode[] now)
        => solution.GetDocument(old.SyntaxTree) is { } document ? solution.WithDocumentSyntaxRoot(document.Id, old.SyntaxTree.GetRoot().ReplaceNode(old, now)) : null;

    /// <summary>Nodes of one document, each as it becomes; one may stand inside another.</summary>
    protected static Solution? Replace(Document document, SyntaxNode root, IReadOnlyCollection<SyntaxNode> old, Func<SyntaxNode, SyntaxNode> change)
        => old.Count == 0 ? null : document.Project.Solution.WithDocumentSyntaxRoot(document.Id, root.ReplaceNodes(old, (_, now) => change(now)));
}
