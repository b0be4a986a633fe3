using Backprop.Generator.IR;
using System.Text.RegularExpressions;

namespace Backprop.Generator.Emit;

/// <summary>Types of the platform and of the runtime library: short with a <c>using</c>, or in full where the short name means something else.</summary>
internal sealed class KnownNames(HashSet<string> hidden, Container? container = null)
{
    private static readonly IReadOnlyDictionary<string, string> namespaces = KnownTypes.Namespaces;

    private static readonly Regex qualified = new(@"global::([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)", RegexOptions.CultureInvariant);
    private static readonly Regex bare = new(@"(?<![\w.:@])([A-Z]\w*)", RegexOptions.CultureInvariant);

    private readonly SortedSet<string> usings = new(StringComparer.Ordinal);

    /// <summary>The namespaces that the names asked for so far need.</summary>
    public IEnumerable<string> Usings => usings;

    /// <summary>Whether the name means something of the user's.</summary>
    public bool Hides(string name) => hidden.Contains(name);

    /// <summary>Text for a known type, or for a member of one: <c>Span</c>, <c>Math.Exp</c>.</summary>
    public string Name(string dotted)
    {
        int dot = dotted.IndexOf('.');
        string type = dot < 0 ? dotted : dotted.Substring(0, dot);
        if (!namespaces.TryGetValue(type, out string space))
        {
            return Shorten(dotted);
        }

        if (hidden.Contains(type))
        {
            return $"global::{space}.{dotted}";
        }

        usings.Add(space);
        return dotted;
    }

    /// <summary>Makes known names in a text short, and asks for the <c>using</c> lines of those that are short already.</summary>
    public string Shorten(string text)
    {
        string result = qualified.Replace(text, match => ShortOrNull(match.Groups[1].Value) ?? match.Value);
        foreach (Match match in bare.Matches(result))
        {
            if (namespaces.TryGetValue(match.Value, out string space) && !hidden.Contains(match.Value))
            {
                usings.Add(space);
            }
        }

        return result;
    }

    /// <summary>Asks for a namespace whose extension methods are called.</summary>
    public void Use(string space) => usings.Add(space);

    /// <summary>A type beside the one that is emitted into needs no qualification, unless the name means something nearer.</summary>
    private string? BesideOrNull(string path)
    {
        string space = container is { Namespace.Length: > 0 } ? container.Namespace + "." : "";
        string name = path.StartsWith(space, StringComparison.Ordinal) ? path.Substring(space.Length) : "";
        bool isSimple = container is not null && name.Length > 0 && name.IndexOf('.') < 0;
        return isSimple && !hidden.Contains(name) && (path == container!.Path || !container.Names.Contains(name)) && !namespaces.ContainsKey(name) ? name : null;
    }

    private string? ShortOrNull(string path)
    {
        if (BesideOrNull(path) is { } beside)
        {
            return beside;
        }

        for (int dot = path.IndexOf('.'); dot >= 0; dot = path.IndexOf('.', dot + 1))
        {
            string rest = path.Substring(dot + 1);
            int next = rest.IndexOf('.');
            string type = next < 0 ? rest : rest.Substring(0, next);
            if (namespaces.TryGetValue(type, out string space) && space == path.Substring(0, dot) && !hidden.Contains(type))
            {
                usings.Add(space);
                return rest;
            }
        }

        return null;
    }
}
