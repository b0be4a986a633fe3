using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit.Abstractions;

namespace Backprop.Generator.Tests.Robustness;

/// <summary>
/// Half-typed code: neither the generator nor the analyzer throws, fails inside or takes its time; and what compiles is either refused, or its backward
/// pass compiles too.
/// </summary>
/// <remarks>
/// HALF_TYPED_EDITS and HALF_TYPED_SEED run more of it, or other edits. What is measured is the processor time of this process, which alone does not depend on
/// who else is using the machine; so nothing else runs beside it.
/// </remarks>
[Collection(nameof(HalfTypedTests))]
public sealed class HalfTypedTests(ITestOutputHelper log)
{
    private const int Shards = 4;
    private const int LongestMilliseconds = 1000;

    // The first pays for compiling the compiler, and one may be held up by collecting garbage.
    private const int Attempts = 3;

    private static readonly int edits = Setting("HALF_TYPED_EDITS", 2000);
    private static readonly int seed = Setting("HALF_TYPED_SEED", 20240917);

    private static readonly CSharpCompilation empty = CSharpCompilation.Create(
        "HalfTyped",
        [CSharpSyntaxTree.ParseText("global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;", Specimens.Parse)],
        Source.References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Shards)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task Torn_sources_are_survived(int shard)
    {
        log.WriteLine($"seed {seed}, {edits / Shards} edits of {Specimens.All.Count} programs");
        for (int edit = shard; edit < edits; edit += Shards)
        {
            Specimen specimen = Specimens.All[edit % Specimens.All.Count];
            string torn = Tear.Some(specimen, new Random(unchecked((seed * 31) + edit)));
            string? problem = await ProblemOf(torn);
            Assert.True(problem is null, $"{specimen.Name}, seed {seed}, edit {edit}: {problem}\n{torn}");
        }
    }

    /// <summary>What goes wrong with a source; null where nothing does.</summary>
    internal static async Task<string?> ProblemOf(string source)
    {
        (double Generator, double Analyzer) fastest = (double.MaxValue, double.MaxValue);
        for (int attempt = 0; attempt < Attempts && Math.Max(fastest.Generator, fastest.Analyzer) >= LongestMilliseconds; attempt++)
        {
            (double generator, double analyzer, string? problem) = await Try(source);
            if (problem is not null)
            {
                return problem;
            }

            fastest = (Math.Min(fastest.Generator, generator), Math.Min(fastest.Analyzer, analyzer));
        }

        return Math.Max(fastest.Generator, fastest.Analyzer) < LongestMilliseconds ? null : $"generator {fastest.Generator:0} ms, analyzer {fastest.Analyzer:0} ms";
    }

    private static async Task<(double Generator, double Analyzer, string? Problem)> Try(string source)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source, Specimens.Parse, "Torn.cs");
        CSharpCompilation compilation = empty.AddSyntaxTrees(tree);
        bool isValid = IsValid(tree, compilation);
        TimeSpan start = Environment.CpuUsage.TotalTime;
        GeneratorRunResult generated = CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: Specimens.Parse).RunGenerators(compilation).GetRunResult().Results.Single();
        TimeSpan middle = Environment.CpuUsage.TotalTime;
        List<Diagnostic> found = [.. await compilation.WithAnalyzers([new DifferentiableAnalyzer()]).GetAnalyzerDiagnosticsAsync()];
        TimeSpan end = Environment.CpuUsage.TotalTime;
        Diagnostic? wrong = found.FirstOrDefault(IsFailure)
            ?? (isValid && !found.Any(IsError) ? compilation.AddSyntaxTrees(generated.GeneratedSources.Select(static s => s.SyntaxTree)).GetDiagnostics().FirstOrDefault(IsError) : null);
        return ((middle - start).TotalMilliseconds, (end - middle).TotalMilliseconds, generated.Exception?.ToString() ?? wrong?.ToString());
    }

    private static bool IsValid(SyntaxTree tree, CSharpCompilation compilation)
    {
        try
        {
            return !tree.GetDiagnostics().Any(IsError) && !compilation.GetDiagnostics().Any(IsError);
        }
        catch (InvalidOperationException)
        {
            // The compiler itself fails on some half-typed code: an indexer without accessors in a foreach is one.
            return false;
        }
    }

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    /// <summary>AD0001: the analyzer threw; BPG901: a pass did.</summary>
    private static bool IsFailure(Diagnostic diagnostic) => diagnostic.Id is "AD0001" or "BPG901";

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
