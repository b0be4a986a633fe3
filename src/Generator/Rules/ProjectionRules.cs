using Backprop.Generator.IR;
using static Backprop.Generator.Rules.CreationRules;
using static Backprop.Generator.Rules.Formulas;
using static Backprop.Generator.Rules.PartsRule;

namespace Backprop.Generator.Rules;

/// <summary>Matrices of cameras: views, projections, viewports, right-handed and left-handed.</summary>
internal static class ProjectionRules
{
    public static IEnumerable<PartsRule> All => Handed("", 1).Concat(Handed("LeftHanded", -1));

    private static IEnumerable<PartsRule> Handed(string hand, double side) =>
    [
        Like($"Matrix4x4.CreateLookAt{hand}(Vector3, Vector3, Vector3)", a => View(a[0], (a[0] - a[1]) * One(a, side), a[2])),
        Like($"Matrix4x4.CreateLookTo{hand}(Vector3, Vector3, Vector3)", a => View(a[0], a[1] * One(a, -side), a[2])),
        Like($"Matrix4x4.CreateOrthographic{hand}(float, float, float, float)", a => Orthographic(2 / a[0][0], 2 / a[1][0], a[2], a[3], side)),
        Like($"Matrix4x4.CreateOrthographicOffCenter{hand}(float, float, float, float, float, float)", a => Orthographic(2 / (a[1][0] - a[0][0]), 2 / (a[3][0] - a[2][0]), a[4], a[5], side)
            .With(12, Centre(a[0], a[1])).With(13, Centre(a[2], a[3]))),
        Perspective($"CreatePerspective{hand}(float, float, float, float)", a => Diagonal(2 * a[2][0] / a[0], 2 * a[2][0] / a[1]), 2, side),
        Perspective($"CreatePerspectiveFieldOfView{hand}(float, float, float, float)", a => Diagonal(1 / Tan(a[0][0] * 0.5) / a[1], 1 / Tan(a[0][0] * 0.5)), 2, side),
        Perspective($"CreatePerspectiveOffCenter{hand}(float, float, float, float, float, float)", a => OffCenter(Vector.Of(a), side), 4, side),
        Like($"Matrix4x4.CreateViewport{hand}(float, float, float, float, float, float)", a => Viewport(Vector.Of(a), side)),
    ];

    private static Expr One(Vector[] a, double side) => a[0][0].Type.Number(side);

    private static Vector View(Vector position, Vector direction, Vector up)
    {
        Vector axes = Axes(direction, up), columns = Matrix.Transposed(axes, 3);
        return Spatial(columns, -Matrix.Product(position, columns, 3));
    }

    private static Vector Orthographic(Expr width, Expr height, Expr near, Expr far, double side)
        => Diagonal(width, height).With(10, side / (near - far)).With(14, near / (near - far));

    private static Expr Centre(Expr low, Expr high) => (low + high) / (low - high);

    private static Vector Diagonal(Expr x, Expr y) => Matrix.Unit(x, 4).With(0, x).With(5, y);

    private static Vector OffCenter(Vector a, double side) => Diagonal(2 * a[4] / (a[1] - a[0]), 2 * a[4] / (a[3] - a[2]))
        .With(8, -side * Centre(a[0], a[1])).With(9, -side * Centre(a[2], a[3]));

    private static Vector Viewport(Vector a, double side) => Diagonal(a[2] * 0.5, -(a[3] * 0.5)).With(10, side * (a[4] - a[5]))
        .With(12, a[0] + (a[2] * 0.5)).With(13, a[1] + (a[3] * 0.5)).With(14, a[4]);

    /// <summary>A projection whose far plane may be infinitely far away.</summary>
    private static PartsRule Perspective(string member, Func<Vector[], Vector> sides, int near, double side) => PartsRule.Of("Matrix4x4." + member, Derivative.OfChoice(
        a => Equal(a[near + 1], a[near][0].Type.Number(double.PositiveInfinity)),
        Derivative.Of(a => sides(a).With(10, a[near][0].Type.Number(-side)).With(14, -a[near][0])),
        Derivative.Of(a => a[near + 1][0] / (a[near][0] - a[near + 1][0]) is var range ? sides(a).With(10, side * range).With(14, a[near][0] * range) : null))) with { CanThrow = true };
}
