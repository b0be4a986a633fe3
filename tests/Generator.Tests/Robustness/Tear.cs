using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Backprop.Generator.Tests.Robustness;

/// <summary>Edits that leave a source as it is while somebody types: cut off, with tokens missing, doubled, swapped or out of place.</summary>
internal static class Tear
{
    private static readonly string[] garbage =
    [
        "{", "}", "(", ")", "[", "]", ";", ",", ".", "..", "=>", "=", "?", "?.", "??", "!", "&", "*", "^", "<", ">", "<T>", ":", "::", "@", "#", "$\"", "\"", "'", "//", "/*", "\\",
        "0x", "1e", "1.", "\u00e9", "\0", "ref", "out", "in", "params", "this", "base", "new", "var", "await", "yield", "yield return", "return", "goto", "case", "default", "switch", "is", "with",
        "stackalloc", "fixed", "unsafe", "checked", "lock", "try", "catch", "using", "async", "static", "partial", "const", "typeof", "nameof", "throw", "delegate", "dynamic", "where T : struct",
        "x =>", "(x, y)", "a[^1]", "[1, 2]", "from x in x select x", "\n#if A\n", "\n#endif\n", "[Differentiable]", "[NoGradient]", "[Pullback(\"F\")]", "[PullbackOf(typeof(C), \"F\")]",
    ];

    private static readonly string[] types =
        ["double", "float", "int", "long", "bool", "string", "object", "dynamic", "decimal", "Half", "void", "double[]", "double[,]", "double[][]", "Span<double>", "(double, int)", "double?", "nint", "byte", "T", "Func<double>"];

    private static readonly Func<string, TextSpan, Random, string>[] edits = [Cut, Delete, Delete, Double, Swap, Insert, Insert, DropLine, Unbalance, Rename, Rename, Retype, Retype, Exchange];

    /// <summary>A source with one to three edits.</summary>
    public static string Some(Specimen specimen, Random random)
    {
        string source = specimen.Source;
        for (int count = random.Next(4) == 0 ? random.Next(2, 4) : 1; count > 0 && source.Length > 0; count--)
        {
            TextSpan whole = new(0, source.Length);
            source = edits[random.Next(edits.Length)](source, random.Next(5) == 0 ? whole : specimen.Core.Intersection(whole) ?? whole, random);
        }

        return source;
    }

    private static string Cut(string source, TextSpan place, Random random) => source[..random.Next(place.Start, place.End + 1)];

    private static string Delete(string source, TextSpan place, Random random) => Token(source, place, random) is { } token ? source.Remove(token.SpanStart, token.Span.Length) : source;

    private static string Double(string source, TextSpan place, Random random) => Token(source, place, random) is { } token ? source.Insert(token.Span.End, " " + token.Text) : source;

    private static string Insert(string source, TextSpan place, Random random)
        => source.Insert(Token(source, place, random) is { } token && random.Next(4) > 0 ? token.SpanStart : random.Next(place.Start, place.End + 1), garbage[random.Next(garbage.Length)] + " ");

    private static string Swap(string source, TextSpan place, Random random)
        => Token(source, place, random) is { } first && first.GetNextToken() is { RawKind: not 0 } second ? Swapped(source, first, second) : source;

    private static string Exchange(string source, TextSpan place, Random random)
        => Token(source, place, random) is { } one && Token(source, place, random) is { } other && one != other ? one.SpanStart < other.SpanStart ? Swapped(source, one, other) : Swapped(source, other, one) : source;

    // Tokens of interpolated text may stand one inside the other.
    private static string Swapped(string source, SyntaxToken first, SyntaxToken second)
        => first.Span.End > second.SpanStart ? source : source[..first.SpanStart] + second.Text + source[first.Span.End..second.SpanStart] + first.Text + source[second.Span.End..];

    private static string DropLine(string source, TextSpan place, Random random)
    {
        int at = random.Next(place.Start, place.End + 1);
        int start = source.LastIndexOf('\n', Math.Max(0, at - 1)) + 1, end = source.IndexOf('\n', at);
        return end < start ? source[..start] : source.Remove(start, end + 1 - start);
    }

    private static string Unbalance(string source, TextSpan place, Random random)
    {
        SyntaxToken[] brackets = [.. Tokens(source, place).Where(static t => t.Text is "{" or "}" or "(" or ")" or "[" or "]" or "<" or ">")];
        return brackets.Length == 0 ? source
            : brackets[random.Next(brackets.Length)] is var bracket && random.Next(2) == 0 ? source.Remove(bracket.SpanStart, bracket.Span.Length)
            : source.Insert(bracket.SpanStart, bracket.Text);
    }

    private static string Rename(string source, TextSpan place, Random random)
    {
        SyntaxToken[] names = [.. Tokens(source, place).Where(static t => t.IsKind(SyntaxKind.IdentifierToken))];
        return names.Length == 0 ? source : Replaced(source, names[random.Next(names.Length)], names[random.Next(names.Length)].Text);
    }

    private static string Retype(string source, TextSpan place, Random random)
    {
        SyntaxToken[] names = [.. Tokens(source, place).Where(static t => types.Contains(t.Text) || t.Text == "var")];
        return names.Length == 0 ? source : Replaced(source, names[random.Next(names.Length)], types[random.Next(types.Length)]);
    }

    private static string Replaced(string source, SyntaxToken token, string text) => source.Remove(token.SpanStart, token.Span.Length).Insert(token.SpanStart, text);

    private static SyntaxToken? Token(string source, TextSpan place, Random random) => Tokens(source, place) is { Length: > 0 } tokens ? tokens[random.Next(tokens.Length)] : null;

    private static SyntaxToken[] Tokens(string source, TextSpan place)
        => [.. CSharpSyntaxTree.ParseText(source, Specimens.Parse).GetRoot().DescendantTokens(place).Where(t => t.Span.Length > 0 && place.Contains(t.Span))];
}
