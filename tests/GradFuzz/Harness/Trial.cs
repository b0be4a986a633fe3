using Backprop.Fuzz.Ast;
using Backprop.Fuzz.Generation;
using Backprop.Fuzz.Oracles;
using Backprop.Fuzz.Print;
using Backprop.Fuzz.Faults;
using Backprop.Generator.Transforms;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Backprop.Fuzz.Harness;

/// <summary>Differentiates, compiles and checks some programs together.</summary>
internal sealed class Trial
{
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(20);

    private readonly Effort effort;
    private readonly Fault? fault;
    private readonly Dictionary<Sample, Outcome> outcomes = [];
    private readonly List<Sample> left;
    private readonly Dictionary<Sample, SyntaxTree> sources;
    private readonly Dictionary<Sample, SyntaxTree> runs;

    private Trial(IReadOnlyList<Sample> samples, Effort effort, Fault? fault)
    {
        this.effort = effort;
        this.fault = fault;
        left = [.. samples];
        sources = samples.ToDictionary(sample => sample, sample => Compiler.Tree(SourcePrinter.File(sample.Program), sample.Program.Name + ".cs"));
        runs = samples.ToDictionary(sample => sample, sample => Compiler.Tree(new RunPrinter(sample.Program).File(), sample.Program.Name + ".Run.cs"));
    }

    /// <param name="fault">A deliberate fault in the generator.</param>
    public static IReadOnlyList<Outcome> Of(IReadOnlyList<Sample> samples, Effort effort, Fault? fault = null)
    {
        var trial = new Trial(samples, effort, fault);
        trial.Run();
        return [.. samples.Select(sample => trial.outcomes[sample])];
    }

    private void Run()
    {
        CSharpCompilation compilation = Compiler.Compile(left.Select(sample => sources[sample]));
        Emission emission = new(compilation);
        emission.Generate();
        if (emission.Exception is { } exception)
        {
            Fail(left, "generator", exception.ToString());
            return;
        }

        Judge(emission.Diagnostics(), emission);
        if (effort == Effort.Full)
        {
            emission.GenerateAfresh();
        }

        if (emission.Unsteady is { } unsteady)
        {
            Fail(left, "determinism", unsteady);
            return;
        }

        Check(emission);
    }

    private void Fail(IEnumerable<Sample> samples, string oracle, string detail)
    {
        foreach (Sample sample in samples.ToArray())
        {
            outcomes[sample] = new Failed(sample, oracle, detail);
            left.Remove(sample);
        }
    }

    /// <summary>A program has emitted code or an error that says why not; never both, never neither.</summary>
    private void Judge(IReadOnlyList<Diagnostic> diagnostics, Emission emission)
    {
        foreach (Sample sample in left.ToArray())
        {
            Diagnostic[] errors = [.. diagnostics.Where(diagnostic => diagnostic.Location.SourceTree == sources[sample] && diagnostic.Severity == DiagnosticSeverity.Error)];
            bool isEmitted = emission.Files.ContainsKey(NameOf(sample.Program));
            if (errors.FirstOrDefault(error => error.Id.StartsWith("BPG9", StringComparison.Ordinal)) is { } defect)
            {
                Fail([sample], "internal error", defect.ToString());
            }
            else if (errors.Length > 0)
            {
                outcomes[sample] = new Refused(sample, [.. errors.Select(error => error.Id)]);
                left.Remove(sample);
            }
            else if (!isEmitted && !HasOwnErrors(sample, emission))
            {
                Fail([sample], "silence", "neither code nor a diagnostic");
            }
        }
    }

    /// <summary>The fuzzer wrote something that is no C#.</summary>
    private bool HasOwnErrors(Sample sample, Emission emission)
    {
        if (Compiler.Compile([sources[sample]]).GetDiagnostics().FirstOrDefault(problem => problem.Severity == DiagnosticSeverity.Error) is { } error)
        {
            Fail([sample], "fuzzer", error.ToString());
            return true;
        }

        return false;
    }

