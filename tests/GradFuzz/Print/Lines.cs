using System.Text;

namespace Backprop.Fuzz.Print;

/// <summary>Lines of text, indented by braces.</summary>
public sealed class Lines
{
    private readonly StringBuilder text = new();
    private int depth;

    public void Add(string line) => text.Append(' ', line.Length == 0 ? 0 : 4 * (depth + 1)).Append(line).Append('\n');

    /// <summary>An opening brace now, the closing one when disposed.</summary>
    public IDisposable Braces()
    {
        Add("{");
        depth++;
        return new Closing(this);
    }

    public override string ToString() => text.ToString().TrimEnd('\n');

    private sealed class Closing(Lines lines) : IDisposable
    {
        public void Dispose()
        {
            lines.depth--;
            lines.Add("}");
        }
    }
}
