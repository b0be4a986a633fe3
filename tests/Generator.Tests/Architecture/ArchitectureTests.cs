using System.Runtime.CompilerServices;

namespace Backprop.Generator.Tests.Architecture;

/// <summary>The sources of the generator keep to its architecture.</summary>
public sealed class ArchitectureTests
{
    private const int LongestFile = 400;
    private const int LongestFrontDoor = 80;

    [Fact]
    public void No_arrow_points_the_wrong_way()
        => Assert.Empty(Files().SelectMany(file => Layers.Violations(file.Path, file.Text)));

    [Fact]
    public void No_file_is_too_long()
        => Assert.Empty(Files().Where(file => Lines(file.Text) > LongestFile).Select(file => $"{file.Path}: {Lines(file.Text)} lines"));

    [Fact]
    public void The_generator_itself_is_only_its_pipeline()
        => Assert.InRange(Lines(Files().Single(file => file.Path == "DifferentiableGenerator.cs").Text), 1, LongestFrontDoor);

    private static int Lines(string text) => text.TrimEnd('\n').Count(c => c == '\n') + 1;

    private static List<(string Path, string Text)> Files()
    {
        string root = Root();
        IEnumerable<string> paths = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'));
        List<(string, string)> files = [.. paths.Where(IsSource).Order(StringComparer.Ordinal).Select(path => (path, File.ReadAllText(Path.Combine(root, path))))];
        Assert.True(files.Count > 50, "The sources of the generator were not found.");
        return files;
    }

    private static bool IsSource(string path) => path.Split('/')[0] is not ("obj" or "bin");

    private static string Root([CallerFilePath] string here = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Generator"));
}
