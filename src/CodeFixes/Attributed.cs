using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace Backprop.CodeFixes;

/// <summary>Declarations with one attribute more.</summary>
internal static class Attributed
{
    /// <summary>On a line of its own above the method, field or property.</summary>
    public static MemberDeclarationSyntax With(this MemberDeclarationSyntax member, string attribute)
    {
        SyntaxTriviaList before = member.GetLeadingTrivia();
        SyntaxTriviaList indentation = SyntaxFactory.TriviaList(before.Reverse().TakeWhile(static t => t.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse());
        AttributeListSyntax list = List(attribute).WithLeadingTrivia(before).WithTrailingTrivia(EndOfLine(member.SyntaxTree));
        MemberDeclarationSyntax rest = member.WithLeadingTrivia(indentation);
        return rest.WithAttributeLists(rest.AttributeLists.Insert(0, list)).WithAdditionalAnnotations(Simplifier.Annotation);
    }

    /// <summary>As the file ends its lines.</summary>
    public static SyntaxTrivia EndOfLine(SyntaxTree tree) => tree.GetText().ToString().Contains("\r\n") ? SyntaxFactory.CarriageReturnLineFeed : SyntaxFactory.LineFeed;

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
