using Backprop.Generator.IR;

namespace Backprop.Generator.Rules;

/// <summary>
/// The pullback of a primitive that takes or gives structs: what each number of the arguments gets.
/// </summary>
/// <param name="x">The numbers of the arguments, in order.</param>
/// <param name="y">The numbers of the result.</param>
/// <param name="dy">Their cotangents; zero where nothing depends on one.</param>
internal delegate IEnumerable<Expr> PartsFormula(IReadOnlyList<Expr> x, IReadOnlyList<Expr> y, IReadOnlyList<Expr> dy);

/// <summary>A rule for a member of the framework that takes or gives structs.</summary>
/// <param name="Member">The member with its parameter types: <c>Vector3.Dot(Vector3, Vector3)</c>, <c>Vector3.this.Length()</c>.</param>
internal sealed record PartsRule(string Member, PartsFormula Formula);

/// <summary>Rules for members of the framework that take or give structs, one line each.</summary>
internal static class PartsRules
{
    private static readonly IReadOnlyDictionary<string, PartsRule> byMember = All.ToDictionary(rule => rule.Member, StringComparer.Ordinal);

    public static IEnumerable<PartsRule> All =>
    [
        .. new[] { "Math.SinCos(double)", "double.SinCos(double)", "MathF.SinCos(float)", "float.SinCos(float)" }
            .Select(static member => new PartsRule(member, static (x, y, dy) => [(dy[0] * y[1]) - (dy[1] * y[0])])),
        .. VectorRules.All,
    ];

    public static PartsRule? Find(string member) => byMember.TryGetValue(member, out PartsRule? rule) ? rule : null;
}
