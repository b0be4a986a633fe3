using Backprop.Integration;

namespace Backprop.Programs;

public static class RayTriangleTests
{
    private const int Scene = 6, Far = 6 + 3 * 9;

    // Behind the ray's origin, far, near.
    private static readonly double[] triangles =
    [
        -1, -1, -2, 1, -1, -2, 0, 2, -2,
        -1, -1, 5, 1, -1, 5.5, 0, 2, 4,
        -1, -1, 3, 1, -1, 3.5, 0, 2, 2,
    ];

    [Fact]
    public static void The_gradient_is_that_of_the_plane_of_the_nearest()
    {
        double[] x = [0.1, -0.2, 0, 0.05, 0.1, 1, .. triangles, 100];
        Check.Formula(Backward, x, OfPlane(x, 2));
        Check.Gradient(Primal, Backward, x);
    }

    [Theory]
    [InlineData(3, 3, 1)]
    [InlineData(1, 0, 0)]
    [InlineData(-0.5, 1, 1)]
    public static void A_ray_that_meets_none_depends_on_the_end_of_the_world_alone(double dx, double dy, double dz)
    {
        double[] x = [0.1, -0.2, 0, dx, dy, dz, .. triangles, 100];
        Check.Formula(Backward, x, [.. x.Select((_, i) => i == Far ? 1.0 : 0)]);
        Check.Gradient(Primal, Backward, x);
    }

    private static double Primal(double[] x) => RayTriangle.Depth(Laid.On<Ray>(x), Laid.All<Triangle>(x, Scene)[..3], x[Far]);

    private static double Backward(double[] x, double[] d, double seed) => RayTriangle.DepthBackward(
        Laid.On<Ray>(x), Laid.All<Triangle>(x, Scene)[..3], x[Far], ref Laid.On<Ray>(d), Laid.All<Triangle>(d, Scene)[..3], ref d[Far], seed);

    // t = n·(a - o) / n·d. Moving a corner moves the point of the plane that is hit by the corner's barycentric weight.
    private static double[] OfPlane(double[] x, int hit)
    {
        int at = Scene + 9 * hit;
        double[] a = x[at..(at + 3)], b = x[(at + 3)..(at + 6)], c = x[(at + 6)..(at + 9)], o = x[..3], d = x[3..6];
        double[] n = Cross(Minus(b, a), Minus(c, a));
        double along = Dot(n, d), t = Dot(n, Minus(a, o)) / along;
        double[] p = [.. o.Zip(d, (from, by) => from + t * by)];
        double area = Dot(n, n);
        double[] weights = [Dot(n, Cross(Minus(c, b), Minus(p, b))) / area, Dot(n, Cross(Minus(a, c), Minus(p, c))) / area, Dot(n, Cross(Minus(b, a), Minus(p, a))) / area];
        double[] gradient = new double[x.Length];
        for (int i = 0; i < 3; i++)
        {
            gradient[i] = -n[i] / along;
            gradient[3 + i] = -t * n[i] / along;
            for (int corner = 0; corner < 3; corner++)
            {
                gradient[at + 3 * corner + i] = weights[corner] * n[i] / along;
            }
        }

        return gradient;
    }

    private static double[] Minus(double[] a, double[] b) => [.. a.Zip(b, (p, q) => p - q)];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Sum();

    private static double[] Cross(double[] a, double[] b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
