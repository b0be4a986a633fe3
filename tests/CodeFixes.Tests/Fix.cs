using Backprop.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace Backprop.CodeFixes.Tests;

/// <summary>Runs the analyzer and one fix on a source with <c>{|BPG…:places|}</c>, one place after the other and all at once.</summary>
internal static class Fix
{
    public static Task Changes<TFix>(string before, string after)
        where TFix : CodeFixProvider, new() => Changes<TFix>([before], [after]);

    /// <summary>A program of several files.</summary>
    public static async Task Changes<TFix>(string[] before, string[] after)
        where TFix : CodeFixProvider, new()
    {
        var test = new Test<TFix>();
        for (int i = 0; i < before.Length; i++)
        {
            test.TestState.Sources.Add(before[i]);
            test.FixedState.Sources.Add(after[i]);
        }

        await test.RunAsync(CancellationToken.None);
    }

    /// <summary>The fix has nothing to offer here.</summary>
    public static Task Leaves<TFix>(string source)
        where TFix : CodeFixProvider, new()
        => Changes<TFix>(source, source);

    private sealed class Test<TFix> : CSharpCodeFixTest<DifferentiableAnalyzer, TFix, DefaultVerifier>
        where TFix : CodeFixProvider, new()
    {
        public Test()
        {
            // The test's own framework: no packages are fetched while it runs.
            ReferenceAssemblies = new ReferenceAssemblies("net10.0");
            IEnumerable<MetadataReference> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || path.EndsWith("mscorlib.dll", StringComparison.Ordinal) || path.EndsWith("netstandard.dll", StringComparison.Ordinal) || path.EndsWith("Backprop.Gen.dll", StringComparison.Ordinal))
                .Select(path => MetadataReference.CreateFromFile(path));
            TestState.AdditionalReferences.AddRange(references);
            CompilerDiagnostics = CompilerDiagnostics.Errors;
        }

        protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(LanguageVersion.Preview);
    }
}
