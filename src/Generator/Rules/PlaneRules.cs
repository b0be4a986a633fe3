using Backprop.Generator.IR;
using static Backprop.Generator.Rules.PartsRule;
using static Backprop.Generator.Rules.Vector;

namespace Backprop.Generator.Rules;

/// <summary>Planes: the normal, then the distance.</summary>
internal static class PlaneRules
{
    public static IEnumerable<PartsRule> All =>
    [
        Like("Plane.Dot(Plane, Vector4)", a => Dot(a[0], a[1])),
        Like("Plane.DotCoordinate(Plane, Vector3)", a => Dot(a[0].Slice(0, 3), a[1]) + a[0][3]),
        Like("Plane.DotNormal(Plane, Vector3)", a => Dot(a[0].Slice(0, 3), a[1])),
        Like("Plane.Normalize(Plane)", a => Normal(a[0])),
        Like("Plane.CreateFromVertices(Vector3, Vector3, Vector3)", a => Through(a[0], a[1], a[2])),
        PartsRule.Of("Plane.Transform(Plane, Matrix4x4)", Transformed),
        Like("Plane.Transform(Plane, Quaternion)", a => VectorRules.RotatedAll(a[0], a[1])),
    ];

    /// <summary>The same plane with a normal of unit length.</summary>
    public static Vector Normal(Vector plane) => plane / Length(plane.Slice(0, 3));

    private static Vector Through(Vector a, Vector b, Vector c)
    {
        Vector normal = Normalized(Cross(b - a, c - a));
        return Vector.Of(normal, -Dot(normal, a));
    }

    // y = M⁻¹ p, so dp = M⁻ᵀ dy and dM = −dp yᵀ.
    private static Vector[] Transformed(Vector[] a, Vector y, Vector dy)
    {
        Vector plane = Matrix.Product(dy, Matrix.Inverse(a[1]), 4);
        return [plane, -Matrix.Outer(plane, y)];
    }
}
