using Backprop.Integration;

namespace Backprop.Programs;

public static class BundleAdjustmentTests
{
    private const int Cameras = 2, Points = 3, CameraSize = 11, FirstPoint = Cameras * CameraSize, FirstWeight = FirstPoint + 3 * Points;

    private static readonly Observation[] observations = [.. Enumerable.Range(0, 5).Select(i => new Observation(i % Cameras, i % Points, 40 + i, -30 - 2 * i))];

    [Fact]
    public static void The_gradient_is_that_of_the_derivative_of_a_rotation()
    {
        double[] x = Start();
        Check.Formula(Backward, x, ByJacobians(x));
        Check.Gradient(Primal, Backward, x);
    }

    [Fact]
    public static void A_camera_that_is_not_turned()
    {
        double[] x = Start();
        x.AsSpan(0, 3).Clear();
        double[] d = new double[x.Length];
        Assert.Equal(Primal(x), Backward(x, d, 1));
        double step = 1e-6;
        double Moved(double by) => Primal([by, .. x[1..]]);
        // The sine of a small angle over it is rounded to one: differences reach no further than that.
        Assert.Equal((Moved(step) - Moved(-step)) / (2 * step), d[0], 1e-3 * Math.Abs(d[0]));
    }

    private static double[] Start()
    {
        double[] camera = [0.1, -0.2, 0.05, 0, 0, -5, 500, 3, -2, -0.1, 0.01];
        return [
            .. Enumerable.Range(0, Cameras).SelectMany(c => camera.Select((v, i) => v + 0.01 * Math.Sin(c * CameraSize + i))),
            .. Enumerable.Range(0, 3 * Points).Select(t => Math.Sin(2.0 * t)),
            .. Enumerable.Range(0, observations.Length).Select(i => 1 + 0.1 * Math.Cos(i))];
    }

    private static double Primal(double[] x)
        => BundleAdjustment.Loss(Laid.All<Camera>(x)[..Cameras], Laid.All<Vec3>(x, FirstPoint)[..Points], x.AsSpan(FirstWeight), observations);

    private static double Backward(double[] x, double[] d, double seed) => BundleAdjustment.LossBackward(
        Laid.All<Camera>(x)[..Cameras], Laid.All<Vec3>(x, FirstPoint)[..Points], x.AsSpan(FirstWeight), observations,
        Laid.All<Camera>(d)[..Cameras], Laid.All<Vec3>(d, FirstPoint)[..Points], d.AsSpan(FirstWeight), seed);

    private static double[] ByJacobians(double[] x)
    {
        double[] gradient = new double[x.Length];
        for (int i = 0; i < observations.Length; i++)
        {
            (int c, int p, double u, double v) = observations[i];
            double[] camera = x[(c * CameraSize)..((c + 1) * CameraSize)], point = x[(FirstPoint + 3 * p)..(FirstPoint + 3 * p + 3)];
            double w = x[FirstWeight + i];
            double[,] turn = Rotation(camera[..3]);
            double[] y = [.. point.Zip(camera[3..6], (a, b) => a - b)], z = Times(turn, y);
            double a = z[0] / z[2], b = z[1] / z[2], s = a * a + b * b, f = camera[6], k1 = camera[9], k2 = camera[10];
            double distortion = 1 + k1 * s + k2 * s * s, slope = 2 * (k1 + 2 * k2 * s);
            double ru = w * (f * distortion * a + camera[7] - u), rv = w * (f * distortion * b + camera[8] - v);
            double da = w * f * (ru * (distortion + slope * a * a) + rv * slope * a * b);
            double db = w * f * (rv * (distortion + slope * b * b) + ru * slope * a * b);
            double[] dz = [da / z[2], db / z[2], -(da * a + db * b) / z[2]];
            double[] dr = Times(Transposed(ByRotationVector(camera[..3], turn, y)), dz), dy = Times(Transposed(turn), dz);
            for (int j = 0; j < 3; j++)
            {
                gradient[c * CameraSize + j] += dr[j];
                gradient[c * CameraSize + 3 + j] -= dy[j];
                gradient[FirstPoint + 3 * p + j] += dy[j];
            }

            double along = w * (ru * a + rv * b);
            gradient[c * CameraSize + 6] += along * distortion;
            gradient[c * CameraSize + 7] += w * ru;
            gradient[c * CameraSize + 8] += w * rv;
            gradient[c * CameraSize + 9] += along * f * s;
            gradient[c * CameraSize + 10] += along * f * s * s;
            gradient[FirstWeight + i] += (ru * ru + rv * rv) / w - 2 * w * (1 - w * w);
        }

        return gradient;
    }

    /// <summary>d(R y)/dr = -R [y]ₓ (r rᵀ + (Rᵀ - 1) [r]ₓ) / |r|² (Gallego and Yezzi 2015).</summary>
    private static double[,] ByRotationVector(double[] r, double[,] turn, double[] y)
    {
        double squared = r.Sum(v => v * v);
        double[,] inner = Times(Transposed(turn), Skew(r)), skew = Skew(r);
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                inner[i, j] = -(inner[i, j] - skew[i, j] + r[i] * r[j]) / squared;
            }
        }

        return Times(Times(turn, Skew(y)), inner);
    }

    /// <summary>The matrix exponential of [r]ₓ, by its series.</summary>
    private static double[,] Rotation(double[] r)
    {
        double[,] sum = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } }, term = (double[,])sum.Clone();
        for (int n = 1; n < 20; n++)
        {
            term = Times(term, Skew([.. r.Select(v => v / n)]));
            for (int i = 0; i < 9; i++)
            {
                sum[i / 3, i % 3] += term[i / 3, i % 3];
            }
        }

        return sum;
    }

    private static double[,] Skew(double[] r) => new[,] { { 0, -r[2], r[1] }, { r[2], 0, -r[0] }, { -r[1], r[0], 0 } };

    private static double[] Times(double[,] a, double[] x) => [.. Enumerable.Range(0, 3).Select(i => a[i, 0] * x[0] + a[i, 1] * x[1] + a[i, 2] * x[2])];

    private static double[,] Times(double[,] a, double[,] b) => Built((i, j) => a[i, 0] * b[0, j] + a[i, 1] * b[1, j] + a[i, 2] * b[2, j]);

    private static double[,] Transposed(double[,] a) => Built((i, j) => a[j, i]);

    private static double[,] Built(Func<int, int, double> entry)
    {
        double[,] result = new double[3, 3];
        for (int i = 0; i < 9; i++)
        {
            result[i / 3, i % 3] = entry(i / 3, i % 3);
        }

        return result;
    }
}
