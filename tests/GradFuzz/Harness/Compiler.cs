using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Backprop.Fuzz.Harness;

/// <summary>Compiles programs in memory, as a strict project does.</summary>
internal static class Compiler
{
    private static readonly string[] assemblies = ["System.Private.CoreLib", "System.Runtime", "System.Runtime.InteropServices", "System.Memory", "System.Numerics.Vectors", "System.Collections", "System.Numerics.Tensors"];

    private static readonly IReadOnlyList<MetadataReference> references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => assemblies.Contains(Path.GetFileNameWithoutExtension(path)))
            .Append(typeof(DifferentiableAttribute).Assembly.Location)
            .Append(typeof(IRun).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static CSharpParseOptions Parse { get; } = new(LanguageVersion.CSharp13, DocumentationMode.None);

    // The generator asks nothing of what may be null.
    private static CSharpCompilation Empty { get; } = CSharpCompilation.Create("Programs", [], references, Options(OptimizationLevel.Debug));

    public static SyntaxTree Tree(string text, string path) => CSharpSyntaxTree.ParseText(text, Parse, path);

    /// <summary>Shares what Roslyn knows about the references with all other compilations.</summary>
    public static CSharpCompilation Compile(IEnumerable<SyntaxTree> trees) => Empty.AddSyntaxTrees(trees);

    /// <summary>Several trials run at once: a compilation of its own needs no more threads.</summary>
    public static CSharpCompilationOptions Options(OptimizationLevel level)
        => new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: level, nullableContextOptions: Nullability(level), allowUnsafe: true, concurrentBuild: false, warningLevel: 9999);

    /// <summary>Whether references may be null is found out once.</summary>
    private static NullableContextOptions Nullability(OptimizationLevel level) => level == OptimizationLevel.Release ? NullableContextOptions.Enable : NullableContextOptions.Annotations;
}
