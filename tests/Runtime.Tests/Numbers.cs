using System.Numerics;

namespace Backprop.Tests;

/// <summary>Numbers for tests that do not care which.</summary>
internal static class Numbers
{
    public static T[] Normal<T>(int count, long stream)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new RandomStream(7, "tests", stream);
        return [.. Enumerable.Range(0, count).Select(i => T.CreateTruncating(random.NormalsAt(i).First))];
    }

    /// <summary>A model of a matrix, a vector and a scalar.</summary>
    public static Tensors<T> Model<T>(long stream)
        where T : unmanaged, IFloatingPointIeee754<T> => new Tensors<T>()
            .Add("Layers[0].W", [5, 7], Normal<T>(35, stream))
            .Add("Layers[0].Bias", [19], Normal<T>(19, stream + 1))
            .Add("Scale", [], Normal<T>(1, stream + 2));
}
