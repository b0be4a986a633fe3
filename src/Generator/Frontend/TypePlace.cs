using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Backprop.Generator.Frontend;

/// <summary>Where a type is declared, for a pipeline, which may hold no syntax.</summary>
internal sealed record TypePlace(string File, TextSpan Span)
{
    public static TypePlace Of(TypeDeclarationSyntax declaration) => new(declaration.SyntaxTree.FilePath, declaration.Span);

    /// <summary>The type, in a compilation like that in which it was found; null in any other.</summary>
    public INamedTypeSymbol? Find(Compilation compilation, CancellationToken cancellation) => compilation.SyntaxTrees
        .Where(tree => tree.FilePath == File && tree.Length >= Span.End)
        .Select(tree => tree.GetRoot(cancellation).FindNode(Span))
        .OfType<TypeDeclarationSyntax>()
        .Where(declaration => declaration.Span == Span)
        .Select(declaration => compilation.GetSemanticModel(declaration.SyntaxTree).GetDeclaredSymbol(declaration, cancellation))
        .FirstOrDefault();
}
