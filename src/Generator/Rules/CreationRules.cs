using Backprop.Generator.IR;
using static Backprop.Generator.Rules.Formulas;
using static Backprop.Generator.Rules.PartsRule;
using static Backprop.Generator.Rules.Vector;

namespace Backprop.Generator.Rules;

/// <summary>Matrices that turn, scale, move, mirror. Their rows act on row vectors.</summary>
internal static class CreationRules
{
    private const string Billboard = "it chooses its axes by thresholds; build the axes with Vector3.Cross and Vector3.Normalize and fill the matrix from them";

    private static readonly string[] billboards =
    [
        "CreateBillboard(Vector3, Vector3, Vector3, Vector3)", "CreateBillboardLeftHanded(Vector3, Vector3, Vector3, Vector3)",
        "CreateConstrainedBillboard(Vector3, Vector3, Vector3, Vector3, Vector3)", "CreateConstrainedBillboardLeftHanded(Vector3, Vector3, Vector3, Vector3, Vector3)",
    ];

    public static IEnumerable<PartsRule> All =>
    [
        Like("Matrix3x2.CreateRotation(float)", a => Planar(Turn(a[0]))),
        Like("Matrix3x2.CreateRotation(float, Vector2)", a => Planar(Turn(a[0]), a[1])),
        Like("Matrix3x2.CreateSkew(float, float)", a => Planar(Skew(a[0], a[1]))),
        Like("Matrix3x2.CreateSkew(float, float, Vector2)", a => Planar(Skew(a[0], a[1]), a[2])),
        .. Scales("Matrix3x2", 2),
        .. Scales("Matrix4x4", 3),
        Like("Matrix3x2.CreateTranslation(Vector2)", a => Vector.Of(Matrix.Unit(a[0][0], 2), a[0])),
        Like("Matrix3x2.CreateTranslation(float, float)", a => Vector.Of(Matrix.Unit(a[0][0], 2), a[0], a[1])),
        Like("Matrix4x4.CreateTranslation(Vector3)", a => Spatial(Matrix.Unit(a[0][0], 3), a[0])),
        Like("Matrix4x4.CreateTranslation(float, float, float)", a => Spatial(Matrix.Unit(a[0][0], 3), Vector.Of(a))),
        .. Enumerable.Range(0, 3).SelectMany(axis => new[]
        {
            Like($"Matrix4x4.CreateRotation{"XYZ"[axis]}(float)", a => Spatial(Turn(a[0], axis))),
            Like($"Matrix4x4.CreateRotation{"XYZ"[axis]}(float, Vector3)", a => Around(Turn(a[0], axis), a[1])),
        }),
        Like("Matrix4x4.CreateFromAxisAngle(Vector3, float)", a => Spatial(QuaternionRules.Rotation(QuaternionRules.OfAxis(a[0], a[1])))),
        Like("Matrix4x4.CreateFromQuaternion(Quaternion)", a => Spatial(QuaternionRules.Rotation(a[0]))),
        Like("Matrix4x4.CreateFromYawPitchRoll(float, float, float)", a => Spatial(QuaternionRules.Rotation(QuaternionRules.OfYawPitchRoll(a[0], a[1], a[2])))),
        Like("Matrix4x4.CreateWorld(Vector3, Vector3, Vector3)", a => Spatial(Axes(-a[1], a[2]), a[0])),
        Like("Matrix4x4.CreateReflection(Plane)", a => Reflection(PlaneRules.Normal(a[0]))),
        Like("Matrix4x4.CreateShadow(Vector3, Plane)", a => Shadow(a[0], PlaneRules.Normal(a[1]))),
        .. billboards.Select(member => Refused("Matrix4x4." + member, Billboard)),
    ];

    /// <summary>Three rows: an axis across, one upwards, and the direction that is given, each of unit length.</summary>
    public static Vector Axes(Vector direction, Vector up)
    {
        Vector z = Normalized(direction), x = Normalized(Cross(up, z));
        return Vector.Of(x, Cross(z, x), z);
    }

    /// <summary>A matrix of four rows from three rows and columns, and a translation.</summary>
    public static Vector Spatial(Vector linear, Vector? translation = null)
    {
        Vector matrix = Matrix.Framed(linear, 3, 4);
        return translation is null ? matrix : matrix.With(12, translation);
    }

    private static Vector Planar(Vector linear, Vector? center = null)
        => Vector.Of(linear, center is null ? new([ZeroOf(linear[0]), ZeroOf(linear[0])]) : center - Matrix.Product(center, linear, 2));

    private static Vector Around(Vector linear, Vector center) => Spatial(linear, center - Matrix.Product(center, linear, 3));

    private static Vector Turn(Expr angle) => new([Cos(angle), Sin(angle), -Sin(angle), Cos(angle)]);

    /// <summary>A turn around one of the three axes.</summary>
    private static Vector Turn(Expr angle, int axis)
    {
        (int u, int v) = ((axis + 1) % 3, (axis + 2) % 3);
        return Matrix.Unit(angle, 3).With((u * 3) + u, Cos(angle)).With((v * 3) + v, Cos(angle)).With((u * 3) + v, Sin(angle)).With((v * 3) + u, -Sin(angle));
    }

    private static Vector Skew(Expr x, Expr y) => new([OneOf(x), Tan(y), Tan(x), OneOf(x)]);

    private static IEnumerable<PartsRule> Scales(string type, int size)
    {
        string vector = "Vector" + size, numbers = string.Join(", ", Enumerable.Repeat("float", size));
        return new[] { vector, "float", numbers }.SelectMany(list => new[]
        {
            Like($"{type}.CreateScale({list})", a => Scaled(a, null)),
            Like($"{type}.CreateScale({list}, {vector})", a => Scaled([.. a.Take(a.Length - 1)], a[a.Length - 1])),
        });

        Vector Scaled(Vector[] factors, Vector? center)
        {
            Vector all = Vector.Of(factors), linear = Vector.Of(size * size, at => at / size != at % size ? ZeroOf(all[0]) : all.Count == 1 ? all[0] : all[at / size]);
            return size == 2 ? Planar(linear, center) : center is null ? Spatial(linear) : Around(linear, center);
        }
    }

    // A row vector p becomes p − 2 (p · plane) normal.
    private static Vector Reflection(Vector plane)
        => Matrix.Unit(plane[0], 4) - Matrix.Outer(plane * 2, Vector.Of(plane.Slice(0, 3), ZeroOf(plane[0])));

    private static Vector Shadow(Vector light, Vector plane)
        => (Matrix.Unit(light[0], 4) * Dot(plane.Slice(0, 3), light)) - Matrix.Outer(plane, Vector.Of(light, ZeroOf(light[0])));
}
