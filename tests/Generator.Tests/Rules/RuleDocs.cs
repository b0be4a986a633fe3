using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Backprop.Generator.Rules;

namespace Backprop.Generator.Tests.Rules;

/// <summary>The rows of docs/rules.md: under a heading for each kind, <c>| `Member(x)` … | hosts | …</c>.</summary>
internal static partial class RuleDocs
{
    private static readonly Dictionary<string, string[]> Hosts = new()
    {
        ["all"] = ["Math", "MathF", "double", "float"],
        ["types"] = ["double", "float"],
    };

    /// <summary><c>Kind: Member</c> of each row.</summary>
    public static IEnumerable<string> Rows()
        => from row in Read() from member in row.Members select $"{row.Kind}: {member}";

    /// <summary><c>Member: hosts</c> of each row.</summary>
    public static IReadOnlyCollection<string> HostsOfRows()
        => (from row in Read() from member in row.Members select $"{member}: {row.Hosts}").ToHashSet();

    /// <summary><c>Kind: Type.Member</c> of each row about structs.</summary>
    public static IEnumerable<string> StructRows()
    {
        string kind = "";
        foreach (string line in File.ReadLines(Path()).SkipWhile(line => line != "## Structs").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)))
        {
            string[] cells = line.Split('|');
            kind = line.StartsWith("### ", StringComparison.Ordinal) ? line[4..] : kind;
            foreach (string member in cells.Length > 3 ? StructMember().Matches(cells[1].Split(';')[0]).Select(match => match.Groups[1].Value) : [])
            {
                foreach (string type in cells[2].Replace("vectors", "Vector2, Vector3, Vector4", StringComparison.Ordinal).Split(','))
                {
                    yield return $"{kind}: {type.Trim()}.{member}";
                }
            }
        }
    }

    private static IEnumerable<(string Kind, string[] Members, string Hosts)> Read()
    {
        string kind = "";
        foreach (string line in File.ReadLines(Path()))
        {
            string[] cells = line.Split('|');
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                kind = line[3..].Split(' ')[0];
            }
            else if (Enum.TryParse(kind, out RuleKind _) && cells.Length > 3 && Member().IsMatch(cells[1]))
            {
                string hosts = cells[2].Trim();
                yield return (
                    kind,
                    Member().Matches(cells[1]).Select(match => match.Groups[1].Value).ToArray(),
                    Hosts.TryGetValue(hosts, out string[]? named) ? string.Join(" ", named) : hosts.Replace(",", ""));
            }
        }
    }

    private static string Path([CallerFilePath] string here = "")
        => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "rules.md");

    [GeneratedRegex(@"`(\w+(?:\[\])?(?: =)?)[(`]")]
    private static partial Regex StructMember();

    [GeneratedRegex(@"`(\w+)[(`]")]
    private static partial Regex Member();
}
