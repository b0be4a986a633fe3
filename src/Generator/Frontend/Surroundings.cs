using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator.Frontend;

/// <summary>
/// What lowering a method can read besides the file the method stands in: everything but comments, white space and the bodies of ordinary methods.
/// The bodies of constructors, accessors, operators, partial methods and methods of structs count, and so do constants and initialisers.
/// </summary>
internal static class Surroundings
{
    /// <summary>Whether every method of a file that both compilations share is lowered to the same IR in both.</summary>
    public static bool AreSame(Compilation left, Compilation right, CancellationToken cancellation)
        => left.AssemblyName == right.AssemblyName
            && left.Options.Equals(right.Options)
            && left.ScriptCompilationInfo is null && right.ScriptCompilationInfo is null
            && left.References.SequenceEqual(right.References)
            && AreSame([.. left.SyntaxTrees], [.. right.SyntaxTrees], cancellation);

    private static bool AreSame(ImmutableArray<SyntaxTree> left, ImmutableArray<SyntaxTree> right, CancellationToken cancellation)
        => left.Length == right.Length && Enumerable.Range(0, left.Length).All(i => left[i] == right[i] || AreSame(left[i], right[i], cancellation));

    private static bool AreSame(SyntaxTree left, SyntaxTree right, CancellationToken cancellation)
        => left.FilePath == right.FilePath
            && left.Options.Equals(right.Options)
            && PartsOf(left, cancellation).SequenceEqual(PartsOf(right, cancellation));

    /// <summary>What counts of a file, in order. (Not by recursion: a sum of a thousand terms is nested a thousand deep.)</summary>
    private static IEnumerable<(int Kind, string Text)> PartsOf(SyntaxTree tree, CancellationToken cancellation)
    {
        foreach (SyntaxNodeOrToken part in tree.GetRoot(cancellation).DescendantNodesAndTokens(static node => !IsOrdinaryBody(node)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (part.IsToken)
            {
                foreach (SyntaxTrivia directive in NullabilityIn(part.GetLeadingTrivia()).Concat(NullabilityIn(part.GetTrailingTrivia())))
                {
                    yield return (directive.RawKind, directive.ToString());
                }
            }

            yield return (part.RawKind, part.IsToken ? part.AsToken().Text : "");
        }
    }

    // A method of a struct may make a field of a primary constructor's parameter by using it.
    private static bool IsOrdinaryBody(SyntaxNode node)
        => node is BlockSyntax or ArrowExpressionClauseSyntax
            && node.Parent is MethodDeclarationSyntax { Parent: not StructDeclarationSyntax } method
            && !method.Modifiers.Any(SyntaxKind.PartialKeyword)
            && !NullabilityIn(node).Any();

    // What the directive says goes on behind the body.
    private static IEnumerable<SyntaxTrivia> NullabilityIn(SyntaxNode node) => node.ContainsDirectives ? NullabilityIn(node.DescendantTrivia()) : [];

    private static IEnumerable<SyntaxTrivia> NullabilityIn(IEnumerable<SyntaxTrivia> trivia) => trivia.Where(static t => t.IsKind(SyntaxKind.NullableDirectiveTrivia));
}
