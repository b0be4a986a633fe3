using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Backprop.Generator.Tests.Documentation;

/// <summary>The C# on pages for users compiles, and what is shown as emitted is.</summary>
public sealed class PagesTests
{
    /// <summary>What every new project imports, and the library.</summary>
    private const string Usings = "#pragma warning disable\nusing System;\nusing System.Collections.Generic;\nusing System.IO;\nusing System.Linq;\nusing System.Net.Http;\nusing System.Numerics;\nusing System.Threading;\nusing System.Threading.Tasks;\nusing Backprop;\n";

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

    /// <summary>What the pages on the runtime take for given, beside the model of docs/training.md.</summary>
    private const string GivenTraining = Usings + """
        public static class Given
        {
            public static Digit[] digits = [], heldOut = [];
            public static Linear model = new(), gradient = new();
            public static Optimizer optimizer = new Sgd();
            public static Schedule schedule = new ConstantSchedule(0.1);
            public static Trainer<Linear, Digit> trainer = null!;
            public static Checkpoint checkpoint = new();
            public static float[] x = [];
            public static double[] logits = [], dLogits = [];
            public static int[] labels = [];
            public static int label, classes, steps;
        }
        """;

    private static readonly string[] Compiled = ["README.md", "docs/emitted-members.md", "docs/tensors.md"];

    private static readonly string[] CompiledWithTraining = ["docs/training.md", "docs/optimizers.md", "docs/losses.md", "docs/checkpoints.md", "docs/logs.md"];

    public static TheoryData<string> Pages => [.. Compiled];

    public static TheoryData<string> TrainingPages => [.. CompiledWithTraining];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_code_compiles(string page)
    {
        string[] files = [.. Blocks(page).Where(static block => !IsEmitted(block)).Select(File)];
        Assert.NotEmpty(files);
        Output output = new Consumer { Language = Microsoft.CodeAnalysis.CSharp.LanguageVersion.Preview }.Generate(files.Prepend(Given)).CompilesCleanly();
        Assert.NotEqual(0, output.Files);
    }

    [Theory]
    [MemberData(nameof(TrainingPages))]
    public void The_code_on_training_compiles(string page)
    {
        string model = Blocks("docs/training.md").First(static block => block.Contains("class Linear", StringComparison.Ordinal));
        string[] own = [.. Blocks(page).Where(block => block != model)];
        Assert.NotEmpty(own);
        new Consumer { Language = Microsoft.CodeAnalysis.CSharp.LanguageVersion.Preview }.Generate([GivenTraining, File(model, 0), .. own.Select((block, i) => File(block, i + 1))]).CompilesCleanly();
    }

    [Fact]
    public void Every_page_with_code_is_compiled()
    {
        // That of gradient-check.md is run by another test; a diagnostic's page shows what is refused.
        IEnumerable<string> pages = Directory.GetFiles(Path.Combine(Root(), "docs"), "*.md").Where(static path => Blocks(path).Length > 0).Select(static path => "docs/" + Path.GetFileName(path));
        string[] known = [.. Compiled, .. CompiledWithTraining, "docs/gradient-check.md"];
        Assert.Equal(known.Order(), pages.Append("README.md").Order());
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
