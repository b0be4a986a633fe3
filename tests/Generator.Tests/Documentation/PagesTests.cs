using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Backprop.Generator.Tests.Documentation;

/// <summary>The C# on pages for users compiles, and what is shown as emitted is.</summary>
public sealed class PagesTests
{
    private const string Usings = "#pragma warning disable\nusing System;\nusing System.Collections.Generic;\nusing System.Numerics;\nusing Backprop;\n";

    /// <summary>What the pages take for given.</summary>
    private const string Given = Usings + """
        public static class Given
        {
            public static double slope = 1, intercept = 2;
            public static double[] x = [1, 2], y = [3, 4];
        }

        [Differentiable]
        public sealed partial class Layer
        {
            public float[] W = [];
        }
        """;

    public static TheoryData<string> Pages => ["README.md", "docs/emitted-members.md", "docs/tensors.md"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_code_compiles(string page)
    {
        string[] files = [.. Blocks(page).Where(static block => !IsEmitted(block)).Select(File)];
        Assert.NotEmpty(files);
        Output output = new Consumer { Language = Microsoft.CodeAnalysis.CSharp.LanguageVersion.Preview }.Generate(files.Prepend(Given)).CompilesCleanly();
        Assert.NotEqual(0, output.Files);
    }

    [Fact]
    public void The_readme_shows_what_is_emitted()
    {
        string[] blocks = Blocks("README.md");
        string emitted = Lines(new Consumer().Generate(Usings + blocks[0]).Text);
        Assert.Contains(Lines(blocks.Single(IsEmitted)), emitted, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_of_tensors_shows_what_is_emitted()
    {
        string[] blocks = Blocks("docs/tensors.md");
        Assert.Contains(Lines(blocks.Single(IsEmitted)), Lines(new Consumer().Generate(Usings + blocks[0]).Text), StringComparison.Ordinal);
    }

    private static bool IsEmitted(string block) => block.StartsWith("[MethodImpl(", StringComparison.Ordinal) || block.TrimStart().StartsWith("// backward", StringComparison.Ordinal);

    /// <summary>Types stand for themselves; members get a type, statements a method.</summary>
    private static string File(string block, int number)
        => Regex.IsMatch(block, @"^(public |internal )(\w+ )*(class|record|struct) ", RegexOptions.Multiline) ? Usings + block.Replace("using Backprop;\n", "")
            : Regex.IsMatch(block, @"^\[?(Differentiable|Pullback|public|private|internal)", RegexOptions.None) ? $"{Usings}public static partial class Members{number}\n{{\n{block}\n}}\n"
            : $"{Usings}using static Given;\npublic static class Statements{number}\n{{\npublic static void Run()\n{{\n{block}\n}}\n}}\n";

    private static string Lines(string text) => string.Join("\n", text.Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0));

    private static string[] Blocks(string page)
        => [.. System.IO.File.ReadAllText(Path.Combine(Root(), page)).Split("```csharp\n").Skip(1).Select(static rest => rest.Split("\n```")[0])];

    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));
}
