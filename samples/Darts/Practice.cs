namespace Darts;

/// <summary>One dart: where it hit (metres right of and above the bull) and its miss.</summary>
public readonly record struct Hit(double Right, double Above)
{
    public double Distance => Math.Sqrt(Right * Right + Above * Above);
}

/// <summary>Throws, looks at the gradient of the miss, and adjusts every parameter a little against it.</summary>
public sealed class Practice(int seed)
{
    // A radian changes more than a metre per second: each parameter has the step that suits its unit.
    private static readonly Thrower Steps = new(Speed: 0.6, Elevation: 0.02, Azimuth: 0.02, Lean: 0.02, Stance: 0.05, Grip: 0.02);

    private readonly Random random = new(seed);
    private readonly double[] hit = new double[2];

    public Thrower Thrower { get; private set; } = Thrower.Beginner;

    /// <summary>Throws one dart and learns from it.</summary>
    /// <param name="progress">How far practice has come, from 0 to 1: the steps shrink, so that the tremor averages out.</param>
    public Hit Throw(double progress)
    {
        Thrower now = Thrower.Tremble(random);
        double windRight = 0.15 * Thrower.Normal(random);
        double windAhead = 0.15 * Thrower.Normal(random);

        double speed = 0, elevation = 0, azimuth = 0, lean = 0, stance = 0, grip = 0;
        Flight.MissBackward(
            now.Speed, now.Elevation, now.Azimuth, now.Lean, now.Stance, now.Grip, windRight, windAhead, hit,
            ref speed, ref elevation, ref azimuth, ref lean, ref stance, ref grip);

        double rate = 1 / (1 + 9 * progress);
        Thrower = new(
            Thrower.Speed - rate * Steps.Speed * speed,
            Thrower.Elevation - rate * Steps.Elevation * elevation,
            Thrower.Azimuth - rate * Steps.Azimuth * azimuth,
            Thrower.Lean - rate * Steps.Lean * lean,
            Thrower.Stance - rate * Steps.Stance * stance,
            Thrower.Grip - rate * Steps.Grip * grip);
        return new(hit[0], hit[1]);
    }
}
