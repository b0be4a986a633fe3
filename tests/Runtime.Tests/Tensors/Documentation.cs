using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Backprop.Tests.TensorPullbackTests;

/// <summary>The members that docs/tensors.md names in the first column of its tables.</summary>
internal static partial class Documentation
{
    private static readonly string text = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "../../../docs/tensors.md"));

    public static IReadOnlySet<string> Listed { get; } = Names(text);

    public static IReadOnlySet<string> Refused { get; } = Names(text[text.IndexOf("## Refused", StringComparison.Ordinal)..text.IndexOf("## Nothing", StringComparison.Ordinal)]);

    private static HashSet<string> Names(string part) =>
        [.. Rows().Matches(part).SelectMany(static row => Member().Matches(row.Groups[1].Value)).Select(static name => name.Groups[1].Value)];

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"^\| (`[^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex(@"`(\w+)")]
    private static partial Regex Member();
}
