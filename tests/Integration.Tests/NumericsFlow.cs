using System.Numerics;

namespace Backprop.Integration;

/// <summary>Vector types through loops, branches and memory.</summary>
public static partial class NumericsFlow
{
    [Fact]
    public static void A_chain_of_joints()
    {
        float[] angles = [0.3f, -0.7f, 1.1f];
        Numerics.Check<Vector3>(a => Reach(a, angles), (Vector3 a, ref Vector3 da, float s) => ReachBackward(a, angles, ref da, s), [1, 0.4, -0.3]);
    }

    [Differentiable]
    internal static float Reach(Vector3 axis, [NoGradient] ReadOnlySpan<float> angles)
    {
        Matrix4x4 pose = Matrix4x4.Identity;
        Quaternion turn = Quaternion.Identity;
        int i = 0;
        while (i < angles.Length)
        {
            turn = Quaternion.Normalize(Quaternion.CreateFromAxisAngle(Vector3.Normalize(axis), angles[i] + axis.X) * turn);
            pose *= Matrix4x4.CreateFromQuaternion(turn) * Matrix4x4.CreateTranslation(axis * angles[i]);
            if (pose.M41 > 5)
            {
                break;
            }

            i++;
        }

        Vector3 end = Vector3.Transform(Vector3.UnitX, pose);
        return end.Length() + turn.W * pose.GetDeterminant();
    }

    [Fact]
    public static void One_way_or_the_other()
        => Numerics.Check<Vector3, Vector3>(Sided, SidedBackward, [1, 2, 3, 0.5, -1, 2], [-1, 0.5, 0.3, 2, 1, 0.7]);

    [Differentiable]
    internal static float Sided(Vector3 a, Vector3 b)
    {
        Vector3 n = Vector3.UnitZ;
        if (Vector3.Dot(a, b) > 1)
        {
            n = Vector3.Normalize(Vector3.Cross(a, b));
            n[1] += a.X;
        }
        else if (a != b)
        {
            n = Vector3.Lerp(a, b, b.X * 0.1f);
        }

        Vector2 flat = n.AsVector2() * (a.X > 0 ? b.AsVector4().AsVector2() : new Vector2(2));
        return n.Z * Vector2.Dot(flat, Vector2.One) + Math.Max(n.X, n[2]);
    }

    [Fact]
    public static void Elements_of_points_in_memory() => Check.Single(
        x => Moved([Numerics.Of<Vector3>(x.AsSpan(0, 3)), Numerics.Of<Vector3>(x.AsSpan(3, 3))]),
        (x, d, seed) =>
        {
            Span<Vector3> points = [Numerics.Of<Vector3>(x.AsSpan(0, 3)), Numerics.Of<Vector3>(x.AsSpan(3, 3))];
            Span<Vector3> gradient = [Numerics.Of<Vector3>(d.AsSpan(0, 3)), Numerics.Of<Vector3>(d.AsSpan(3, 3))];
            float value = MovedBackward(points, gradient, (float)seed);
            Numerics.Into(gradient[0], d);
            Numerics.Into(gradient[1], d.AsSpan(3));
            return value;
        },
        [1, 2, 3, 0.5, -1, 2]);

    [Differentiable]
    internal static float Moved(ReadOnlySpan<Vector3> points)
    {
        Span<Vector3> moved = stackalloc Vector3[2];
        for (int i = 0; i < points.Length; i++)
        {
            moved[i] = points[i] * 2;
            moved[i][1] = points[i].X * points[1 - i][2];
            moved[i][i] *= points[i][i];
        }

        return Vector3.Dot(moved[0], moved[1]) + Vector3.Normalize(moved[1]).Z;
    }

    [Fact]
    public static void A_call_that_throws_throws_though_nobody_needs_its_value()
    {
        Vector3 dv = default;
        Assert.Throws<ArgumentOutOfRangeException>(() => Unneeded(Vector3.One, 3, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => UnneededBackward(Vector3.One, 3, 1, ref dv));
        Assert.Throws<ArgumentOutOfRangeException>(() => UnneededBackward(Vector3.One, 2, -1, ref dv));
        Assert.Equal(1, UnneededBackward(Vector3.One, 2, 1, ref dv));
        Assert.Equal(Vector3.UnitX, dv);
    }

    [Differentiable]
    internal static float Unneeded(Vector3 v, int i, [NoGradient] float near)
    {
        _ = v[i];
        _ = Matrix4x4.CreatePerspective(v.X, v.Y, near, 10);
        return v.X;
    }

    [Fact]
    public static void Sines_and_cosines_in_pairs()
        => Check.Gradient(x => Pairs(x[0], x[1]), (x, d, s) => PairsBackward(x[0], x[1], ref d[0], ref d[1], s), [0.4, -0.3], [-1.2, 2]);

    [Differentiable]
    internal static double Pairs(double a, double b)
    {
        (double sine, double cosine) = Math.SinCos(a * b);
        (double only, _) = double.SinCos(b);
        var turns = double.SinCosPi(a);
        double sum = sine * cosine * cosine + only + turns.CosPi * b;
        for (int i = 1; i < 4; i++)
        {
            sum += Math.SinCos(sum * i).Cos;
        }

        return sum;
    }
}
