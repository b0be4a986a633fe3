using Backprop.Generator.IR;

namespace Backprop.Generator.Rules;

/// <summary>Rules for members of the framework that take or give structs, one line each.</summary>
internal static class PartsRules
{
    private static readonly IReadOnlyDictionary<string, PartsRule> byMember = All.ToDictionary(rule => rule.Member, StringComparer.Ordinal);

    public static IEnumerable<PartsRule> All =>
    [
        .. Pairs("SinCos", 1, "Math.", "double.", "MathF.", "float."),
        .. Pairs("SinCosPi", Math.PI, "double.", "float."),
        .. new[] { "float", "double" }.Select(type => PartsRule.Of($"Half.op_Explicit({type})", (a, y, dy) => [Formulas.As(dy, a[0])])),
        .. ArithmeticRules.All,
        .. AccessRules.All,
        .. ElementwiseRules.All,
        .. VectorRules.All,
        .. QuaternionRules.All,
        .. PlaneRules.All,
        .. MatrixRules.All,
        .. CreationRules.All,
        .. ProjectionRules.All,
        .. ComplexRules.All,
    ];

    private static IEnumerable<PartsRule> Pairs(string member, double unit, params string[] hosts) => hosts.Select(host => PartsRule.Of(
        $"{host}{member}({(host is "Math." or "double." ? "double" : "float")})", (a, y, dy) => [unit * ((dy[0] * y[1]) - (dy[1] * y[0]))]));

    public static PartsRule? Find(string member) => byMember.TryGetValue(member, out PartsRule? rule) ? rule : null;
}
