using System.Runtime.CompilerServices;
using Backprop.Generator.Tests.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Backprop.Generator.Tests.Robustness;

/// <summary>A program to be torn.</summary>
/// <param name="Name">The file it comes from, and the method.</param>
/// <param name="Core">The method that is differentiated: most edits are made there.</param>
internal sealed record Specimen(string Name, string Source, TextSpan Core);

/// <summary>
/// Every test source and sample: one program for each differentiable method, without what has nothing to do with it, so that thousands can be tried.
/// </summary>
internal static class Specimens
{
    private static readonly string[] folders = ["tests/Integration.Tests", "samples"];

    public static CSharpParseOptions Parse { get; } = new(LanguageVersion.Preview);

    public static IReadOnlyList<Specimen> All { get; } =
    [
        .. folders.SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories))
            .Where(static file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .SelectMany(static file => SlicesOf(Path.GetFileName(file), File.ReadAllText(file))),
        .. Examples.All.SelectMany(static example => SlicesOf(example.Name, example.Source)),
        .. DiagnosticCases.All.SelectMany(static c => new[] { Whole(c.Id, c.Fires.Replace("[|", "").Replace("|]", "")), Whole(c.Id + " twin", c.Twin) }),
    ];

    private static Specimen Whole(string name, string source) => new(name, source, TextSpan.FromBounds(0, source.Length));

    private static IEnumerable<Specimen> SlicesOf(string name, string source)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(source, Parse).GetRoot();
        List<MethodDeclarationSyntax> methods = [.. root.DescendantNodes().OfType<MethodDeclarationSyntax>()];
        List<MethodDeclarationSyntax> marked = [.. methods.Where(static m => Bears(m, "Differentiable"))];
        foreach (MethodDeclarationSyntax method in marked)
        {
            HashSet<string> needed = Mentioned(method, marked);
            List<MethodDeclarationSyntax> superfluous = [.. methods.Where(m => m != method && (Bears(m, "Fact") || Bears(m, "Theory") || (marked.Contains(m) && !needed.Contains(m.Identifier.Text))))];
            yield return new Specimen($"{name}, {method.Identifier.Text}", Without(source, superfluous), new TextSpan(Moved(method.SpanStart, superfluous), method.Span.Length));
        }

        if (root.DescendantNodes().OfType<TypeDeclarationSyntax>().Any(static type => Bears(type, "Differentiable")))
        {
            yield return Whole($"{name}, types", Without(source, [.. methods.Where(static m => Bears(m, "Fact") || Bears(m, "Theory"))]));
        }
    }

    // By name, over as many calls as there are.
    private static HashSet<string> Mentioned(MethodDeclarationSyntax method, List<MethodDeclarationSyntax> marked)
    {
        HashSet<string> names = [method.Identifier.Text];
        Queue<SyntaxNode> open = new([method]);
        while (open.TryDequeue(out SyntaxNode? next))
        {
            foreach (string name in next.DescendantNodes().OfType<IdentifierNameSyntax>().Select(static n => n.Identifier.Text).Where(names.Add))
            {
                marked.Where(m => m.Identifier.Text == name).ToList().ForEach(open.Enqueue);
            }
        }

        return names;
    }

    private static string Without(string source, List<MethodDeclarationSyntax> methods)
        => methods.OrderByDescending(static m => m.FullSpan.Start).Aggregate(source, static (text, method) => text.Remove(method.FullSpan.Start, method.FullSpan.Length));

    private static int Moved(int position, List<MethodDeclarationSyntax> removed) => position - removed.Where(m => m.FullSpan.End <= position).Sum(static m => m.FullSpan.Length);

    private static bool Bears(MemberDeclarationSyntax member, string attribute) => member.AttributeLists.SelectMany(static l => l.Attributes).Any(a => a.Name.ToString() == attribute);

    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));
}
