using System.Numerics;

namespace Backprop;

/// <summary>
/// Newton–Schulz iterations toward the orthogonal factor of a matrix: X ← aX + (bA + cA²)X with A = XXᵀ, whose quintic
/// drives singular values in (0, 1] toward 1. Coefficients and iteration: Jordan et al., 2024.
/// </summary>
internal static class Orthogonalization
{
    private const double A = 3.4445, B = -4.7750, C = 2.0315, Epsilon = 1e-7;

    /// <param name="x">The matrix, row-major; overwritten.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="iterations">Number of iterations.</param>
    /// <param name="next">Work space as large as <paramref name="x"/>.</param>
    /// <param name="gram">Work space k × k, k the smaller of rows and columns.</param>
    /// <param name="polynomial">Work space k × k.</param>
    internal static void Apply<T>(
        Span<T> x, int rows, int columns, int iterations, Span<T> next, Span<T> gram, Span<T> polynomial)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Axpy.Apply(1 / Math.Max(Reduce.Norm<T>(x), Epsilon), x, 0, x);
        // The Gram matrix is taken on the short side, so a tall matrix is turned first.
        bool isTall = rows > columns;
        int k = Math.Min(rows, columns), n = Math.Max(rows, columns);
        if (isTall) Transpose<T>(x, rows, columns, next);
        else x.CopyTo(next);
        Span<T> current = next, other = x;
        for (int i = 0; i < iterations; i++)
        {
            Iterate(current, k, n, other, gram, polynomial);
            Span<T> swapped = current;
            current = other;
            other = swapped;
        }
        // The result lies in x or in next, and must end in x with its first shape.
        if (current == next && isTall) Transpose<T>(current, k, n, x);
        else if (current == next) current.CopyTo(x);
        else if (isTall)
        {
            current.CopyTo(next);
            Transpose<T>(next, k, n, x);
        }
    }

    private static void Iterate<T>(ReadOnlySpan<T> x, int k, int n, Span<T> result, Span<T> gram, Span<T> polynomial)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < k; i++)
            for (int j = 0; j <= i; j++)
                gram[i * k + j] = gram[j * k + i] = T.CreateTruncating(Reduce.Dot(x.Slice(i * n, n), x.Slice(j * n, n)));
        for (int i = 0; i < k; i++)
        {
            Span<T> row = polynomial.Slice(i * k, k);
            Axpy.Apply(0, row, B, gram.Slice(i * k, k));
            AddProduct(row, C, gram.Slice(i * k, k), gram, k);
        }
        for (int i = 0; i < k; i++)
        {
            Span<T> row = result.Slice(i * n, n);
            Axpy.Apply(0, row, A, x.Slice(i * n, n));
            AddProduct(row, 1, polynomial.Slice(i * k, k), x, n);
        }
    }

    /// <summary>row += scale · weights · matrix, the matrix having rows of <paramref name="width"/>.</summary>
    private static void AddProduct<T>(Span<T> row, double scale, ReadOnlySpan<T> weights, ReadOnlySpan<T> matrix, int width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int j = 0; j < weights.Length; j++)
            Axpy.Apply(1, row, scale * double.CreateTruncating(weights[j]), matrix.Slice(j * width, width));
    }

    private static void Transpose<T>(ReadOnlySpan<T> source, int rows, int columns, Span<T> target)
        where T : unmanaged
    {
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) target[j * rows + i] = source[i * columns + j];
    }
}
