using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Backprop.Generator.Tests.Tensors;

/// <summary>What docs/tensors.md says of members.</summary>
internal static partial class TensorDocs
{
    private static readonly string text = File.ReadAllText(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Here())!, "../../../docs/tensors.md"));

    /// <summary>The first column of the tables.</summary>
    public static IReadOnlySet<string> Listed { get; } = Names(text);

    /// <summary>The first column of the table of those that are refused.</summary>
    public static IReadOnlySet<string> Refused { get; } = Names(text[text.IndexOf("## Refused", StringComparison.Ordinal)..text.IndexOf("## Nothing", StringComparison.Ordinal)]);

    /// <summary>Every member that is named anywhere.</summary>
    public static IReadOnlySet<string> Named { get; } = Member().Matches(text).Select(static match => match.Groups[1].Value).ToHashSet();

    private static HashSet<string> Names(string part)
        => [.. Row().Matches(part).SelectMany(static row => Member().Matches(row.Groups[1].Value)).Select(static name => name.Groups[1].Value)];

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"^\| (`[^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(\w+)")]
    private static partial Regex Member();
}
