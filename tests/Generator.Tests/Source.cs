using System.Text.RegularExpressions;
using Backprop.Generator.Frontend;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator.Tests;

/// <summary>C# text, compiled in memory against the framework and the runtime library.</summary>
internal static class Source
{
    public static IReadOnlyList<MetadataReference> References { get; } = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Append(typeof(DifferentiableAttribute).Assembly.Location)
        .Distinct()
        .Select(static path => MetadataReference.CreateFromFile(path))];

    public static CSharpParseOptions Parse { get; } = new(LanguageVersion.CSharp13);

    /// <summary>A static partial class <c>C</c> around members.</summary>
    public static string InClass(string members) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Backprop;

        public static partial class C
        {
        {{members}}
        }

        """;

    public static CSharpCompilation Compile(params string[] files) => CSharpCompilation.Create(
        "Test",
        files.Select(static (text, i) => CSharpSyntaxTree.ParseText(text, Parse, path: $"File{i}.cs")),
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

    public static CSharpCompilation CompileValid(params string[] files)
    {
        CSharpCompilation compilation = Compile(files);
        Assert.DoesNotContain(compilation.GetDiagnostics(), static d => d.Severity == DiagnosticSeverity.Error);
        return compilation;
    }

    /// <summary>Lowers the first method marked [Differentiable].</summary>
    public static LoweredMethod Lower(CSharpCompilation compilation) => LowerAll(compilation, "Differentiable").First();

    /// <summary>Lowers every method whose attributes contain a text.</summary>
    public static IEnumerable<LoweredMethod> LowerAll(CSharpCompilation compilation, string attribute)
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (MethodDeclarationSyntax node in tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
            {
                if (node.AttributeLists.ToString().Contains(attribute))
                {
                    yield return Lowering.Lower(model.GetDeclaredSymbol(node)!, node, model, CancellationToken.None);
                }
            }
        }
    }

    public static Method LowerMethod(string members)
    {
        LoweredMethod lowered = Lower(CompileValid(InClass(members)));
        Assert.DoesNotContain(lowered.Diagnostics, static d => d.Severity == DiagnosticSeverity.Error);
        return Assert.IsType<Method>(lowered.Method);
    }

    /// <summary>
    /// The IR of a method's body, where unnamed variables, statements and sites are numbered as they come, and notes are left out.
    /// </summary>
    public static string BodyText(string members)
        => Numbered(Regex.Replace(IrText.Of(LowerMethod(members).Body), @" site \d+", ""));

    /// <summary>The text of IR without notes, its unnamed variables and its statements numbered as they come.</summary>
    public static string Numbered(string ir)
    {
        string text = string.Join("\n", ir.Split('\n').Where(static l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal))).TrimEnd('\n');
        var numbers = new Dictionary<string, int>();
        text = Regex.Replace(text, @"(?<=(if|loop|scope|leave|break|mirrors) )-?\d+", match => Number("s" + match.Value.TrimStart('-')));
        return Regex.Replace(text, @"#(\d+)", match => "#" + Number("v" + match.Value));

        string Number(string id)
        {
            char kind = id[0];
            if (!numbers.TryGetValue(id, out int number))
            {
                numbers[id] = number = 1 + numbers.Keys.Count(k => k[0] == kind);
            }

            return number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
