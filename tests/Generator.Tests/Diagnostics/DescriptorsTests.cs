using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Backprop.Generator.Analyses;
using Backprop.Generator.Diagnostics;
using Backprop.Generator.Frontend;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace Backprop.Generator.Tests.Diagnostics;

/// <summary>Every code is documented, tracked, and fires where it should and nowhere else.</summary>
public sealed class DescriptorsTests
{
    // Fire in tests of their own, below: no program is meant to cause them, or an analysis finds them.
    private static readonly string[] others = ["BPG121", "BPG901", "BPG902"];

    public static TheoryData<string> Ids => [.. Descriptors.All.Select(static d => d.Id)];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, DiagnosticCases.All.Count)];

    [Fact]
    public void Codes_are_unique_and_in_order()
        => Assert.Equal(Descriptors.All.Select(static d => d.Id).Distinct().Order(StringComparer.Ordinal), Descriptors.All.Select(static d => d.Id));

    [Fact]
    public void Every_descriptor_is_in_the_list()
        => Assert.Equal(
            typeof(Descriptors).GetFields().Where(static f => f.FieldType == typeof(DiagnosticDescriptor)).Select(static f => f.Name).Count(),
            Descriptors.All.Count);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Has_a_release_row(string id)
    {
        DiagnosticDescriptor descriptor = Descriptors.All.Single(d => d.Id == id);
        string[] rows = [.. new[] { "Shipped", "Unshipped" }.SelectMany(static file => File.ReadLines(Path.Combine(Root(), "src", "Generator", $"AnalyzerReleases.{file}.md")))];
        Assert.Contains(rows, row => row.StartsWith($"{id} | {descriptor.Category} | {descriptor.DefaultSeverity} | ", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Has_a_page_with_cause_example_and_fix(string id)
    {
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "diagnostics", id + ".md"));
        Assert.StartsWith($"# {id}: {Descriptors.All.Single(d => d.Id == id).Title}\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## Cause\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## Example\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## Fix\n", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Has_a_case(string id) => Assert.True(others.Contains(id) || DiagnosticCases.All.Any(c => c.Id == id), id);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Fires_at_the_place(int number)
    {
        DiagnosticCase test = DiagnosticCases.All[number];
        int start = test.Fires.IndexOf("[|", StringComparison.Ordinal);
        int end = test.Fires.IndexOf("|]", StringComparison.Ordinal) - 2;
        ImmutableArray<Diagnostic> found = await Analyze(test.Fires.Replace("[|", "").Replace("|]", ""));
        Assert.Contains(found, d => d.Id == test.Id && d.Location.SourceSpan == TextSpan.FromBounds(start, end));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Does_not_fire_on_the_twin(int number)
        => Assert.DoesNotContain(await Analyze(DiagnosticCases.All[number].Twin), d => d.Id == DiagnosticCases.All[number].Id);

    [Fact]
    public void An_analysis_reports_on_a_site()
    {
        CSharpCompilation compilation = Source.CompileValid(Source.InClass("[Differentiable] static double F(double x) => Other(x); static double Other(double y) => y;"));
        LoweredMethod lowered = Source.Lower(compilation);
        Diagnostic diagnostic = RefusalDiagnostics.Locate(new Refusal(lowered.Sites.Single().Site, RefusalKind.External), lowered, null!, null!, compilation.GetSemanticModel(compilation.SyntaxTrees[0]));
        Assert.Equal("BPG120", diagnostic.Id);
        Assert.Equal("Other(x)", diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
    }

    [Theory]
    [InlineData("[Differentiable] static double G(double x) => [|FGradient(x)|].Gradient;")]
    [InlineData("[Differentiable] static double G(double x) { double d = 0; return [|FBackward(x, ref d)|] * d; }")]
    [InlineData("[Differentiable] static double G(double x, int n) => [|FGradient(n)|].Value * x;")]
    public async Task An_emitted_method_is_refused(string caller)
    {
        const string Differentiated = "[Differentiable] static double F(double x) => x * x;";
        int start = Source.InClass(Differentiated + caller).IndexOf("[|", StringComparison.Ordinal), end = Source.InClass(Differentiated + caller).IndexOf("|]", StringComparison.Ordinal) - 2;
        CSharpCompilation compilation = Source.Compile(Source.InClass(Differentiated + caller.Replace("[|", "").Replace("|]", "")));
        CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: Source.Parse).RunGeneratorsAndUpdateCompilation(compilation, out Compilation whole, out _);
        Assert.DoesNotContain(whole.GetDiagnostics(), static d => d.Severity == DiagnosticSeverity.Error);
        Diagnostic found = Assert.Single(await whole.WithAnalyzers([new DifferentiableAnalyzer()]).GetAnalyzerDiagnosticsAsync());
        Assert.Equal("BPG121", found.Id);
        Assert.Equal(TextSpan.FromBounds(start, end), found.Location.SourceSpan);
    }

    [Fact]
    public void A_failure_stays_with_its_method()
    {
        CSharpCompilation compilation = Source.CompileValid(Source.InClass("[Differentiable] static double F(double x) => Math.Sin(x);"));
        MethodDeclarationSyntax node = compilation.SyntaxTrees[0].GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single();
        SemanticModel model = compilation.GetSemanticModel(node.SyntaxTree);
        LoweredMethod lowered = Lowering.Lower(model.GetDeclaredSymbol(node)!, node, model, CancellationToken.None, static (_, _) => throw new InvalidOperationException("no rule"));
        Assert.Null(lowered.Method);
        Diagnostic diagnostic = Assert.Single(lowered.Diagnostics);
        Assert.Equal("BPG901", diagnostic.Id);
        Assert.Equal(node.Identifier.Span, diagnostic.Location.SourceSpan);
    }

    [Fact]
    public void Too_deep_a_nest_is_reported()
    {
        string deep = string.Concat(Enumerable.Repeat("Math.Sin(", 250)) + "x" + new string(')', 250);
        CSharpCompilation compilation = Source.Compile(Source.InClass($"[Differentiable] static double F(double x) => {deep};"));
        MethodDeclarationSyntax node = compilation.SyntaxTrees[0].GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single();
        SemanticModel model = compilation.GetSemanticModel(node.SyntaxTree);
        foreach (IOperation operation in model.GetOperation(node)!.Descendants())
        {
            _ = operation.Type;
        }

        LoweredMethod? lowered = null;
        var thread = new Thread(() => lowered = Lowering.Lower(model.GetDeclaredSymbol(node)!, node, model, CancellationToken.None), maxStackSize: 192 * 1024);
        thread.Start();
        thread.Join();
        Assert.Equal("BPG902", Assert.Single(lowered!.Diagnostics).Id);
    }

    private static async Task<ImmutableArray<Diagnostic>> Analyze(string source)
    {
        CSharpCompilation compilation = Source.Compile(source);
        Assert.DoesNotContain(compilation.GetDiagnostics(), static d => d.Severity == DiagnosticSeverity.Error && d.Id is not "CS8795");
        return await compilation.WithAnalyzers([new DifferentiableAnalyzer()]).GetAnalyzerDiagnosticsAsync();
    }

    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));
}
