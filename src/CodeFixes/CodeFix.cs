using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Backprop.CodeFixes;

/// <summary>A fix of one diagnostic by a new syntax node in the place of an old one.</summary>
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
            if (place is not null && await FindAsync(context.Document, place, context.CancellationToken).ConfigureAwait(false) is { } found)
            {
                context.RegisterCodeFix(CodeAction.Create(Title, _ => Task.FromResult(found.Apply()), Title), diagnostic);
            }
        }
    }

    /// <summary>The change to make; null where this fix does not fit.</summary>
    /// <param name="document">Where the diagnostic is.</param>
    /// <param name="place">The node at which it is reported.</param>
    /// <param name="cancellation">Ends the search.</param>
    protected abstract Task<Change?> FindAsync(Document document, SyntaxNode place, CancellationToken cancellation);

    /// <summary>New nodes in the places of old ones of a document.</summary>
    protected sealed class Change
    {
        private readonly Document document;
        private readonly SyntaxNode root;
        private readonly ImmutableDictionary<SyntaxNode, SyntaxNode> nodes;

        /// <summary>A change of several nodes, none inside another.</summary>
        public Change(Document document, SyntaxNode root, IEnumerable<KeyValuePair<SyntaxNode, SyntaxNode>> nodes)
        {
            this.document = document;
            this.root = root;
            this.nodes = nodes.ToImmutableDictionary();
        }

        /// <summary>The solution after it.</summary>
        public Solution Apply() => document.Project.Solution.WithDocumentSyntaxRoot(document.Id, root.ReplaceNodes(nodes.Keys, (old, _) => nodes[old]));
    }

    /// <summary>One node for another, wherever in the solution it is.</summary>
    protected static Change? Replace(Solution solution, SyntaxNode old, SyntaxNode now)
        => solution.GetDocument(old.SyntaxTree) is { } document
            ? new Change(document, old.SyntaxTree.GetRoot(), [new KeyValuePair<SyntaxNode, SyntaxNode>(old, now)])
            : null;
}
