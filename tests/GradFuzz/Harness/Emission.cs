using Backprop.Generator;
using Backprop.Generator.Analyses;
using Backprop.Generator.Emit;
using Backprop.Generator.Frontend;
using Backprop.Generator.IR;
using Backprop.Generator.Transforms;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Backprop.Fuzz.Harness;

/// <summary>What the generator and the analyzer say about a compilation.</summary>
internal sealed class Emission(CSharpCompilation compilation)
{
    private static readonly string[] steps = [DifferentiableGenerator.Steps.Lower, DifferentiableGenerator.Steps.Differentiate, DifferentiableGenerator.Steps.Print];

    private static readonly GeneratorDriverOptions
        tracked = new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true),
        untracked = new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: false);

    private List<Prepared>? lowered;

    /// <summary>The emitted files, by name.</summary>
    public IReadOnlyDictionary<string, string> Files { get; private set; } = new Dictionary<string, string>();

    /// <summary>What a run for the same sources does again, or says differently; null where nothing.</summary>
    public string? Unsteady { get; private set; }

    public Exception? Exception { get; private set; }

    public void Generate()
    {
        GeneratorDriver driver = Driver(tracked).RunGenerators(compilation);
        GeneratorRunResult first = driver.GetRunResult().Results.Single();
        Exception = first.Exception;
        if (Exception is not null)
        {
            return;
        }

        Files = first.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());
        GeneratorRunResult second = driver.RunGenerators(compilation.Clone()).GetRunResult().Results.Single();
        string? rerun = steps.Where(second.TrackedSteps.ContainsKey)
            .FirstOrDefault(step => second.TrackedSteps[step].SelectMany(run => run.Outputs).Any(output => output.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged)));
        Unsteady = rerun is null ? null : $"step {rerun} ran again for the same sources";
    }

    /// <summary>The texts of a generator that knows nothing of an earlier run.</summary>
    public void GenerateAfresh()
    {
        GeneratorRunResult again = Driver(untracked).RunGenerators(compilation).GetRunResult().Results.Single();
        Unsteady ??= again.GeneratedSources.FirstOrDefault(source => Files[source.HintName] != source.SourceText.ToString()) is { HintName: { } name } ? $"{name} has another text" : null;
    }

    public IReadOnlyList<Diagnostic> Diagnostics()
        => compilation.WithAnalyzers([new DifferentiableAnalyzer()]).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();

    /// <summary>The emitted files where passes are left out or a fault is put in.</summary>
    public IReadOnlyDictionary<string, string> With(Passes passes, Func<string, Block, Block>? amend = null)
    {
        Dictionary<string, string> files = Files.ToDictionary();
        if (lowered is null)
        {
            List<Prepared> alone = [.. Lowered()];
            CallGraph graph = Differentiator.GraphOf(alone);
            lowered = [.. alone.Select(method => Differentiator.Knowing(method, graph))];
        }

        foreach (Prepared prepared in lowered)
        {
            Method method = prepared.Method;
            (files[$"{method.Container.Path}.{method.Name}.g.cs"], files[$"{method.Container.Path}.{method.Name}.Forward.g.cs"]) = Texts(prepared, passes, amend);
        }

        return files;
    }

    private IEnumerable<Prepared> Lowered()
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (MethodDeclarationSyntax node in tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Where(node => node.AttributeLists.Count > 0))
            {
                if (Lowering.Lower(model.GetDeclaredSymbol(node)!, node, model, default).Method is { } method)
                {
                    yield return new Prepared(method);
                }
            }
        }
    }

    /// <summary>A failure becomes a compiler error of its program.</summary>
    private static (string Backward, string Halves) Texts(Prepared method, Passes passes, Func<string, Block, Block>? amend)
    {
        try
        {
            return (Text(Differentiator.Differentiate(method, null, passes, amend)), Text(Differentiator.Split(method, passes, amend)));
        }
        catch (Exception exception)
        {
            return ("#error " + exception.ToString().ReplaceLineEndings(" "), "");
        }
    }

    private static string Text(Unit? unit) => unit is null ? "#error nothing was emitted" : Printer.Print(unit);

    private static GeneratorDriver Driver(GeneratorDriverOptions options)
        => CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: Compiler.Parse, driverOptions: options);
}
