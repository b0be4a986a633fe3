namespace Backprop.Programs;

public readonly partial record struct Mat3(Vec3 Row0, Vec3 Row1, Vec3 Row2)
{
    public Mat3 Transposed => new(new(Row0.X, Row1.X, Row2.X), new(Row0.Y, Row1.Y, Row2.Y), new(Row0.Z, Row1.Z, Row2.Z));

    public static Vec3 operator *(Mat3 m, Vec3 v) => new(Vec3.Dot(m.Row0, v), Vec3.Dot(m.Row1, v), Vec3.Dot(m.Row2, v));

    public static Mat3 operator *(Mat3 a, Mat3 b)
    {
        Mat3 columns = b.Transposed;
        return new Mat3(a * columns.Row0, a * columns.Row1, a * columns.Row2).Transposed;
    }

    /// <summary>Of the rotation vector <paramref name="r"/>.</summary>
    [Differentiable]
    public static Mat3 Rotation(Vec3 r)
        => new Mat3(Vec3.Rotate(r, new(1, 0, 0)), Vec3.Rotate(r, new(0, 1, 0)), Vec3.Rotate(r, new(0, 0, 1))).Transposed;
}

/// <summary>Turns, then moves.</summary>
public readonly partial record struct Motion(Mat3 Turn, Vec3 Move)
{
    public static Vec3 operator *(Motion a, Vec3 p) => a.Turn * p + a.Move;

    public static Motion operator *(Motion a, Motion b) => new(a.Turn * b.Turn, a * b.Move);

    /// <summary>Turns about an axis through a joint.</summary>
    [Differentiable]
    public static Motion About(Vec3 joint, Vec3 axis, double angle)
    {
        Mat3 turn = Mat3.Rotation(angle * axis);
        return new Motion(turn, joint - turn * joint);
    }
}

/// <summary>A hand at rest. A parent comes before its children; the first bone has none (-1). Weights [vertices, bones] say which bones a vertex follows.</summary>
public sealed record Hand(int[] Parents, Vec3[] Joints, Vec3[] Axes, Vec3[] Vertices, double[,] Weights);

/// <summary>The pose of a hand is found from where its surface was seen.</summary>
public static partial class HandTracking
{
    [Differentiable]
    public static double Loss(ReadOnlySpan<double> angles, Vec3 rotation, Vec3 position, [NoGradient] Hand hand, [NoGradient] ReadOnlySpan<Vec3> seen)
    {
        Motion whole = new(Mat3.Rotation(rotation), position);
        Motion[] bones = new Motion[hand.Parents.Length];
        for (int b = 0; b < bones.Length; b++)
        {
            Motion bend = Motion.About(hand.Joints[b], hand.Axes[b], angles[b]);
            int parent = hand.Parents[b];
            bones[b] = (parent < 0 ? whole : bones[parent]) * bend;
        }

        double sum = 0;
        for (int v = 0; v < seen.Length; v++)
        {
            Vec3 vertex = default;
            for (int b = 0; b < bones.Length; b++)
            {
                double weight = hand.Weights[v, b];
                if (weight > 0)
                {
                    vertex += weight * (bones[b] * hand.Vertices[v]);
                }
            }

            sum += (vertex - seen[v]).Squared;
        }

        return 0.5 * sum;
    }
}
