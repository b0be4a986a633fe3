using System.Numerics;

namespace Backprop;

/// <summary>Inverse matrices as values: what <c>Invert</c> hands over in an <c>out</c> parameter, for emitted methods.</summary>
public static class Inverse
{
    /// <summary>The result and the inverse that <see cref="Matrix3x2.Invert"/> gives.</summary>
    /// <param name="matrix">The matrix to invert.</param>
    /// <returns>Whether there is an inverse, and the inverse; of NaN where there is none.</returns>
    public static (bool, Matrix3x2) Of(Matrix3x2 matrix) => (Matrix3x2.Invert(matrix, out Matrix3x2 inverse), inverse);

    /// <summary>The result and the inverse that <see cref="Matrix4x4.Invert"/> gives.</summary>
    /// <param name="matrix">The matrix to invert.</param>
    /// <returns>Whether there is an inverse, and the inverse; of NaN where there is none.</returns>
    public static (bool, Matrix4x4) Of(Matrix4x4 matrix) => (Matrix4x4.Invert(matrix, out Matrix4x4 inverse), inverse);
}
