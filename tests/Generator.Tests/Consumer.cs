using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Backprop.Generator.Tests;

/// <summary>A project that uses the generator, as strict as can be unless a test says otherwise.</summary>
internal sealed record Consumer
{
    public LanguageVersion Language { get; init; } = LanguageVersion.CSharp13;

    public NullableContextOptions Nullable { get; init; } = NullableContextOptions.Enable;

    /// <summary>Arithmetic is checked by default.</summary>
    public bool IsChecked { get; init; }

    public DocumentationMode Documentation { get; init; } = DocumentationMode.Parse;

    public OptimizationLevel Optimization { get; init; } = OptimizationLevel.Release;

    /// <summary>What the project refers to besides the framework and the runtime library.</summary>
    public IReadOnlyList<MetadataReference> More { get; init; } = [];

    /// <summary>The property <c>BackpropCheckFinite</c> of the project; null where it does not set it.</summary>
    public string? CheckFinite { get; init; }

    private CSharpParseOptions Parse => new(Language, Documentation);

    private CSharpCompilationOptions Options => new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: Optimization,
        checkOverflow: IsChecked,
        allowUnsafe: true,
        nullableContextOptions: Nullable,
        warningLevel: 9999);

    public CSharpCompilation Compile(params IEnumerable<string> files)
        => CSharpCompilation.Create("Consumer", files.Select((text, i) => CSharpSyntaxTree.ParseText(text, Parse, $"File{i}.cs")), [.. Source.References, .. More], Options);

    /// <summary>The compilation together with what the generator adds to it.</summary>
    public Output Generate(params IEnumerable<string> files)
    {
        CSharpCompilation compilation = Compile(files);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: Parse, optionsProvider: new ProjectProperties(CheckFinite))
            .RunGenerators(compilation);
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        return new Output(compilation, [.. result.GeneratedSources.Select(source => source.SyntaxTree)], Parse);
    }
}

/// <summary>What the generator made.</summary>
internal sealed class Output(CSharpCompilation input, IReadOnlyList<SyntaxTree> emitted, CSharpParseOptions parse)
{
    public CSharpCompilation Input => input;

    /// <summary>The emitted files, each under its name, without the halves of methods.</summary>
    public string Text => Joined(emitted.Where(static tree => !IsHalves(tree)));

    /// <summary>The emitted files with the forward passes and pullbacks.</summary>
    public string Halves => Joined(emitted.Where(IsHalves));

    /// <summary>The names of the emitted files.</summary>
    public IEnumerable<string> Names => emitted.Select(static tree => Path.GetFileName(tree.FilePath));

    /// <summary>How many methods have both their files.</summary>
    public int Files => emitted.Count(static tree => !IsHalves(tree)) is var files && files == emitted.Count(IsHalves) ? files : -1;

    private static bool IsHalves(SyntaxTree tree) => tree.FilePath.EndsWith(".Forward.g.cs", StringComparison.Ordinal);

    private static string Joined(IEnumerable<SyntaxTree> trees)
        => trees.ToList() is { Count: 1 } only ? only[0].ToString() : string.Join("\n", trees.Select(static tree => $"// {Path.GetFileName(tree.FilePath)}\n{tree}"));

    /// <summary>Fails on anything that the compiler has to say, warnings included.</summary>
    public Output CompilesCleanly(params string[] more)
    {
        IEnumerable<Diagnostic> problems = With(more).GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        Assert.True(!problems.Any(), $"{string.Join("\n", problems)}\n{Text}");
        return this;
    }

    /// <summary>The output as another project refers to it.</summary>
    public MetadataReference Reference()
    {
        using MemoryStream stream = new();
        Assert.True(With([]).WithAssemblyName("Library").Emit(stream, options: new(metadataOnly: true, includePrivateMembers: false)).Success);
        return MetadataReference.CreateFromImage(stream.ToArray());
    }

    /// <summary>Loads the output and one more file of the consumer into memory.</summary>
    public Type Load(string type, params string[] more)
    {
        using MemoryStream stream = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = With(more).Emit(stream);
        Assert.True(result.Success, $"{string.Join("\n", result.Diagnostics)}\n{Text}");
        stream.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream).GetType(type, throwOnError: true)!;
    }

    private CSharpCompilation With(string[] more)
        => input.AddSyntaxTrees(emitted).AddSyntaxTrees(more.Select((text, i) => CSharpSyntaxTree.ParseText(text, parse, $"More{i}.cs")));
}
