using Backprop;

namespace Darts;

/// <summary>What a thrower can change: a model of six scalar leaves. The gradient of a thrower is a thrower.</summary>
[Differentiable]
public sealed partial class Thrower
{
    public double Speed, Elevation, Azimuth, Lean, Stance, Grip;

    /// <summary>Somebody who never threw a dart.</summary>
    public static Thrower Beginner() => new()
    {
        Speed = 6.5,
        Elevation = -0.06,
        Azimuth = 0.09,
        Lean = 0.15,
        Stance = -0.12,
        Grip = 0.10,
    };
}
