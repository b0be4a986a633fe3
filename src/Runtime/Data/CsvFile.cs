using System.Collections;

namespace Backprop;

/// <summary>Reads a file of comma-separated values row by row (RFC 4180: quoted fields, doubled quotes, line breaks inside quotes).</summary>
public sealed class CsvFile : IEnumerable<CsvRow>
{
    private readonly Func<TextReader> open;
    private readonly CsvHeader header;
    private readonly char separator;

    private CsvFile(Func<TextReader> open, CsvHeader header, char separator)
    {
        this.open = open;
        this.header = header;
        this.separator = separator;
    }

    /// <summary>A file, opened anew by each enumeration.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">Whether the first row names the columns.</param>
    /// <param name="separator">The character between fields.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static CsvFile Open(string path, CsvHeader header = CsvHeader.FirstRow, char separator = ',')
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file {path}.", path);
        return new CsvFile(() => new StreamReader(path), header, separator);
    }

    /// <summary>Text in memory.</summary>
    /// <param name="text">The rows.</param>
    /// <param name="header">Whether the first row names the columns.</param>
    /// <param name="separator">The character between fields.</param>
    public static CsvFile Parse(string text, CsvHeader header = CsvHeader.FirstRow, char separator = ',')
    {
        ArgumentNullException.ThrowIfNull(text);
        return new CsvFile(() => new StringReader(text), header, separator);
    }

    /// <summary>Makes samples from the rows, once, into an array that can be shuffled.</summary>
    /// <param name="sample">Makes a sample of a row.</param>
    /// <exception cref="FormatException">The file is malformed, or <paramref name="sample"/> asked for a number where there is none.</exception>
    public TSample[] Read<TSample>(Func<CsvRow, TSample> sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return this.Select(sample).ToArray();
    }

    /// <summary>The rows, one after another.</summary>
    /// <exception cref="FormatException">A quote is not closed, or a row has another number of fields than the first.</exception>
    public IEnumerator<CsvRow> GetEnumerator()
    {
        using TextReader reader = open();
        var parser = new CsvParser(reader, separator);
        CsvColumns? columns = null;
        while (parser.ReadRow() is { } fields)
        {
            if (columns is null)
            {
                columns = new CsvColumns(header == CsvHeader.FirstRow ? fields : null, fields.Length);
                if (header == CsvHeader.FirstRow)
                    continue;
            }

            if (fields.Length != columns.Count)
                throw new FormatException($"Line {parser.RowLine} has {fields.Length} fields; the first row has {columns.Count}.");
            yield return new CsvRow(columns, fields, parser.RowLine);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
