namespace Backprop;

/// <summary>Fresh gradients.</summary>
public static class Zeros
{
    /// <summary>An array of rows of the same lengths as those of <paramref name="rows"/>, all zero.</summary>
    public static T[][] Like<T>(T[][] rows) => Array.ConvertAll(rows, row => new T[row.Length]);
}
