using System.Globalization;

namespace Backprop;

/// <summary>One row of a file of comma-separated values. Numbers are read with a decimal point, whatever the user's culture.</summary>
public sealed class CsvRow
{
    private readonly CsvColumns columns;
    private readonly string[] fields;

    internal CsvRow(CsvColumns columns, string[] fields, int line)
    {
        this.columns = columns;
        this.fields = fields;
        Line = line;
    }

    /// <summary>Number of fields.</summary>
    public int Count => fields.Length;

    /// <summary>The line of the file on which the row starts, from 1.</summary>
    public int Line { get; }

    /// <summary>A field as text.</summary>
    /// <param name="column">Index of the column, from 0.</param>
    public string this[int column] => fields[column];

    /// <summary>A field as text.</summary>
    /// <param name="column">Name of the column.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public string this[string column] => fields[columns.IndexOf(column)];

    /// <summary>A field as a number.</summary>
    /// <exception cref="FormatException">It is not one; the message gives line and column.</exception>
    public double Double(int column) =>
        double.TryParse(fields[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw Malformed(column, "a number");

    /// <inheritdoc cref="Double(int)"/>
    public double Double(string column) => Double(columns.IndexOf(column));

    /// <summary>A field as a single-precision number, rounded once.</summary>
    /// <exception cref="FormatException">It is not a number; the message gives line and column.</exception>
    public float Single(int column) =>
        float.TryParse(fields[column], NumberStyles.Float, CultureInfo.InvariantCulture, out float value)
            ? value
            : throw Malformed(column, "a number");

    /// <inheritdoc cref="Single(int)"/>
    public float Single(string column) => Single(columns.IndexOf(column));

    /// <summary>A field as an integer.</summary>
    /// <exception cref="FormatException">It is not one; the message gives line and column.</exception>
    public int Integer(int column) =>
        int.TryParse(fields[column], NumberStyles.Integer, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw Malformed(column, "an integer");

    /// <inheritdoc cref="Integer(int)"/>
    public int Integer(string column) => Integer(columns.IndexOf(column));

    /// <summary>Neighbouring fields as numbers.</summary>
    /// <param name="first">Index of the first column.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="FormatException">One is not a number; the message gives line and column.</exception>
    public float[] Singles(int first, int count)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = Single(first + i);
        return values;
    }

    private FormatException Malformed(int column, string expected) =>
        new($"Line {Line}, column {column + 1}: '{fields[column]}' is not {expected}.");
}
