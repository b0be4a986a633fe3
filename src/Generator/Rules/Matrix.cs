using Backprop.Generator.IR;

namespace Backprop.Generator.Rules;

/// <summary>Matrices of numbers, as vectors row by row.</summary>
internal static class Matrix
{
    /// <summary>The product of a matrix with <paramref name="inner"/> columns and one with as many rows.</summary>
    public static Vector Product(Vector a, Vector b, int inner)
    {
        int columns = b.Count / inner;
        return Vector.Of(a.Count / inner * columns, at => Vector.Dot(Row(a, at / columns, inner), Column(b, at % columns, columns)));
    }

    public static Vector Transposed(Vector a, int columns)
        => Vector.Of(a.Count, at => a[(at % (a.Count / columns) * columns) + (at / (a.Count / columns))]);

    public static Vector Row(Vector a, int row, int columns) => a.Slice(row * columns, columns);

    public static Vector Column(Vector a, int column, int columns) => Vector.Of(a.Count / columns, row => a[(row * columns) + column]);

    /// <summary>Every number of the one times every number of the other.</summary>
    public static Vector Outer(Vector a, Vector b) => Vector.Of(a.Count * b.Count, at => a[at / b.Count] * b[at % b.Count]);

    /// <summary>A matrix that only its first rows and columns set apart from the unit matrix.</summary>
    public static Vector Framed(Vector a, int columns, int size)
    {
        Expr zero = Formulas.ZeroOf(a[0]), one = Formulas.OneOf(a[0]);
        return Vector.Of(size * size, at => at % size < columns && at / size < a.Count / columns ? a[(at / size * columns) + (at % size)] : at / size == at % size ? one : zero);
    }

    public static Vector Unit(Expr like, int size) => Vector.Of(size * size, at => like.Type.Number(at / size == at % size ? 1 : 0));

    public static Expr Determinant(Vector m)
    {
        (Expr[] upper, Expr[] lower) = Minors(m);
        return (upper[0] * lower[5]) - (upper[1] * lower[4]) + (upper[2] * lower[3]) + (upper[3] * lower[2]) - (upper[4] * lower[1]) + (upper[5] * lower[0]);
    }

    /// <summary>The inverse of a matrix of four rows, by its minors.</summary>
    public static Vector Inverse(Vector m)
    {
        (Expr[] s, Expr[] c) = Minors(m);
        Vector adjugate = new(
        [
            Three(m[5], c[5], m[6], c[4], m[7], c[3]), -Three(m[1], c[5], m[2], c[4], m[3], c[3]), Three(m[13], s[5], m[14], s[4], m[15], s[3]), -Three(m[9], s[5], m[10], s[4], m[11], s[3]),
            -Three(m[4], c[5], m[6], c[2], m[7], c[1]), Three(m[0], c[5], m[2], c[2], m[3], c[1]), -Three(m[12], s[5], m[14], s[2], m[15], s[1]), Three(m[8], s[5], m[10], s[2], m[11], s[1]),
            Three(m[4], c[4], m[5], c[2], m[7], c[0]), -Three(m[0], c[4], m[1], c[2], m[3], c[0]), Three(m[12], s[4], m[13], s[2], m[15], s[0]), -Three(m[8], s[4], m[9], s[2], m[11], s[0]),
            -Three(m[4], c[3], m[5], c[1], m[6], c[0]), Three(m[0], c[3], m[1], c[1], m[2], c[0]), -Three(m[12], s[3], m[13], s[1], m[14], s[0]), Three(m[8], s[3], m[9], s[1], m[10], s[0]),
        ]);
        return adjugate / Determinant(m);

        static Expr Three(Expr a, Expr b, Expr c, Expr d, Expr e, Expr f) => (a * b) - (c * d) + (e * f);
    }

    // Of the columns 01, 02, 03, 12, 13, 23: in the upper two rows and in the lower two.
    private static (Expr[] Upper, Expr[] Lower) Minors(Vector m)
    {
        (int A, int B)[] columns = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)];
        return ([.. columns.Select(c => Minor(0, c.A, c.B))], [.. columns.Select(c => Minor(8, c.A, c.B))]);

        Expr Minor(int row, int a, int b) => (m[row + a] * m[row + 4 + b]) - (m[row + b] * m[row + 4 + a]);
    }
}