    private void Check(Emission emission)
    {
        Dictionary<string, Build> builds = [];
        try
        {
            foreach ((string variant, Func<IReadOnlyDictionary<string, string>> files, OptimizationLevel level) in Wanted(emission))
            {
                Make(variant, files(), level, emission, builds);
            }

            foreach (Sample sample in left.ToArray())
            {
                outcomes[sample] = Judged(sample, builds);
            }
        }
        finally
        {
            builds.Values.ToList().ForEach(build => build.Dispose());
        }
    }

    private IEnumerable<(string, Func<IReadOnlyDictionary<string, string>>, OptimizationLevel)> Wanted(Emission emission)
    {
        yield return (Specimen.Release, () => fault is null ? emission.Files : emission.With(Passes.All, fault.Amend), OptimizationLevel.Release);
        if (effort == Effort.Full)
        {
            yield return (Specimen.Debug, () => emission.Files, OptimizationLevel.Debug);
            foreach (Passes pass in new[] { Passes.Simplify, Passes.Fusion, Passes.Recomputation })
            {
                yield return ("without " + pass, () => emission.With(Passes.All & ~pass), OptimizationLevel.Debug);
            }
        }
    }

    /// <summary>Compiles what is left and differs from what is compiled already; programs that do not compile drop out, and the others are compiled again.</summary>
    private void Make(string variant, IReadOnlyDictionary<string, string> texts, OptimizationLevel level, Emission emission, Dictionary<string, Build> builds)
    {
        bool isOther(KeyValuePair<string, string> file) => !builds.ContainsKey(Specimen.Debug) || !emission.Files.TryGetValue(file.Key, out string? usual) || file.Value != usual;
        HashSet<string> changed = [.. texts.Where(isOther).Select(file => OwnerOf(file.Key))];
        Dictionary<string, SyntaxTree> files = texts.Where(file => changed.Contains(OwnerOf(file.Key))).ToDictionary(file => file.Key, file => Compiler.Tree(file.Value, variant + "/" + file.Key));
        while (left.Where(sample => changed.Contains(sample.Program.Name)).ToDictionary(sample => sample.Program.Name) is { Count: > 0 } owners)
        {
            SyntaxTree[] emitted = [.. files.Where(file => owners.ContainsKey(OwnerOf(file.Key))).Select(file => file.Value)];
            Build build = Build.Of(owners.Values.SelectMany(sample => new[] { sources[sample], runs[sample] }), emitted, level);
            if (build.Problems.Count == 0)
            {
                builds[variant] = build;
                return;
            }

            foreach (IGrouping<string, Diagnostic> problems in build.Problems.GroupBy(problem => OwnerOf(Path.GetFileName(problem.Location.SourceTree?.FilePath ?? owners.Keys.First()))))
            {
                Diagnostic problem = problems.First();
                bool isOwn = problem.Location.SourceTree == sources[owners[problems.Key]];
                Fail([owners[problems.Key]], isOwn ? "fuzzer" : "compilation", $"{variant}: {problem}");
            }

            build.Dispose();
        }
    }

    private static string NameOf(FuzzProgram program) => $"{program.Name}.{(program.Main.Owner is { } owner ? owner.Name + "." : "")}{program.Main.Name}.g.cs";

    private static string OwnerOf(string file) => file.Split('.')[0];

    private Outcome Judged(Sample sample, Dictionary<string, Build> builds)
    {
        Task<Outcome> task = Task.Factory.StartNew(() => Judged(new Specimen(sample, builds)), TaskCreationOptions.LongRunning);
        return task.Wait(longest) ? task.Result : new Failed(sample, "hang", $"does not end in {longest}");
    }

    private Outcome Judged(Specimen specimen)
    {
        foreach (Oracle oracle in effort == Effort.Full ? Oracle.All : Oracle.Essential)
        {
            try
            {
                if (oracle.Check(specimen) is { } found)
                {
                    return new Failed(specimen.Sample, oracle.Name, found) { Calls = specimen.Calls };
                }
            }
            catch (Exception exception)
            {
                return new Failed(specimen.Sample, "exception", $"{oracle.Name}: {exception.GetBaseException()}");
            }
        }

        return new Passed(specimen.Sample) { Calls = specimen.Calls };
    }
}
