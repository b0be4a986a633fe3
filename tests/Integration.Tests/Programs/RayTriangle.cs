namespace Backprop.Programs;

public readonly record struct Ray(Vec3 Origin, Vec3 Direction);

public readonly record struct Triangle(Vec3 A, Vec3 B, Vec3 C);

/// <summary>Where a ray meets triangles (Möller and Trumbore 1997).</summary>
public static partial class RayTriangle
{
    /// <summary>How far along the ray the nearest triangle is; <paramref name="far"/> where the ray meets none.</summary>
    [Differentiable]
    public static double Depth(Ray ray, ReadOnlySpan<Triangle> scene, double far)
    {
        double nearest = far;
        foreach (Triangle triangle in scene)
        {
            if (Meets(ray, triangle, out double distance) && distance < nearest)
            {
                nearest = distance;
            }
        }

        return nearest;
    }

    [Differentiable]
    public static bool Meets(Ray ray, Triangle triangle, out double distance)
    {
        distance = 0;
        Vec3 toB = triangle.B - triangle.A, toC = triangle.C - triangle.A;
        Vec3 normal = Vec3.Cross(ray.Direction, toC);
        double determinant = Vec3.Dot(toB, normal);
        if (Math.Abs(determinant) < 1e-12)
        {
            return false;
        }

        Vec3 from = ray.Origin - triangle.A;
        double u = Vec3.Dot(from, normal) / determinant;
        if (u < 0 || u > 1)
        {
            return false;
        }

        Vec3 across = Vec3.Cross(from, toB);
        double v = Vec3.Dot(ray.Direction, across) / determinant;
        if (v < 0 || u + v > 1)
        {
            return false;
        }

        distance = Vec3.Dot(toC, across) / determinant;
        return distance > 0;
    }
}
