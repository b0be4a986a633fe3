using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator.Frontend;

/// <summary>
/// The text of a statement on one line, from its tokens alone: comments and white space must not change the IR. (Not NormalizeWhitespace:
/// that recurses, and a sum of a thousand terms is nested a thousand deep.)
/// </summary>
internal static class NoteText
{
    public static string Of(SyntaxNode node) => Join(Header(node));

    private static IEnumerable<SyntaxToken> Header(SyntaxNode node) => node switch
    {
        IfStatementSyntax s => Until(s, s.CloseParenToken),
        ForStatementSyntax s => Until(s, s.CloseParenToken),
        CommonForEachStatementSyntax s => Until(s, s.CloseParenToken),
        WhileStatementSyntax s => Until(s, s.CloseParenToken),
        SwitchStatementSyntax s => s.DescendantTokens().TakeWhile(token => token != s.OpenBraceToken),
        DoStatementSyntax s => [s.DoKeyword],
        ArrowExpressionClauseSyntax s => s.Expression.DescendantTokens(),
        _ => node.DescendantTokens(),
    };

    /// <summary>The end of a do statement.</summary>
    public static string OfCondition(DoStatementSyntax statement)
        => Join(statement.DescendantTokens().Where(token => token.SpanStart >= statement.WhileKeyword.SpanStart));

    private static IEnumerable<SyntaxToken> Until(SyntaxNode node, SyntaxToken last)
        => node.DescendantTokens().TakeWhile(token => token.Span.End <= last.Span.End);

    private static string Join(IEnumerable<SyntaxToken> tokens)
    {
        var text = new StringBuilder();
        SyntaxToken previous = default;
        foreach (SyntaxToken token in tokens.Where(static token => token.Text.Length > 0))
        {
            if (text.Length > 0 && !IsTight(previous, token))
            {
                text.Append(' ');
            }

            text.Append(token.Text);
            previous = token;
        }

        return text.Replace("\r", "").Replace('\n', ' ').ToString();
    }

    private static bool IsTight(SyntaxToken left, SyntaxToken right)
        => InInterpolation(left) || InInterpolation(right) || EndsTight(left) || BeginsTight(right);

    private static bool InInterpolation(SyntaxToken token) => token.Parent is InterpolatedStringExpressionSyntax or InterpolatedStringTextSyntax
        or InterpolationSyntax or InterpolationAlignmentClauseSyntax or InterpolationFormatClauseSyntax;

    private static bool EndsTight(SyntaxToken left) => left.Kind() switch
    {
        SyntaxKind.OpenParenToken or SyntaxKind.OpenBracketToken or SyntaxKind.DotToken or SyntaxKind.DotDotToken => true,
        SyntaxKind.CloseParenToken => left.Parent is CastExpressionSyntax,
        SyntaxKind.LessThanToken => left.Parent is TypeArgumentListSyntax,
        _ => left.Parent is PrefixUnaryExpressionSyntax,
    };

    private static bool BeginsTight(SyntaxToken right) => right.Kind() switch
    {
        SyntaxKind.SemicolonToken or SyntaxKind.CommaToken or SyntaxKind.CloseParenToken or SyntaxKind.CloseBracketToken or SyntaxKind.DotToken or SyntaxKind.DotDotToken => true,
        SyntaxKind.OpenParenToken => right.Parent is BaseArgumentListSyntax or DefaultExpressionSyntax or TypeOfExpressionSyntax or SizeOfExpressionSyntax or CheckedExpressionSyntax,
        SyntaxKind.OpenBracketToken => right.Parent is BaseArgumentListSyntax or ArrayRankSpecifierSyntax,
        SyntaxKind.LessThanToken or SyntaxKind.GreaterThanToken => right.Parent is TypeArgumentListSyntax,
        SyntaxKind.QuestionToken => right.Parent is NullableTypeSyntax or ConditionalAccessExpressionSyntax,
        SyntaxKind.ColonToken => right.Parent is SwitchLabelSyntax or NameColonSyntax,
        _ => right.Parent is PostfixUnaryExpressionSyntax,
    };
}
