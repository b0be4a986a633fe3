using Backprop.Generator.IR;
using static Backprop.Generator.Rules.PartsRule;

namespace Backprop.Generator.Rules;

/// <summary>What is computed with matrices.</summary>
internal static class MatrixRules
{
    public static IEnumerable<PartsRule> All =>
    [
        .. new[] { "op_Multiply", "Multiply" }.Select(name => Like($"Matrix3x2.{name}(Matrix3x2, Matrix3x2)", a => Affine(a[0], a[1]))),
        .. new[] { "op_Multiply", "Multiply" }.Select(name => Like($"Matrix4x4.{name}(Matrix4x4, Matrix4x4)", a => Matrix.Product(a[0], a[1], 4))),
        Like("Matrix3x2.Lerp(Matrix3x2, Matrix3x2, float)", a => Vector.Lerp(a[0], a[1], a[2])),
        Like("Matrix4x4.Lerp(Matrix4x4, Matrix4x4, float)", a => Vector.Lerp(a[0], a[1], a[2])),
        Same("Matrix4x4.Transpose(Matrix4x4)", a => Matrix.Transposed(a[0], 4)),
        Like("Matrix3x2.this.GetDeterminant()", a => Determinant(a[0])),
        Like("Matrix4x4.this.GetDeterminant()", a => Matrix.Determinant(a[0])),
        Like("Matrix4x4.Transform(Matrix4x4, Quaternion)", a => Matrix.Product(a[0], Matrix.Framed(QuaternionRules.Rotation(a[1]), 3, 4), 4)),
        PartsRule.Of("Matrix3x2.Invert(Matrix3x2, out Matrix3x2)", (a, y, dy) => InverseOfAffine(a, y.Slice(1), dy.Slice(1))) with { Call = "global::Backprop.Inverse.Of({0})" },
        PartsRule.Of("Matrix4x4.Invert(Matrix4x4, out Matrix4x4)", (a, y, dy) => [Inverse(y.Slice(1), dy.Slice(1), 4)]) with { Call = "global::Backprop.Inverse.Of({0})" },
        Refused(
            "Matrix4x4.Decompose(Matrix4x4, out Vector3, out Quaternion, out Vector3)",
            "it gives several results by several ways; take Translation, the lengths of the rows and Quaternion.CreateFromRotationMatrix of the rows over their lengths"),
    ];

    private static Expr Determinant(Vector m) => (m[0] * m[3]) - (m[2] * m[1]);

    /// <summary>A product of matrices of three rows and two columns, whose third column is 0, 0, 1.</summary>
    private static Vector Affine(Vector a, Vector b)
    {
        Vector product = Matrix.Product(a, b.Slice(0, 4), 2);
        return product.With(4, product.Slice(4) + b.Slice(4));
    }

    // Y = A⁻¹: dA = −Yᵀ dY Yᵀ.
    private static Vector Inverse(Vector y, Vector dy, int size)
        => -Matrix.Product(Matrix.Product(Matrix.Transposed(y, size), dy, size), Matrix.Transposed(y, size), size);

    // The translation of the inverse is −t Y.
    private static Vector[] InverseOfAffine(Vector[] a, Vector y, Vector dy)
    {
        Vector turned = y.Slice(0, 4), translation = -Matrix.Product(dy.Slice(4), Matrix.Transposed(turned, 2), 2);
        Vector both = dy.Slice(0, 4) - Matrix.Outer(a[0].Slice(4), dy.Slice(4));
        return [Vector.Of(Inverse(turned, both, 2), translation)];
    }
}
