using Backprop.Integration;

namespace Backprop.Programs;

public static class NBodyTests
{
    private const int N = 3, Coordinates = 3 * N, Steps = 4;
    private const double H = 0.05, Softening = 0.01;

    private static readonly double[] start = [.. Enumerable.Range(0, Coordinates).Select(t => Math.Sin(1 + 2 * t))];

    private static readonly double[] masses = [1, 0.5, 2];

    [Fact]
    public static void The_gradient_of_the_energy_is_the_force_the_other_way()
    {
        double[] x = [.. start, .. masses], expected = new double[x.Length];
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j < N; j++)
            {
                if (i != j)
                {
                    double[] apart = [.. Enumerable.Range(0, 3).Select(k => x[3 * j + k] - x[3 * i + k])];
                    double distance = Math.Sqrt(apart.Sum(v => v * v) + Softening);
                    expected[Coordinates + i] -= masses[j] / distance;
                    for (int k = 0; k < 3; k++)
                    {
                        expected[3 * i + k] -= masses[i] * masses[j] * apart[k] / (distance * distance * distance);
                    }
                }
            }
        }

        double Backward(double[] a, double[] d, double seed) => NBody.PotentialEnergyBackward(
            Laid.All<Vec3>(a)[..N], a.AsSpan(Coordinates), Laid.All<Vec3>(d)[..N], d.AsSpan(Coordinates), seed);
        Check.Formula(Backward, x, expected);
        Check.Gradient(a => NBody.PotentialEnergy(Laid.All<Vec3>(a)[..N], a.AsSpan(Coordinates)), Backward, x);
    }

    [Fact]
    public static void The_gradient_of_a_flight_is_that_of_slopes_carried_forward()
    {
        double[] x = [.. start, .. start.Select(v => 0.3 * v * v), .. masses];
        Check.Formula(SumOfCoordinates, x, Dual.Gradient(Forward, x));
        Check.InPlace(
            a => NBody.Simulate(Laid.All<Vec3>(a)[..N], Laid.All<Vec3>(a, Coordinates)[..N], a.AsSpan(2 * Coordinates), H, Steps),
            (a, d) => NBody.SimulateBackward(
                Laid.All<Vec3>(a)[..N], Laid.All<Vec3>(a, Coordinates)[..N], a.AsSpan(2 * Coordinates), H, Steps,
                Laid.All<Vec3>(d)[..N], Laid.All<Vec3>(d, Coordinates)[..N], d.AsSpan(2 * Coordinates)),
            x);
    }

    private static double SumOfCoordinates(double[] x, double[] d, double seed)
    {
        double[] a = [.. x];
        d.AsSpan(0, Coordinates).Fill(seed);
        NBody.SimulateBackward(
            Laid.All<Vec3>(a)[..N], Laid.All<Vec3>(a, Coordinates)[..N], a.AsSpan(2 * Coordinates), H, Steps,
            Laid.All<Vec3>(d)[..N], Laid.All<Vec3>(d, Coordinates)[..N], d.AsSpan(2 * Coordinates));
        return a[..Coordinates].Sum();
    }

    private static Dual Forward(Dual[] x)
    {
        Dual[] q = x[..Coordinates], v = x[Coordinates..(2 * Coordinates)], m = x[(2 * Coordinates)..];
        for (int step = 0; step < Steps; step++)
        {
            Kick(q, v, m);
            for (int t = 0; t < Coordinates; t++)
            {
                q[t] += H * v[t];
            }

            Kick(q, v, m);
        }

        return q.Aggregate((a, b) => a + b);
    }

    private static void Kick(Dual[] q, Dual[] v, Dual[] m)
    {
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j < N; j++)
            {
                Dual[] apart = [.. Enumerable.Range(0, 3).Select(k => q[3 * j + k] - q[3 * i + k])];
                Dual squared = apart.Aggregate((Dual)Softening, (sum, a) => sum + a * a);
                for (int k = 0; k < 3; k++)
                {
                    v[3 * i + k] += 0.5 * H * m[j] * apart[k] / (squared * Dual.Sqrt(squared));
                }
            }
        }
    }
}
