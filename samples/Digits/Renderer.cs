using Backprop;

namespace Digits;

/// <summary>Draws digits as a hurried hand would: turned, slanted, stretched, wavy, with pens of different width, on noisy paper.</summary>
public static class Renderer
{
    /// <summary>Draws digits, each as likely as the others.</summary>
    /// <param name="seed">The seed of all pictures.</param>
    /// <param name="purpose">What they are for; other purposes have other pictures.</param>
    /// <param name="count">How many.</param>
    public static Digit[] Draw(ulong seed, string purpose, int count)
    {
        var digits = new Digit[count];
        Parallel.For(0, count, i => digits[i] = Draw(i % 10, new RandomStream(seed, purpose, i)));
        return digits;
    }

    private static Digit Draw(int label, RandomStream random)
    {
        (double X, double Y)[][] lines = Warp(Strokes.Of(label), ref random);
        double pen = Between(ref random, 0.9, 1.9), noise = Between(ref random, 0.02, 0.12);
        float[] pixels = new float[Digit.Size * Digit.Size];
        for (int i = 0; i < pixels.Length; i++)
        {
            double distance = double.PositiveInfinity, x = i % Digit.Size, y = i / Digit.Size;
            foreach ((double X, double Y)[] line in lines)
            {
                for (int k = 1; k < line.Length; k++)
                {
                    distance = Math.Min(distance, Distance(x, y, line[k - 1], line[k]));
                }
            }

            double ink = Math.Clamp(pen + 0.5 - distance, 0, 1) + noise * random.NormalsAt(1_000_000 + i).First;
            pixels[i] = (float)Math.Clamp(ink, 0, 1);
        }

        return new(pixels, label);
    }

    private static (double X, double Y)[][] Warp(IReadOnlyList<(double X, double Y)[]> lines, ref RandomStream random)
    {
        double angle = Between(ref random, -0.25, 0.25), slant = Between(ref random, -0.3, 0.3);
        double width = Between(ref random, 6.5, 10.5), height = Between(ref random, 8, 11);
        double left = 13.5 + Between(ref random, -2, 2), top = 13.5 + Between(ref random, -2, 2);
        double waveX = Between(ref random, -0.12, 0.12), waveY = Between(ref random, -0.12, 0.12);
        double phaseX = Between(ref random, 0, 6.28), phaseY = Between(ref random, 0, 6.28);
        (double sin, double cos) = Math.SinCos(angle);
        return [.. lines.Select(line => line.Select(point =>
        {
            double x = point.X + waveX * Math.Sin(3 * point.Y + phaseX) - slant * point.Y;
            double y = point.Y + waveY * Math.Sin(3 * point.X + phaseY);
            return (left + width * x * cos - height * y * sin, top + width * x * sin + height * y * cos);
        }).ToArray())];
    }

    private static double Between(ref RandomStream random, double low, double high) => low + (high - low) * random.NextDouble();

    private static double Distance(double x, double y, (double X, double Y) a, (double X, double Y) b)
    {
        double dx = b.X - a.X, dy = b.Y - a.Y;
        double along = Math.Clamp(((x - a.X) * dx + (y - a.Y) * dy) / (dx * dx + dy * dy + 1e-12), 0, 1);
        double nearX = x - a.X - along * dx, nearY = y - a.Y - along * dy;
        return Math.Sqrt(nearX * nearX + nearY * nearY);
    }
}
