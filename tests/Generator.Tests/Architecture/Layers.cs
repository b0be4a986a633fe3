using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator.Tests.Architecture;

/// <summary>Which folder of the generator may use which, and what in a source file breaks that.</summary>
internal static class Layers
{
    private const string Root = "Backprop.Generator";
    private const string Roslyn = "Microsoft.CodeAnalysis";
    private const string FrontDoor = "a front door";

    private static readonly Dictionary<string, string[]> allowed = new()
    {
        ["IR"] = [],
        ["Rules"] = ["IR"],
        ["Analyses"] = ["IR", "Rules"],
        ["Transforms"] = ["IR", "Rules", "Analyses"],
        ["Emit"] = ["IR"],
        ["Diagnostics"] = [Roslyn],
        ["Frontend"] = [Roslyn, "IR", "Rules", "Diagnostics"],
        ["Polyfills"] = [],
    };

    // The list of passes must not know the compiler: it is also what a program without one would call.
    private static readonly Dictionary<string, string[]> frontDoors = new()
    {
        ["DifferentiableGenerator.cs"] = [Roslyn, FrontDoor, "IR", "Frontend", "Emit"],
        ["DifferentiableAnalyzer.cs"] = [Roslyn, FrontDoor, "Diagnostics", "Frontend"],
        ["DifferentiableGenerator.Steps.cs"] = [],
        ["FindingDiagnostics.cs"] = [Roslyn, FrontDoor, "IR", "Analyses", "Diagnostics", "Frontend"],
        ["RefusalDiagnostics.cs"] = [Roslyn, FrontDoor, "Analyses", "Diagnostics", "Frontend"],
        ["MethodDiagnostics.cs"] = [Roslyn, FrontDoor, "Diagnostics", "Frontend"],
        ["UnheardDiagnostics.cs"] = [Roslyn, FrontDoor, "IR", "Frontend"],
        ["KnownCallees.cs"] = [Roslyn, FrontDoor, "Analyses", "Frontend"],
        ["Differentiator.cs"] = [FrontDoor, "IR", "Analyses", "Transforms"],
        ["Prepared.cs"] = [FrontDoor, "IR", "Analyses"],
    };

    /// <summary>What the file uses and may not, one sentence each.</summary>
    /// <param name="path">From the folder of the generator, with forward slashes.</param>
    public static IEnumerable<string> Violations(string path, string text)
    {
        string folder = path.Split('/')[0];
        if (!(path.Contains('/') ? allowed : frontDoors).TryGetValue(folder, out string[]? may))
        {
            return [$"{path}: not in the table of what may use what"];
        }

        SyntaxNode root = CSharpSyntaxTree.ParseText(text).GetRoot();
        return Used(root).Distinct().Where(used => used != folder && !may.Contains(used)).Select(used => $"{path}: uses {used}");
    }

    private static IEnumerable<string> Used(SyntaxNode root)
    {
        foreach (SyntaxNode node in root.DescendantNodes())
        {
            string? name = node switch
            {
                BaseNamespaceDeclarationSyntax => null,
                NameSyntax { Parent: BaseNamespaceDeclarationSyntax } => null,
                QualifiedNameSyntax or MemberAccessExpressionSyntax => Bare(node),
                // The name of a type alone is not a use of it.
                IdentifierNameSyntax { Parent: TypeOfExpressionSyntax } => null,
                IdentifierNameSyntax identifier => identifier.Identifier.Text,
                _ => null,
            };
            if (name is not null && Layer(name) is { } layer)
            {
                yield return layer;
            }
        }
    }

    private static string Bare(SyntaxNode node) => string.Concat(node.DescendantTokens().Select(token => token.Text)).Replace("global::", "");

    /// <summary>The folder that a name leads into, or the compiler; null for any other name.</summary>
    private static string? Layer(string name)
    {
        if (name == Roslyn || name.StartsWith(Roslyn + ".", StringComparison.Ordinal))
        {
            return Roslyn;
        }

        string inside = name.StartsWith(Root + ".", StringComparison.Ordinal) ? name[(Root.Length + 1)..] : name;
        string first = inside.Split('.')[0];
        bool isQualified = first.Length < inside.Length || inside.Length < name.Length;
        return isQualified && allowed.ContainsKey(first) ? first
            : frontDoors.ContainsKey(first + ".cs") ? FrontDoor
            : null;
    }
}
