using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace Backprop.CodeFixes;

/// <summary>Declarations with one attribute more.</summary>
internal static class Attributed
{
    /// <summary>On a line of its own above the method.</summary>
    public static MethodDeclarationSyntax With(this MethodDeclarationSyntax method, string attribute)
    {
        SyntaxTriviaList before = method.GetLeadingTrivia();
        SyntaxTriviaList indentation = SyntaxFactory.TriviaList(before.Reverse().TakeWhile(static t => t.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse());
        SyntaxTrivia end = method.SyntaxTree.GetText().ToString().Contains("\r\n") ? SyntaxFactory.CarriageReturnLineFeed : SyntaxFactory.LineFeed;
        AttributeListSyntax list = List(attribute).WithLeadingTrivia(before).WithTrailingTrivia(end);
        MethodDeclarationSyntax rest = method.WithLeadingTrivia(indentation);
        return rest.WithAttributeLists(rest.AttributeLists.Insert(0, list)).WithAdditionalAnnotations(Simplifier.Annotation);
    }

    /// <summary>Before the parameter.</summary>
    public static ParameterSyntax With(this ParameterSyntax parameter, string attribute)
        => parameter.WithoutLeadingTrivia()
            .WithAttributeLists(parameter.AttributeLists.Insert(0, List(attribute).WithTrailingTrivia(SyntaxFactory.Space)))
            .WithLeadingTrivia(parameter.GetLeadingTrivia())
            .WithAdditionalAnnotations(Simplifier.Annotation);

    private static AttributeListSyntax List(string attribute)
    {
        var parsed = (MethodDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"[{attribute}] void M();")!;
        return parsed.AttributeLists[0].WithoutTrivia().WithAdditionalAnnotations(Formatter.Annotation);
    }
}
