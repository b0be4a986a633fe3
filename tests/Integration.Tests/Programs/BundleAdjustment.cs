namespace Backprop.Programs;

public record struct Camera(Vec3 Rotation, Vec3 Center, double Focal, double U0, double V0, double K1, double K2);

/// <summary>Where a camera saw a point.</summary>
public readonly record struct Observation(int Camera, int Point, double U, double V);

/// <summary>Cameras, points and weights of observations are found together from what the cameras saw.</summary>
public static partial class BundleAdjustment
{
    [Differentiable]
    public static double Loss(
        ReadOnlySpan<Camera> cameras, ReadOnlySpan<Vec3> points, ReadOnlySpan<double> weights, [NoGradient] ReadOnlySpan<Observation> observations)
    {
        double sum = 0;
        for (int i = 0; i < observations.Length; i++)
        {
            Observation seen = observations[i];
            (double u, double v) = Project(cameras[seen.Camera], points[seen.Point]);
            double w = weights[i];
            double errorU = w * (u - seen.U);
            double errorV = w * (v - seen.V);
            double errorW = 1 - w * w;
            sum += errorU * errorU + errorV * errorV + errorW * errorW;
        }

        return 0.5 * sum;
    }

    /// <summary>Perspective with radial distortion.</summary>
    [Differentiable]
    public static (double U, double V) Project(Camera camera, Vec3 point)
    {
        Vec3 seen = Vec3.Rotate(camera.Rotation, point - camera.Center);
        double x = seen.X / seen.Z, y = seen.Y / seen.Z;
        double squared = x * x + y * y;
        double distortion = 1 + camera.K1 * squared + camera.K2 * squared * squared;
        return (camera.Focal * distortion * x + camera.U0, camera.Focal * distortion * y + camera.V0);
    }
}
