namespace Backprop.Programs;

public readonly partial record struct Vec3(double X, double Y, double Z)
{
    public double Squared => X * X + Y * Y + Z * Z;

    public double Norm => Math.Sqrt(Squared);

    public static Vec3 operator +(Vec3 a, Vec3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Vec3 operator -(Vec3 a, Vec3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Vec3 operator *(double s, Vec3 a) => new(s * a.X, s * a.Y, s * a.Z);

    [Differentiable]
    public static double Dot(Vec3 a, Vec3 b) => a.X * b.X + a.Y * b.Y + a.Z * b.Z;

    [Differentiable]
    public static Vec3 Cross(Vec3 a, Vec3 b) => new(a.Y * b.Z - a.Z * b.Y, a.Z * b.X - a.X * b.Z, a.X * b.Y - a.Y * b.X);

    /// <summary>Turned by the rotation vector <paramref name="r"/> (Rodrigues 1840).</summary>
    [Differentiable]
    public static Vec3 Rotate(Vec3 r, Vec3 x)
    {
        double squared = r.Squared;
        if (squared == 0)
        {
            return x + Cross(r, x);
        }

        double angle = Math.Sqrt(squared), sine = Math.Sin(angle), cosine = Math.Cos(angle);
        Vec3 axis = 1 / angle * r;
        return cosine * x + sine * Cross(axis, x) + (1 - cosine) * Dot(axis, x) * axis;
    }
}
