namespace Backprop.Generator.Emit;

/// <summary>Lines of text, each indented by how many blocks are open.</summary>
internal sealed class IndentedWriter
{
    private const string Indent = "    ";

    private readonly List<string> lines = [];
    private string indentation = "";

    /// <summary>The number of lines so far: a place to come back to.</summary>
    public int Mark => lines.Count;

    public int Column => indentation.Length;

    public void Line(string text) => lines.Add(text.Length == 0 ? "" : indentation + text);

    /// <summary>An empty line, unless a block was just opened.</summary>
    public void Blank()
    {
        if (lines.Count > 0 && !lines[lines.Count - 1].EndsWith("{", StringComparison.Ordinal))
        {
            Line("");
        }
    }

    public void Open()
    {
        Line("{");
        indentation += Indent;
    }

    public void Close()
    {
        indentation = indentation.Substring(Indent.Length);
        Line("}");
    }

    /// <summary>Puts a line before those written since <paramref name="mark"/>.</summary>
    public void Insert(int mark, string text) => lines.Insert(mark, indentation + text);

    /// <summary>The lines written since <paramref name="mark"/>.</summary>
    public IEnumerable<string> Since(int mark)
    {
        for (int i = mark; i < lines.Count; i++)
        {
            yield return lines[i];
        }
    }

    public override string ToString() => string.Join("\n", lines) + "\n";
}
