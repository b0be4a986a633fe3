using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Backprop.Generator.Tests.Robustness;

/// <summary>Half-typed code: neither the generator nor the analyzer throws or takes its time.</summary>
public sealed class BrokenSourceTests
{
    private const int Stride = 7;
    private const int Edits = 300;
    private const int LongestMilliseconds = 1000;

    // A busy machine may hold up one attempt; the first of all pays for compiling the compiler.
    private const int Attempts = 3;

    /// <summary>The programs whose sources are cut and torn.</summary>
    private static readonly string[] chosen =
        ["Line", "RungeKutta", "EarlyReturns", "WhileLoop", "NestedLoops", "ArrayResult", "Switching", "RefAndOut", "CrossEntropy", "LeavingALoop"];

    public static TheoryData<string> Chosen => [.. chosen];

    [Theory]
    [MemberData(nameof(Chosen))]
    public async Task A_source_that_ends_anywhere_is_survived(string example)
    {
        string source = Examples.Named(example).Source;
        for (int length = source.IndexOf('[', StringComparison.Ordinal); length < source.Length; length += Stride)
        {
            await Survive(source[..length]);
        }
    }

    [Fact]
    public async Task Missing_and_doubled_tokens_are_survived()
    {
        Random random = new(20240917);
        for (int edit = 0; edit < Edits; edit++)
        {
            await Survive(Torn(Examples.Named(chosen[edit % chosen.Length]).Source, random));
        }
    }

    private static string Torn(string source, Random random)
    {
        SyntaxToken[] tokens = [.. CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens()];
        SyntaxToken token = tokens[random.Next(tokens.Length)];
        return random.Next(2) == 0
            ? source.Remove(token.SpanStart, token.Span.Length)
            : source.Insert(token.Span.End, " " + token.Text);
    }

    private static async Task Survive(string source)
    {
        long fastest = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && fastest >= LongestMilliseconds; attempt++)
        {
            fastest = Math.Min(fastest, await MillisecondsToSurvive(source));
        }

        Assert.True(fastest < LongestMilliseconds, $"{fastest} ms for\n{source}");
    }

    private static async Task<long> MillisecondsToSurvive(string source)
    {
        CSharpCompilation compilation = new Consumer().Compile(source);
        Stopwatch watch = Stopwatch.StartNew();
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new DifferentiableGenerator()).RunGenerators(compilation);
        IEnumerable<Diagnostic> found = await compilation.WithAnalyzers([new DifferentiableAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        watch.Stop();
        Assert.True(driver.GetRunResult().Results.Single().Exception is null, $"{driver.GetRunResult().Results.Single().Exception}\n{source}");
        Assert.True(!found.Any(IsFailure), $"{found.FirstOrDefault(IsFailure)}\n{source}");
        return watch.ElapsedMilliseconds;
    }

    /// <summary>AD0001: the analyzer threw; BPG9xx: a pass did.</summary>
    private static bool IsFailure(Diagnostic diagnostic) => diagnostic.Id == "AD0001" || diagnostic.Id.StartsWith("BPG9", StringComparison.Ordinal);
}
