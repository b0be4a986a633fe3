namespace Backprop.Generator.Rules;

/// <summary>Every rule, by the name of its primitive.</summary>
internal static class RuleTable
{
    private static readonly IReadOnlyDictionary<string, Rule> ByName = ScalarRules.All
        .GroupBy(rule => rule.Primitive, StringComparer.Ordinal)
        .ToDictionary(overloads => overloads.Key, Merge, StringComparer.Ordinal);

    public static IEnumerable<Rule> All => ByName.Values;

    /// <summary>The rule of a primitive such as <c>Math.Exp</c>; null when there is none.</summary>
    public static Rule? Find(string primitive) => ByName.TryGetValue(primitive, out Rule? rule) ? rule : null;

    private static Rule Merge(IEnumerable<Rule> overloads)
        => overloads.Aggregate((all, next) => all with { Overloads = [.. all.Overloads, .. next.Overloads] });
}
