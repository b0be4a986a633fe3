using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Backprop.Generator.Tests.Diagnostics;

/// <summary>A hint that is not wanted is silenced as any other; a hint that matters more is made a warning.</summary>
public sealed class SilencingTests
{
    private const string Method = "[Differentiable] static double F(double x, double y) => x;";

    [Fact]
    public async Task It_is_there() => Assert.Equal(DiagnosticSeverity.Info, Assert.Single(await Found(Method)).Severity);

    [Theory]
    [InlineData("#pragma warning disable BPG203\n" + Method + "\n#pragma warning restore BPG203")]
    [InlineData("[System.Diagnostics.CodeAnalysis.SuppressMessage(\"Backprop.Numerics\", \"BPG203\")] " + Method)]
    public async Task In_the_source(string members) => Assert.Empty(await Found(members));

    [Fact]
    public async Task In_an_editorconfig() => Assert.Empty(await Found(Method, ReportDiagnostic.Suppress));

    [Fact]
    public async Task Made_a_warning_in_an_editorconfig() => Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(await Found(Method, ReportDiagnostic.Warn)).Severity);

    private static async Task<IEnumerable<Diagnostic>> Found(string members, ReportDiagnostic severity = ReportDiagnostic.Default)
    {
        CSharpCompilation compilation = Source.CompileValid(Source.InClass(members));
        compilation = compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new EditorConfig(severity)));
        return (await compilation.WithAnalyzers([new DifferentiableAnalyzer()]).GetAnalyzerDiagnosticsAsync()).Where(static d => d.Id == "BPG203" && !d.IsSuppressed);
    }

    /// <summary>What <c>dotnet_diagnostic.BPG203.severity</c> says.</summary>
    private sealed class EditorConfig(ReportDiagnostic severity) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.NotGenerated;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic value)
        {
            value = severity;
            return diagnosticId == "BPG203" && severity != ReportDiagnostic.Default;
        }

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic value)
        {
            value = default;
            return false;
        }
    }
}
