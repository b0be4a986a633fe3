using Backprop;

namespace Darts;

/// <summary>One dart of the training: the tremor of the hand and the wind that it will meet, drawn beforehand, and where it hit.</summary>
public sealed class Dart
{
    private readonly double speed, elevation, azimuth, windRight, windAhead;
    private readonly double[] place = new double[2];

    private Dart(RandomStream random)
    {
        (speed, elevation) = (0.03 * random.NormalsAt(0).First, 0.003 * random.NormalsAt(0).Second);
        azimuth = 0.003 * random.NormalsAt(1).First;
        (windRight, windAhead) = (0.15 * random.NormalsAt(2).First, 0.15 * random.NormalsAt(2).Second);
    }

    /// <summary>Where the last throw of this dart hit.</summary>
    public Hit Hit => new(place[0], place[1]);

    /// <summary>The darts of a training.</summary>
    public static Dart[] Draw(ulong seed, int count)
        => [.. Enumerable.Range(0, count).Select(i => new Dart(new RandomStream(seed, "dart", i)))];

    /// <summary>Throws, and adds the gradient of the miss.</summary>
    /// <param name="thrower">Who throws.</param>
    /// <param name="gradient">Receives the gradient of <paramref name="seed"/> times the miss.</param>
    /// <param name="seed">The cotangent of the miss.</param>
    /// <returns>The miss.</returns>
    public double Throw(Thrower thrower, Thrower gradient, double seed) => Flight.MissBackward(
        thrower.Speed + speed, thrower.Elevation + elevation, thrower.Azimuth + azimuth, thrower.Lean, thrower.Stance, thrower.Grip,
        windRight, windAhead, place,
        ref gradient.Speed, ref gradient.Elevation, ref gradient.Azimuth, ref gradient.Lean, ref gradient.Stance, ref gradient.Grip,
        seed);
}
