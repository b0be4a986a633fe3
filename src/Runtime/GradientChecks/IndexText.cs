using System.Globalization;

namespace Backprop;

/// <summary>Positions in arrays as text.</summary>
internal static class IndexText
{
    /// <summary><c>1, 2</c>: the indices of an element that is number <paramref name="flat"/> in row-major order.</summary>
    public static string Of(int flat, IReadOnlyList<int> shape)
    {
        string[] indices = new string[shape.Count];
        for (int d = shape.Count - 1; d >= 0; d--)
        {
            indices[d] = (flat % shape[d]).ToString(CultureInfo.InvariantCulture);
            flat /= shape[d];
        }

        return string.Join(", ", indices);
    }
}
