namespace Backprop;

/// <summary>Fresh gradients.</summary>
public static class Zeros
{
    /// <summary>An array of rows of the same lengths as those of <paramref name="rows"/>, all zero.</summary>
    public static T[][] Like<T>(T[][] rows) => Array.ConvertAll(rows, row => new T[row.Length]);

    /// <summary>A gradient for each of <paramref name="models"/>, all zero. What is there twice has one gradient.</summary>
    public static T?[] Like<T>(T?[] models)
        where T : class, IDifferentiable<T>
    {
        var copies = new LeafCopies();
        T?[] zeros = Array.ConvertAll(models, model => copies.Model(model));
        foreach (T? zero in zeros)
        {
            zero?.Clear();
        }

        return zeros;
    }
}
