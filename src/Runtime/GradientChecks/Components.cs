namespace Backprop;

/// <summary>A number, its gradient as claimed, and by differences.</summary>
internal readonly record struct Component(int Number, double Gradient, double Difference, double Off, Slope Slope);

/// <summary>Checks numbers alone.</summary>
internal sealed class Components(CheckedFunction function, double[] scales, double[] gradient, SlopeFinder finder, double tolerance)
{
    private const int Most = 512;

    private readonly Dictionary<int, Component> known = [];

    public CheckedFunction Function => function;

    /// <summary>Numbers among which the worst is: all of them, or those of the worst leaf, or of the worst part of it.</summary>
    public IReadOnlyList<int> Suspects(Directions directions)
    {
        (int start, int length) = (0, gradient.Length);
        if (length > Most)
        {
            (LeafInfo leaf, start) = function.Leaves.Where(static l => l.Leaf.Length > 0).MaxBy(l => OffAmong(directions, l.Start, l.Leaf.Length));
            length = leaf.Length;
        }

        while (length > Most)
        {
            int half = length / 2;
            bool isFirst = OffAmong(directions, start, half) >= OffAmong(directions, start + half, length - half);
            (start, length) = isFirst ? (start, half) : (start + half, length - half);
        }

        return [.. Enumerable.Range(start, length)];
    }

    /// <summary>Those of the numbers whose gradient is wrong, worst first.</summary>
    public List<Component> Wrong(IReadOnlyList<int> numbers)
    {
        // What is a thousandth of the tolerance beside the largest is rounding.
        double slack = 1e-3 * tolerance * gradient.Select((g, i) => Math.Abs(g * scales[i])).Max();
        return [.. numbers.Select(Of)
            .Where(c => c.Off > (tolerance * Math.Max(Math.Abs(c.Gradient), Math.Abs(c.Difference)) * scales[c.Number]) + (2 * c.Slope.Error) + slack)
            .OrderByDescending(static c => c.Off)];
    }

    public Component Of(int number)
    {
        if (!known.TryGetValue(number, out Component component))
        {
            double[] direction = new double[gradient.Length];
            direction[number] = scales[number];
            Slope slope = finder.Along(direction);
            double off = slope.IsFinite ? Math.Abs(slope.Value - (gradient[number] * scales[number])) : 0;
            component = known[number] = new Component(number, gradient[number], slope.Value / scales[number], off, slope);
        }

        return component;
    }

    private double OffAmong(Directions directions, int start, int length)
    {
        double[] direction = directions.Among(start, length, 0);
        Slope slope = finder.Along(direction);
        return Math.Max(0, Math.Abs(direction.Zip(gradient, static (d, g) => d * g).Sum() - slope.Value) - (2 * slope.Error));
    }
}
