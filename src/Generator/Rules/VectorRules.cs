using Backprop.Generator.IR;

namespace Backprop.Generator.Rules;

/// <summary>Vector2, Vector3 and Vector4.</summary>
internal static class VectorRules
{
    public static IEnumerable<PartsRule> All => new[] { 2, 3, 4 }.SelectMany(OfSize).Append(
        new PartsRule("Vector3.Cross(Vector3, Vector3)", static (x, y, dy) => Cross(x.Skip(3).ToList(), dy).Concat(Cross(dy, x.Take(3).ToList()))));

    private static IEnumerable<PartsRule> OfSize(int n)
    {
        string v = "Vector" + n;
        return
        [
            new($"{v}.Dot({v}, {v})", (x, y, dy) => Scaled(Second(x, n), dy[0]).Concat(Scaled(First(x, n), dy[0]))),
            new($"{v}.this.LengthSquared()", (x, y, dy) => Scaled(x, 2 * dy[0])),
            new($"{v}.this.Length()", (x, y, dy) => Scaled(x, dy[0] / y[0])),
            new($"{v}.DistanceSquared({v}, {v})", (x, y, dy) => Both(Scaled(Difference(x, n), 2 * dy[0]))),
            new($"{v}.Distance({v}, {v})", (x, y, dy) => Both(Scaled(Difference(x, n), dy[0] / y[0]))),
        ];
    }

    private static IEnumerable<Expr> First(IReadOnlyList<Expr> x, int n) => x.Take(n);

    private static IEnumerable<Expr> Second(IReadOnlyList<Expr> x, int n) => x.Skip(n);

    private static IEnumerable<Expr> Difference(IReadOnlyList<Expr> x, int n) => Enumerable.Range(0, n).Select(i => x[i] - x[n + i]);

    private static IEnumerable<Expr> Scaled(IEnumerable<Expr> vector, Expr factor) => vector.Select(component => factor * component);

    private static IEnumerable<Expr> Both(IEnumerable<Expr> first) => first.Concat(first.Select(static component => -component));

    private static IEnumerable<Expr> Cross(IReadOnlyList<Expr> a, IReadOnlyList<Expr> b)
        => [(a[1] * b[2]) - (a[2] * b[1]), (a[2] * b[0]) - (a[0] * b[2]), (a[0] * b[1]) - (a[1] * b[0])];
}
