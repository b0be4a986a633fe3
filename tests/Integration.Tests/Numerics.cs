using System.Numerics;
using System.Runtime.InteropServices;

namespace Backprop.Integration;

/// <summary>The vector types of System.Numerics.</summary>
public static partial class Numerics
{
    /// <summary>Numbers as the fields of a struct, in their order.</summary>
    internal static T Of<T>(params ReadOnlySpan<double> x)
        where T : unmanaged
    {
        Span<float> numbers = stackalloc float[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            numbers[i] = (float)x[i];
        }

        return MemoryMarshal.Cast<float, T>(numbers)[0];
    }

    /// <summary>The numbers of a struct into a gradient.</summary>
    internal static void Into<T>(T value, Span<double> d)
        where T : unmanaged
    {
        ReadOnlySpan<float> numbers = MemoryMarshal.Cast<T, float>(new ReadOnlySpan<T>(in value));
        for (int i = 0; i < numbers.Length; i++)
        {
            d[i] = numbers[i];
        }
    }

    internal delegate float Pull<T>(T x, ref T dx, float seed);

    internal delegate float Pull<T, TOther>(T x, TOther y, ref T dx, ref TOther dy, float seed);

    /// <summary>A function of one struct.</summary>
    internal static void Check<T>(Func<T, float> primal, Pull<T> backward, params double[][] points)
        where T : unmanaged
        => Integration.Check.Single(x => primal(Of<T>(x)), (x, d, seed) =>
        {
            T dx = Of<T>(d);
            float value = backward(Of<T>(x), ref dx, (float)seed);
            Into(dx, d);
            return value;
        }, points);

    /// <summary>A function of two structs, the numbers of the first before those of the second.</summary>
    internal static void Check<T, TOther>(Func<T, TOther, float> primal, Pull<T, TOther> backward, params double[][] points)
        where T : unmanaged
        where TOther : unmanaged
    {
        int n = Marshal.SizeOf<T>() / sizeof(float);
        Integration.Check.Single(x => primal(Of<T>(x.AsSpan(0, n)), Of<TOther>(x.AsSpan(n))), (x, d, seed) =>
        {
            T dx = Of<T>(d.AsSpan(0, n));
            TOther dy = Of<TOther>(d.AsSpan(n));
            float value = backward(Of<T>(x.AsSpan(0, n)), Of<TOther>(x.AsSpan(n)), ref dx, ref dy, (float)seed);
            Into(dx, d);
            Into(dy, d.AsSpan(n));
            return value;
        }, points);
    }

    [Fact]
    public static void Arithmetic() => Check<Vector3, Vector3>(Sums, SumsBackward, [1, 2, 3, 0.5, -1, 2], [-0.5, 0.25, 1, 1, 0.7, 0.3]);

    [Differentiable]
    internal static float Sums(Vector3 a, Vector3 b)
    {
        Vector3 c = a * b + 2f * a - b / 3f;
        c += a / (b * b + Vector3.One);
        c *= 0.5f;
        c = -c + Vector3.Add(a, b) * b.X;
        return Vector3.Dot(c, Vector3.UnitY) + c.X * c.Z;
    }

    [Fact]
    public static void Lengths() => Check<Vector3, Vector3>(Measures, MeasuresBackward, [1, 2, 3, 0.5, -1, 2]);

    [Differentiable]
    internal static float Measures(Vector3 a, Vector3 b)
    {
        Vector3 n = Vector3.Normalize(a);
        float part = n.X;
        return a.Length() * b.LengthSquared() + Vector3.Distance(a, b) * part + Vector3.DistanceSquared(a, b) + Vector3.Dot(Vector3.Cross(a, b), Vector3.Reflect(b, n));
    }

    [Fact]
    public static void A_part_of_a_result_that_nothing_else_uses()
        => Check<Vector3>(OnePart, OnePartBackward, [1, 2, 3]);

    [Differentiable]
    internal static float OnePart(Vector3 a) => Vector3.Normalize(a).Y;

    [Fact]
    public static void Number_by_number() => Check<Vector4, Vector4>(Elementwise, ElementwiseBackward, [1, 2, 3, 0.4, 0.5, -1, 2, 0.7]);

    [Differentiable]
    internal static float Elementwise(Vector4 a, Vector4 b)
    {
        Vector4 c = Vector4.Sin(a) * Vector4.Cos(b) + Vector4.Exp(b * 0.1f) - Vector4.Log(a) + Vector4.SquareRoot(a) + Vector4.Abs(b);
        (Vector4 sine, Vector4 cosine) = Vector4.SinCos(c);
        Vector4 d = Vector4.Lerp(a, b, 0.3f) + Vector4.Max(a, b) + Vector4.Min(sine, cosine) + Vector4.Clamp(b, Vector4.Zero, Vector4.One) + Vector4.Hypot(a, b);
        Vector4 e = Vector4.FusedMultiplyAdd(a, b, d) + Vector4.Round(a) * b + Vector4.ConditionalSelect(Vector4.GreaterThan(a, b), a * a, b);
        return Vector4.Sum(e) + e.X * d.W;
    }

