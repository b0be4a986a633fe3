namespace Backprop;

/// <summary>Whether a file of comma-separated values names its columns.</summary>
public enum CsvHeader
{
    /// <summary>The first row holds the names.</summary>
    FirstRow,

    /// <summary>Every row holds data.</summary>
    None,
}
