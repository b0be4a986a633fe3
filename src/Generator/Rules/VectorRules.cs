using static Backprop.Generator.Rules.Formulas;
using static Backprop.Generator.Rules.PartsRule;
using static Backprop.Generator.Rules.Vector;
using Expr = Backprop.Generator.IR.Expr;

namespace Backprop.Generator.Rules;

/// <summary>Vector2, Vector3 and Vector4 as vectors: products, lengths, transformations.</summary>
internal static class VectorRules
{
    public static IEnumerable<PartsRule> All =>
    [
        .. new[] { "Vector2", "Vector3", "Vector4", "Quaternion" }.SelectMany(Lengths),
        .. new[] { "Vector2", "Vector3", "Vector4" }.SelectMany(Distances),
        Like("Vector2.Cross(Vector2, Vector2)", a => (a[0][0] * a[1][1]) - (a[0][1] * a[1][0])),
        Like("Vector3.Cross(Vector3, Vector3)", a => Cross(a[0], a[1])),
        Like("Vector4.Cross(Vector4, Vector4)", a => Of(Cross(a[0], a[1]), a[0][3] * a[1][3])),
        Like("Vector2.Reflect(Vector2, Vector2)", a => Reflected(a[0], a[1])),
        Like("Vector3.Reflect(Vector3, Vector3)", a => Reflected(a[0], a[1])),
        .. new[] { "Transform", "TransformNormal" }.Select(member => Like(
            $"Vector2.{member}(Vector2, Matrix3x2)", a => Matrix.Product(Placed(a[0], member), a[1].Slice(0, Rows(member) * 2), Rows(member)))),
        .. from type in new[] { "Vector2", "Vector3" }
           from member in new[] { "Transform", "TransformNormal" }
           let size = type[6] - '0'
           select Like($"{type}.{member}({type}, Matrix4x4)", a => Transformed(a[0], a[1], member == "Transform" ? 1 : 0).Slice(0, size)),
        .. new[] { "Vector2", "Vector3", "Vector4" }.Select(type => Like($"Vector4.Transform({type}, Matrix4x4)", a => Transformed(a[0], a[1], 1))),
        .. new[] { "Vector2", "Vector3" }.Select(type => Like($"{type}.Transform({type}, Quaternion)", a => Rotated(a[0], a[1]).Slice(0, a[0].Count))),
        .. new[] { "Vector2", "Vector3" }.Select(type => Like($"Vector4.Transform({type}, Quaternion)", a => Of(Rotated(a[0], a[1]), Dot(a[1], a[1])))),
        Like("Vector4.Transform(Vector4, Quaternion)", a => RotatedAll(a[0], a[1])),
    ];

    /// <summary>A point turned by a quaternion, as the framework does it: a quaternion that is not of unit length also scales.</summary>
    public static Vector Rotated(Vector point, Vector q)
    {
        Vector v = point.Count == 3 ? point : Of(point, ZeroOf(point[0]));
        Vector axis = q.Slice(0, 3), turned = Cross(axis, v);
        return (v * Dot(q, q)) + (turned * (2 * q[3])) + (Cross(axis, turned) * 2);
    }

    /// <summary>The same for four numbers: the last one is only scaled.</summary>
    public static Vector RotatedAll(Vector v, Vector q) => Of(Rotated(v.Slice(0, 3), q), v[3] * Dot(q, q));

    /// <summary>A row vector times a matrix, its missing coordinates zeros and a last one.</summary>
    private static Vector Transformed(Vector v, Vector m, double last)
    {
        Vector sum = v[0] * Matrix.Row(m, 0, 4);
        for (int i = 1; i < v.Count; i++)
        {
            sum += v[i] * Matrix.Row(m, i, 4);
        }

        return v.Count < 4 && last != 0 ? sum + Matrix.Row(m, 3, 4) : sum;
    }

    private static int Rows(string member) => member == "Transform" ? 3 : 2;

    private static Vector Placed(Vector v, string member) => member == "Transform" ? Of(v, OneOf(v[0])) : v;

    private static Vector Reflected(Vector v, Vector normal) => v - (normal * (2 * Dot(v, normal)));

    private static Expr Squared(Vector v) => Dot(v, v);

    /// <summary>The slope of a length along the vector itself: 0 where there is no length.</summary>
    public static Expr Slope(Vector length, Vector cotangent) => Unless(IsZero(length), (Expr)cotangent / length);

    private static IEnumerable<PartsRule> Lengths(string type) =>
    [
        Like($"{type}.Dot({type}, {type})", a => Dot(a[0], a[1])),
        Like($"{type}.this.LengthSquared()", a => Squared(a[0])),
        PartsRule.Of($"{type}.this.Length()", (a, y, dy) => [a[0] * Slope(y, dy)]),
        PartsRule.Of($"{type}.Normalize({type})", (a, y, dy) => [(dy - (y * Dot(y, dy))) / Length(a[0])]),
    ];

    private static IEnumerable<PartsRule> Distances(string type) =>
    [
        Like($"{type}.DistanceSquared({type}, {type})", a => Squared(a[0] - a[1])),
        PartsRule.Of($"{type}.Distance({type}, {type})", (a, y, dy) => [(a[0] - a[1]) * Slope(y, dy), (a[1] - a[0]) * Slope(y, dy)]),
    ];
}
