using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Backprop.Fuzz.Harness;

/// <summary>Programs with emitted code, compiled and loaded.</summary>
internal sealed class Build : IDisposable
{
    private readonly AssemblyLoadContext context = new(null, isCollectible: true);
    private readonly System.Reflection.Assembly? assembly;

    private Build(MemoryStream image, IReadOnlyList<Diagnostic> problems)
    {
        Problems = problems;
        if (!problems.Any(problem => problem.Severity == DiagnosticSeverity.Error))
        {
            image.Position = 0;
            assembly = context.LoadFromStream(image);
        }
    }

    /// <summary>Errors, and warnings in what was emitted for the users: these get no code from which passes were left out.</summary>
    public IReadOnlyList<Diagnostic> Problems { get; }

    /// <param name="own">The programs and what runs them.</param>
    /// <param name="emitted">What the generator made of them.</param>
    public static Build Of(IEnumerable<SyntaxTree> own, IReadOnlyCollection<SyntaxTree> emitted, OptimizationLevel level)
    {
        CSharpCompilation compilation = Compiler.Compile(own.Concat(emitted)).WithOptions(Compiler.Options(level));
        MemoryStream image = new();
        EmitResult result = compilation.Emit(image);
        HashSet<SyntaxTree> products = [.. emitted];
        return new Build(image, [.. result.Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error
            || (problem.Severity == DiagnosticSeverity.Warning && level == OptimizationLevel.Release && problem.Location.SourceTree is { } tree && products.Contains(tree)))]);
    }

    public IRun RunOf(string program) => (IRun)Activator.CreateInstance(assembly!.GetType(program + "Run", throwOnError: true)!)!;

    /// <summary>Whether the program was built: where a pass left out changes nothing, it is not built again.</summary>
    public bool Has(string program) => assembly?.GetType(program + "Run") is not null;

    public void Dispose() => context.Unload();
}
