using System.Text;

namespace Backprop;

/// <summary>Splits text into rows of fields.</summary>
internal sealed class CsvParser(TextReader reader, char separator)
{
    private readonly StringBuilder field = new();
    private readonly List<string> fields = [];
    private int line = 1;

    /// <summary>The line on which the last row started.</summary>
    public int RowLine { get; private set; }

    /// <summary>The next row, or null at the end. Blank lines are passed over.</summary>
    /// <exception cref="FormatException">A quote is not closed, or text follows a closing quote.</exception>
    public string[]? ReadRow()
    {
        while (reader.Peek() is '\n' or '\r')
            ReadLineBreak();
        if (reader.Peek() < 0)
            return null;
        RowLine = line;
        fields.Clear();
        do
        {
            ReadField();
        }
        while (TakeSeparator());
        ReadLineBreak();
        return fields.ToArray();
    }

    private bool TakeSeparator()
    {
        if (reader.Peek() != separator)
            return false;
        reader.Read();
        return true;
    }

    private void ReadField()
    {
        field.Clear();
        if (reader.Peek() == '"')
            ReadQuoted();
        while (reader.Peek() is var next && next >= 0 && next != separator && next is not ('\n' or '\r'))
            field.Append((char)reader.Read());
        fields.Add(field.ToString());
    }

    private void ReadQuoted()
    {
        reader.Read();
        while (true)
        {
            int next = reader.Read();
            if (next < 0)
                throw new FormatException($"The quote in the row of line {RowLine} is not closed.");
            if (next == '\n')
                line++;
            if (next != '"')
                field.Append((char)next);
            else if (reader.Peek() == '"')
                field.Append((char)reader.Read());
            else
                break;
        }

        if (reader.Peek() is var after && after >= 0 && after != separator && after is not ('\n' or '\r'))
            throw new FormatException($"Line {line}: text follows a closing quote.");
    }

    private void ReadLineBreak()
    {
        if (reader.Peek() == '\r')
            reader.Read();
        if (reader.Peek() == '\n')
            reader.Read();
        line++;
    }
}
