using Backprop.Generator.Rules;

namespace Backprop.Generator.Tests.Rules;

/// <summary>The table is complete, true to the library, and documented.</summary>
public sealed class TableTests
{
    [Fact]
    public void Every_floating_point_member_has_a_rule()
        => Assert.Empty(Primitives.FloatingMembers().Except(RuleTable.All.Select(rule => rule.Primitive)).Except(PartsRules.All.Select(rule => rule.Member.Split('(')[0])));

    [Fact]
    public void Every_rule_stands_for_a_member_that_exists()
        => Assert.Empty(RuleTable.All.Select(rule => rule.Primitive).Except(Primitives.FloatingMembers()));

    [Fact]
    public void Every_overload_of_a_differentiable_member_has_formulas()
    {
        foreach (Rule rule in RuleTable.All.Where(rule => rule.Kind == RuleKind.Differentiable))
        {
            IEnumerable<int> arities = Enumerable.Range(1, 4).Where(n => Primitives.Overloads(rule.Primitive, n).Any());
            Assert.Equal(arities, rule.Overloads.Select(overload => overload.Arity).Order());
        }
    }

    [Fact]
    public void A_refusal_says_why_and_what_to_write()
        => Assert.All(RuleTable.All, rule => Assert.Equal(rule.Kind == RuleKind.Refused, rule.Reason.Contains(';')));

    [Fact]
    public void An_unknown_primitive_has_no_rule() => Assert.Null(RuleTable.Find("Math.DivRem"));

    [Theory]
    [InlineData("Math.Exp", nameof(RuleKind.Differentiable))]
    [InlineData("MathF.Floor", nameof(RuleKind.Zero))]
    [InlineData("double.BitIncrement", nameof(RuleKind.Refused))]
    public void Rules_are_found_by_name(string primitive, string kind)
        => Assert.Equal(kind, RuleTable.Find(primitive)?.Kind.ToString());

    [Fact]
    public void Every_rule_has_a_row_in_the_documentation_and_every_row_a_rule()
    {
        IEnumerable<string> rules = RuleTable.All.Select(rule => $"{rule.Kind}: {Primitives.MemberOf(rule.Primitive)}").Distinct();
        Assert.Equal(rules.Order(StringComparer.Ordinal), RuleDocs.Rows().Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_documentation_names_the_hosts_of_every_member()
    {
        foreach (IGrouping<string, Rule> rules in RuleTable.All.GroupBy(rule => Primitives.MemberOf(rule.Primitive)))
        {
            string hosts = string.Join(" ", rules.Select(rule => Primitives.HostOf(rule.Primitive)).Distinct());
            Assert.Contains($"{rules.Key}: {hosts}", RuleDocs.HostsOfRows());
        }
    }
}
