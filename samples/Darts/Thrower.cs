namespace Darts;

/// <summary>What a thrower can change; the same type holds what a throw taught about each of them.</summary>
public sealed record Thrower(double Speed, double Elevation, double Azimuth, double Lean, double Stance, double Grip)
{
    /// <summary>Somebody who never threw a dart.</summary>
    public static Thrower Beginner { get; } = new(Speed: 6.5, Elevation: -0.06, Azimuth: 0.09, Lean: 0.15, Stance: -0.12, Grip: 0.10);

    /// <summary>The same thrower, with a trembling hand.</summary>
    public Thrower Tremble(Random random) => this with
    {
        Speed = Speed + 0.03 * Normal(random),
        Elevation = Elevation + 0.003 * Normal(random),
        Azimuth = Azimuth + 0.003 * Normal(random),
    };

    /// <summary>A sample of the standard normal distribution (Box and Muller 1958).</summary>
    public static double Normal(Random random)
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