    [Fact]
    public static void Elements()
    {
        Check<Vector3, Vector3>((a, b) => Indexed(a, b, 1), (Vector3 a, Vector3 b, ref Vector3 da, ref Vector3 db, float s) => IndexedBackward(a, b, 1, ref da, ref db, s), [1, 2, 3, 0.5, -1, 2]);
        Check<Vector3, Vector3>((a, b) => Indexed(a, b, 2), (Vector3 a, Vector3 b, ref Vector3 da, ref Vector3 db, float s) => IndexedBackward(a, b, 2, ref da, ref db, s), [1, 2, 3, 0.5, -1, 2]);
        Vector3 dx = default, dy = default;
        Assert.Throws<ArgumentOutOfRangeException>(() => Indexed(Vector3.One, Vector3.One, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => IndexedBackward(Vector3.One, Vector3.One, 3, ref dx, ref dy));
    }

    [Differentiable]
    internal static float Indexed(Vector3 a, Vector3 b, int i)
    {
        Vector3 c = a;
        c[0] = b[2] * 2;
        c[i] += b[i] * a[0];
        c.Z *= 3;
        Vector3 d = new(new Vector2(c.X, b.Y), c[1]) { Y = c[i] };
        return d[0] * d[i] + d.Y;
    }

    [Fact]
    public static void In_a_loop_over_points()
    {
        Vector3[] points = [new(1, 2, 3), new(-1, 0.5f, 2), new(0.3f, -2, 1)];
        Check<Vector3>(c => Spread(c, points), (Vector3 c, ref Vector3 dc, float s) => SpreadBackward(c, points, ref dc, s), [0.5, 0.1, -0.4]);
    }

    [Differentiable]
    internal static float Spread(Vector3 center, [NoGradient] ReadOnlySpan<Vector3> points)
    {
        float sum = 0;
        Vector3 moving = center;
        foreach (Vector3 point in points)
        {
            Vector3 towards = Vector3.Normalize(point - moving);
            if (towards.X > 0)
            {
                moving += 0.5f * towards;
            }

            sum += Vector3.Distance(point, moving) + moving[2] * towards.Y;
        }

        return sum;
    }

    [Fact]
    public static void Turning() => Check<Vector3, Quaternion>(Turned, TurnedBackward, [1, 2, 3, 0.5, -1, 2, 0.7], [0.4, -0.2, 1.3, 0.1, 0.2, 0.3, 0.9]);

    [Differentiable]
    internal static float Turned(Vector3 v, Quaternion q)
    {
        Quaternion unit = Quaternion.Normalize(q);
        Quaternion half = Quaternion.Slerp(Quaternion.Identity, unit, 0.4f);
        Quaternion turn = Quaternion.CreateFromAxisAngle(Vector3.Normalize(v), q.W) * half;
        Vector3 w = Vector3.Transform(v, Quaternion.Concatenate(turn, Quaternion.Inverse(unit)));
        return Vector3.Dot(w, new Vector3(1, -2, 0.5f)) + Quaternion.Lerp(unit, turn, 0.2f).X + Quaternion.Conjugate(q).Y * (q / unit).Z + q[3];
    }

    [Fact]
    public static void Matrices()
        => Check<Vector3, Vector3>(Projected, ProjectedBackward, [0.5, 0.2, 0.4, 2, 3, 5], [-0.3, 0.8, 0.1, 3, 1, 4]);

    [Differentiable]
    internal static float Projected(Vector3 angles, Vector3 eye)
    {
        Matrix4x4 world = Matrix4x4.CreateRotationX(angles.X) * Matrix4x4.CreateFromYawPitchRoll(angles.Y, angles.Z, 0.1f) * Matrix4x4.CreateTranslation(angles);
        Matrix4x4 view = Matrix4x4.CreateLookAt(eye, angles, Vector3.UnitY);
        Matrix4x4 projection = Matrix4x4.CreatePerspectiveFieldOfView(1 + angles.X * 0.1f, 1.5f, 0.1f, 100);
        Matrix4x4 all = world * view * projection;
        Vector4 point = Vector4.Transform(new Vector3(0.3f, 0.2f, -0.5f), all);
        all.Translation = eye;
        all[0, 1] = angles.X * 2;
        Vector3 normal = Vector3.TransformNormal(eye, Matrix4x4.Transpose(all));
        return point.X / point.W + point.Y / point.W + all.GetDeterminant() * 0.1f + normal.Y * 0.1f + all.M42 * all.Z.X + world[3].Y;
    }

    [Fact]
    public static void Inverses()
    {
        double[] x = [2, 0.1, 0.3, -0.2, 0.4, 3, -0.6, 0.1, 0.2, -0.3, 1.5, 0.2, 0.5, 0.7, -0.4, 1.8];
        Check<Matrix4x4>(Inverted, InvertedBackward, x);
        Check<Matrix3x2>(InvertedPlanar, InvertedPlanarBackward, [2, 0.1, 0.3, -1.2, 0.4, 3]);
        Assert.Equal(-1, Inverted(default));
    }

    [Differentiable]
    internal static float Inverted(Matrix4x4 m)
    {
        if (!Matrix4x4.Invert(m, out Matrix4x4 inverse))
        {
            return -1;
        }

        return inverse.M11 * inverse.M23 + inverse.M42 + Vector3.Transform(new Vector3(1, 2, 3), inverse).Z;
    }

    [Differentiable]
    internal static float InvertedPlanar(Matrix3x2 m)
    {
        Matrix3x2.Invert(m, out var inverse);
        return inverse.M11 * inverse.M22 + inverse.M31 * inverse.M12 + (m * inverse + Matrix3x2.CreateRotation(m.M11, m.Translation)).M32 * m.GetDeterminant();
    }

    [Fact]
    public static void Planes() => Check<Plane, Vector3>(Distances, DistancesBackward, [1, 2, 3, 0.5, -1, 2, 0.7]);

    [Differentiable]
    internal static float Distances(Plane plane, Vector3 p)
    {
        Plane unit = Plane.Normalize(plane);
        Plane through = Plane.CreateFromVertices(p, plane.Normal, Vector3.UnitX);
        return Plane.DotCoordinate(unit, p) * through.D + Plane.DotNormal(plane, p) + Plane.Transform(unit, Matrix4x4.CreateRotationY(p.X)).Normal.Z;
    }
}
