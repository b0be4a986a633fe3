using Backprop.Generator.IR;
using static Backprop.Generator.Rules.Formulas;
using static Backprop.Generator.Rules.PartsRule;
using static Backprop.Generator.Rules.Vector;

namespace Backprop.Generator.Rules;

/// <summary>Quaternions: x, y, z, w, of which the first three are the axis.</summary>
internal static class QuaternionRules
{
    // From here on the framework interpolates along the straight line.
    private const double NearlyEqual = 1 - 1e-6;

    public static IEnumerable<PartsRule> All =>
    [
        .. new[] { "op_Multiply", "Multiply" }.Select(name => Like($"Quaternion.{name}(Quaternion, Quaternion)", a => Product(a[0], a[1]))),
        .. new[] { "op_Division", "Divide" }.Select(name => Like($"Quaternion.{name}(Quaternion, Quaternion)", a => Product(a[0], Inverse(a[1])))),
        Like("Quaternion.Concatenate(Quaternion, Quaternion)", a => Product(a[1], a[0])),
        Like("Quaternion.Conjugate(Quaternion)", a => Conjugate(a[0])),
        Like("Quaternion.Inverse(Quaternion)", a => Inverse(a[0])),
        Like("Quaternion.Lerp(Quaternion, Quaternion, float)", a => Normalized((a[0] * (1 - a[2][0])) + (a[1] * (a[2][0] * Side(a[0], a[1]))))),
        PartsRule.Of("Quaternion.Slerp(Quaternion, Quaternion, float)", Derivative.OfChoice(
            a => Dot(a[0], a[1]) * Side(a[0], a[1]) > NearlyEqual,
            Derivative.Of(a => (a[0] * (1 - a[2][0])) + (a[1] * (a[2][0] * Side(a[0], a[1])))),
            Derivative.Of(a => Arc(a[0], a[1], a[2])))),
        Like("Quaternion.CreateFromAxisAngle(Vector3, float)", a => OfAxis(a[0], a[1])),
        Like("Quaternion.CreateFromYawPitchRoll(float, float, float)", a => OfYawPitchRoll(a[0], a[1], a[2])),
        PartsRule.Of("Quaternion.CreateFromRotationMatrix(Matrix4x4)", OfRotation),
    ];

    public static Vector Product(Vector a, Vector b)
    {
        Vector axis = (a.Slice(0, 3) * b[3]) + (b.Slice(0, 3) * a[3]) + Cross(a, b);
        return Vector.Of(axis, (a[3] * b[3]) - Dot(a.Slice(0, 3), b.Slice(0, 3)));
    }

    public static Vector OfAxis(Vector axis, Expr angle) => Vector.Of(axis * Sin(angle * 0.5), Cos(angle * 0.5));

    public static Vector OfYawPitchRoll(Expr yaw, Expr pitch, Expr roll)
    {
        (Expr sy, Expr cy, Expr sp, Expr cp, Expr sr, Expr cr) = (Sin(yaw * 0.5), Cos(yaw * 0.5), Sin(pitch * 0.5), Cos(pitch * 0.5), Sin(roll * 0.5), Cos(roll * 0.5));
        return new([(cy * sp * cr) + (sy * cp * sr), (sy * cp * cr) - (cy * sp * sr), (cy * cp * sr) - (sy * sp * cr), (cy * cp * cr) + (sy * sp * sr)]);
    }

    /// <summary>The three rows and columns of the matrix that turns as the quaternion does.</summary>
    public static Vector Rotation(Vector q)
    {
        (Expr x, Expr y, Expr z, Expr w) = (q[0], q[1], q[2], q[3]);
        return new(
        [
            1 - (2 * ((y * y) + (z * z))), 2 * ((x * y) + (w * z)), 2 * ((x * z) - (w * y)),
            2 * ((x * y) - (w * z)), 1 - (2 * ((z * z) + (x * x))), 2 * ((y * z) + (w * x)),
            2 * ((x * z) + (w * y)), 2 * ((y * z) - (w * x)), 1 - (2 * ((y * y) + (x * x))),
        ]);
    }

    private static Vector Conjugate(Vector q) => Vector.Of(-q.Slice(0, 3), q[3]);

    private static Vector Inverse(Vector q) => Conjugate(q) / Dot(q, q);

    /// <summary>1, or −1 for the second of two quaternions that lie on different sides: the same rotation, the shorter way.</summary>
    private static Expr Side(Vector a, Vector b) => Formulas.Select(Dot(a, b) < 0, a[0].Type.Number(-1), a[0].Type.Number(1));

    private static Vector Arc(Vector a, Vector b, Expr t)
    {
        Expr side = Side(a, b), angle = Acos(Dot(a, b) * side), sine = Sin(angle);
        return (a * (Sin((1 - t) * angle) / sine)) + (b * (Sin(t * angle) / sine * side));
    }

    /// <summary>By the trace, or by the largest number of the diagonal, as the framework chooses.</summary>
    private static Vector[] OfRotation(Vector[] a, Vector y, Vector dy)
    {
        Expr x = a[0][0], middle = a[0][5], z = a[0][10];
        Vector[] byTrace = Largest(3), byX = Largest(0), byY = Largest(1), byZ = Largest(2);
        Vector rest = Vector.Select(And(x >= middle, x >= z), byX[0], Vector.Select(middle > z, byY[0], byZ[0]));
        return [Vector.Select(x + middle + z > 0, byTrace[0], rest)];

        Vector[] Largest(int number) => Derivative.Of(m => FromLargest(m[0], number))(a, y, dy);
    }

    private static Vector FromLargest(Vector m, int number)
    {
        Expr[] diagonal = [m[0], m[5], m[10]];
        Expr trace = number == 3 ? diagonal[0] + diagonal[1] + diagonal[2]
            : diagonal[number] - diagonal[(number + 1) % 3] - diagonal[(number + 2) % 3];
        Expr root = Sqrt(1 + trace), scale = 0.5 / root, half = root * 0.5;
        Expr[] differences = [(m[6] - m[9]) * scale, (m[8] - m[2]) * scale, (m[1] - m[4]) * scale];
        Expr xy = (m[1] + m[4]) * scale, xz = (m[8] + m[2]) * scale, yz = (m[6] + m[9]) * scale;
        return number switch
        {
            0 => new([half, xy, xz, differences[0]]),
            1 => new([xy, half, yz, differences[1]]),
            2 => new([xz, yz, half, differences[2]]),
            _ => new([.. differences, half]),
        };
    }
}
