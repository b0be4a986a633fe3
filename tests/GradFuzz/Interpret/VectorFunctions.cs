using System.Numerics;

namespace Backprop.Fuzz.Interpret;

/// <summary>What the programs do with vectors.</summary>
public static class VectorFunctions
{
    public static IReadOnlyList<VectorFunction> All { get; } =
    [
        new("Add", "{0} + {1}", "vv", a => a[0] + a[1], a => a[0] + a[1], a => Each(a, (i, k, j) => i == j ? 1 : 0)),
        new("Subtract", "{0} - {1}", "vv", a => a[0] - a[1], a => a[0] - a[1], a => Each(a, (i, k, j) => i == j ? 1 - (2 * k) : 0)),
        new("Multiply", "{0} * {1}", "vv", a => a[0] * a[1], a => a[0] * a[1], a => Each(a, (i, k, j) => i == j ? a[1 - k][i] : 0)),
        new("Scale", "{0} * {1}", "vs", a => a[0] * a[1].X, a => a[0] * a[1].X, a => Each(a, (i, k, j) => k == 1 ? a[0][i] : i == j ? a[1][0] : 0)),
        new("Scaled", "{0} * {1}", "sv", a => a[0].X * a[1], a => a[0].X * a[1], a => Each(a, (i, k, j) => k == 0 ? a[1][i] : i == j ? a[0][0] : 0)),
        new("Divide", "{0} / {1}", "vc", a => a[0] / a[1].X, a => a[0] / a[1].X, a => Each(a, (i, k, j) => k == 1 ? -a[0][i] / (a[1][0] * a[1][0]) : i == j ? 1 / a[1][0] : 0)),
        new("Negate", "-{0}", "v", a => -a[0], a => -a[0], a => Each(a, (i, k, j) => i == j ? -1 : 0)),
        new("Lerp", "V.Lerp({0}, {1}, {2})", "vvs", a => Vector2.Lerp(a[0], a[1], a[2].X), a => Vector3.Lerp(a[0], a[1], a[2].X), a => Each(a, (i, k, j) => k == 2 ? a[1][i] - a[0][i] : i != j ? 0 : k == 1 ? a[2][0] : 1 - a[2][0])),
        new("Normalize", "V.Normalize({0})", "v", a => Vector2.Normalize(a[0]), a => Vector3.Normalize(a[0]), a => Each(a, (i, k, j) => ((i == j ? 1 : 0) - (a[0][i] * a[0][j] / Dot(a[0], a[0]))) / Norm(a[0]))),
        new("Reflect", "V.Reflect({0}, {1})", "vv", a => Vector2.Reflect(a[0], a[1]), a => Vector3.Reflect(a[0], a[1]), a => Each(a, (i, k, j) => k == 0 ? (i == j ? 1 : 0) - (2 * a[1][i] * a[1][j]) : -2 * ((a[0][j] * a[1][i]) + (i == j ? Dot(a[0], a[1]) : 0)))),
        new("Max", "V.Max({0}, {1})", "vv", a => Vector2.Max(a[0], a[1]), a => Vector3.Max(a[0], a[1]), a => Each(a, (i, k, j) => i == j && a[0][i] > a[1][i] == (k == 0) ? 1 : 0)) { Kink = a => Nearest(a[0].Zip(a[1], (x, y) => x - y)) },
        new("Abs", "V.Abs({0})", "v", a => Vector2.Abs(a[0]), a => Vector3.Abs(a[0]), a => Each(a, (i, k, j) => i == j ? Math.Sign(a[0][i]) : 0)) { Kink = a => Nearest(a[0]) },
        Number("Dot", "V.Dot({0}, {1})", "vv", a => Vector2.Dot(a[0], a[1]), a => Vector3.Dot(a[0], a[1]), a => One(a, (k, j) => a[1 - k][j])),
        Number("Length", "{0}.Length()", "v", a => a[0].Length(), a => a[0].Length(), a => One(a, (k, j) => a[0][j] / Norm(a[0]))),
        Number("LengthSquared", "{0}.LengthSquared()", "v", a => a[0].LengthSquared(), a => a[0].LengthSquared(), a => One(a, (k, j) => 2 * a[0][j])),
        Number("Distance", "V.Distance({0}, {1})", "vv", a => Vector2.Distance(a[0], a[1]), a => Vector3.Distance(a[0], a[1]), a => One(a, (k, j) => (1 - (2 * k)) * (a[0][j] - a[1][j]) / Norm([.. a[0].Zip(a[1], (x, y) => x - y)]))),
        Number("DistanceSquared", "V.DistanceSquared({0}, {1})", "vv", a => Vector2.DistanceSquared(a[0], a[1]), a => Vector3.DistanceSquared(a[0], a[1]), a => One(a, (k, j) => (1 - (2 * k)) * 2 * (a[0][j] - a[1][j]))),
    ];

    public static IReadOnlyDictionary<string, VectorFunction> ByName { get; } = All.ToDictionary(function => function.Name);

    private static VectorFunction Number(string name, string text, string takes, Func<Vector2[], float> two, Func<Vector3[], float> three, Func<double[][], double[][]> slopes)
        => new(name, text, takes, a => new(two(a)), a => new(three(a)), slopes) { GivesNumber = true };

    /// <summary>For each number of the result, by number j of argument k.</summary>
    private static double[][] Each(double[][] arguments, Func<int, int, int, double> slope)
        => [.. Enumerable.Range(0, arguments.Max(argument => argument.Length)).Select(i => One(arguments, (k, j) => slope(i, k, j))[0])];

    private static double[][] One(double[][] arguments, Func<int, int, double> slope)
        => [[.. arguments.SelectMany((argument, k) => argument.Select((_, j) => slope(k, j)))]];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double Norm(double[] a) => Math.Sqrt(Dot(a, a));

    private static (double Margin, int Side) Nearest(IEnumerable<double> numbers) => (numbers.Min(Math.Abs), numbers.Aggregate(0, (side, number) => (2 * side) + (number > 0 ? 1 : 0)));
}
