namespace Digits;

/// <summary>A picture of a digit.</summary>
/// <param name="Pixels">28 rows of 28, from 0 (paper) to 1 (ink).</param>
/// <param name="Label">0 to 9.</param>
public sealed record Digit(float[] Pixels, int Label)
{
    /// <summary>Width and height of a picture.</summary>
    public const int Size = 28;

    /// <summary>Number of different digits.</summary>
    public const int Classes = 10;
}
