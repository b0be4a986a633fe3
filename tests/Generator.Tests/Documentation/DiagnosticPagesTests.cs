using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Backprop.Generator.Tests.Documentation;

/// <summary>The example on a diagnostic's page causes it, and the fix does not.</summary>
public sealed class DiagnosticPagesTests
{
    // No program is meant to cause the first; of the second the page shows the idea, not the hundreds of calls.
    private static readonly string[] told = ["BPG901", "BPG902"];

    /// <summary>What statements on the pages take for given.</summary>
    private const string Given = """
        static double lastLoss;
        static void Normalize(double[] y, ref double norm) { }
        static double Mean(ReadOnlySpan<double> y) => 0;
        [Differentiable] static void Advance(ReadOnlySpan<double> from, Span<double> to) => from.CopyTo(to);
        [Differentiable] public static double Run(double x, double first, double value, double total, double loss, double scale, double norm, double[] values, double[] z, double[,] table,
            [NoGradient] double[] constants, [NoGradient] List<double> history, int n, int rows, int columns, int steps, int count, string? text, Index index)
        {

        """;

    public static TheoryData<string> Ids => [.. Directory.GetFiles(Path.Combine(Root(), "docs", "diagnostics"), "BPG*.md").Select(static path => Path.GetFileNameWithoutExtension(path)).Except(told).Order()];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_example_causes_it(string id)
    {
        string example = Block(id, "Example");
        Assert.Contains(await Reported(example), diagnostic => diagnostic.Id == id && LineOf(diagnostic).Contains(id, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_fix_does_not(string id) => Assert.DoesNotContain(await Reported(Block(id, "Fix")), static diagnostic => diagnostic.Id.StartsWith("BPG", StringComparison.Ordinal) && diagnostic.Severity >= DiagnosticSeverity.Warning);

    private static string LineOf(Diagnostic diagnostic) => diagnostic.Location.SourceTree!.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line].ToString();

    private static async Task<ImmutableArray<Diagnostic>> Reported(string block)
    {
        string file = "#nullable enable\nusing System;\nusing System.Collections.Generic;\nusing System.Linq;\nusing System.Numerics;\nusing Backprop;\n" + Whole(block);
        Compilation compilation = new Consumer().Compile(file);
        Microsoft.CodeAnalysis.CSharp.CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: (Microsoft.CodeAnalysis.CSharp.CSharpParseOptions)compilation.SyntaxTrees.First().Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out compilation, out _);
        return await compilation.WithAnalyzers([new DifferentiableAnalyzer()]).GetAllDiagnosticsAsync();
    }

    /// <summary>Types stand for themselves; members get a type, statements a method.</summary>
    private static string Whole(string block)
        => Regex.IsMatch(block, @"^(\[.*\]\s*)?((public|internal|file|sealed|static|partial|readonly|abstract) )*(class|record|struct|interface) ", RegexOptions.Multiline) ? block
            : Regex.IsMatch(block, @"^\[?(Differentiable|Pullback|NoGradient|Recompute|public|private|internal)") ? $"public static partial class Members\n{{\n{block}\n}}\n"
            : $"public static partial class Statements\n{{\n{Given}\n{block}\nreturn x * value;\n}}\n}}\n";

    private static string Block(string id, string section)
        => Regex.Match(File.ReadAllText(Path.Combine(Root(), "docs", "diagnostics", id + ".md")), $@"\n## {section}\n.*?```csharp\n(.*?)\n```", RegexOptions.Singleline).Groups[1].Value;

    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));
}
