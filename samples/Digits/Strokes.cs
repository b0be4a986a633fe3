namespace Digits;

/// <summary>The ten digits as lines of a pen, in a square from (−1, −1) at the upper left to (1, 1).</summary>
public static class Strokes
{
    private static readonly (double X, double Y)[][][] Digits =
    [
        [Arc(0, 0, 0.55, 0.85, 0, 360)],
        [[(-0.3, -0.5), (0.05, -0.85), (0.05, 0.85)]],
        [[.. Arc(0, -0.4, 0.5, 0.45, 190, 400), (-0.5, 0.85), (0.55, 0.85)]],
        [[.. Arc(-0.05, -0.43, 0.5, 0.42, 200, 450)], [.. Arc(-0.05, 0.42, 0.55, 0.43, 270, 520)]],
        [[(0.25, 0.85), (0.25, -0.85), (-0.55, 0.3), (0.6, 0.3)]],
        [[(0.5, -0.85), (-0.4, -0.85), (-0.45, -0.1), .. Arc(-0.02, 0.3, 0.52, 0.52, 230, 510)]],
        [[(0.35, -0.85), (-0.2, -0.45), (-0.5, 0.2)], Arc(0, 0.35, 0.5, 0.5, 0, 360)],
        [[(-0.55, -0.85), (0.55, -0.85), (-0.1, 0.85)]],
        [Arc(0, -0.43, 0.42, 0.42, 0, 360), Arc(0, 0.42, 0.5, 0.45, 0, 360)],
        [Arc(0, -0.35, 0.48, 0.5, 0, 360), [(0.48, -0.35), (0.4, 0.3), (0.15, 0.85)]],
    ];

    /// <summary>The lines of a digit.</summary>
    public static IReadOnlyList<(double X, double Y)[]> Of(int digit) => Digits[digit];

    // Degrees from the right, clockwise on the page.
    private static (double X, double Y)[] Arc(double x, double y, double width, double height, double from, double to)
    {
        const int Pieces = 14;
        var points = new (double X, double Y)[Pieces + 1];
        for (int i = 0; i <= Pieces; i++)
        {
            (double sin, double cos) = Math.SinCos((from + (to - from) * i / Pieces) * Math.PI / 180);
            points[i] = (x + width * cos, y + height * sin);
        }

        return points;
    }
}
