namespace Backprop.Programs;

/// <summary>Bodies that attract each other, softly where they are close.</summary>
public static partial class NBody
{
    private const double Softening = 0.01;

    [Differentiable]
    public static double PotentialEnergy(ReadOnlySpan<Vec3> positions, ReadOnlySpan<double> masses)
    {
        double energy = 0;
        for (int i = 0; i < positions.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double squared = (positions[i] - positions[j]).Squared + Softening;
                energy -= masses[i] * masses[j] / Math.Sqrt(squared);
            }
        }

        return energy;
    }

    /// <summary>Moves the bodies by leaps of velocity and position in turn (Verlet 1967).</summary>
    [Differentiable]
    public static void Simulate(Span<Vec3> positions, Span<Vec3> velocities, ReadOnlySpan<double> masses, [NoGradient] double h, int steps)
    {
        Vec3[] accelerations = new Vec3[positions.Length];
        Attract(positions, masses, accelerations);
        for (int step = 0; step < steps; step++)
        {
            for (int i = 0; i < positions.Length; i++)
            {
                velocities[i] += 0.5 * h * accelerations[i];
                positions[i] += h * velocities[i];
            }

            Attract(positions, masses, accelerations);
            for (int i = 0; i < positions.Length; i++)
            {
                velocities[i] += 0.5 * h * accelerations[i];
            }
        }
    }

    [Differentiable]
    private static void Attract(ReadOnlySpan<Vec3> positions, ReadOnlySpan<double> masses, Span<Vec3> accelerations)
    {
        accelerations.Clear();
        for (int i = 0; i < positions.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Vec3 apart = positions[j] - positions[i];
                double squared = apart.Squared + Softening;
                double pull = 1 / (squared * Math.Sqrt(squared));
                accelerations[i] += masses[j] * pull * apart;
                accelerations[j] -= masses[i] * pull * apart;
            }
        }
    }
}
