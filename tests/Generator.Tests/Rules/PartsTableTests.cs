using Backprop.Generator.Rules;

namespace Backprop.Generator.Tests.Rules;

/// <summary>The table of members that take or give structs is complete and true to the library.</summary>
public sealed class PartsTableTests
{
    [Fact]
    public void Every_member_with_numbers_has_a_rule()
        => Assert.Empty(NumericsMembers.Names.Except(PartsRules.All.Select(rule => rule.Member)));

    [Fact]
    public void Every_rule_stands_for_a_member_that_exists()
        => Assert.Empty(PartsRules.All.Select(rule => rule.Member).Except(NumericsMembers.Names));

    [Fact]
    public void Every_rule_has_a_row_in_the_documentation_and_every_row_a_rule()
    {
        IEnumerable<string> rules = PartsRules.All.Select(rule => $"{rule.Kind}: {NameOf(rule.Member)}").Where(name => !name.Contains(".op_", StringComparison.Ordinal));
        Assert.Equal(rules.Distinct().Order(StringComparer.Ordinal), RuleDocs.StructRows().Distinct().Order(StringComparer.Ordinal));
    }

    // Type.Member without parameters; indexers are this[].
    private static string NameOf(string member)
    {
        string setter = member.Contains('=') ? " =" : "";
        string name = member.Split('(', '[', ' ')[0];
        return name.EndsWith(".this", StringComparison.Ordinal) ? name + "[]" + setter : name.Replace(".this.", ".", StringComparison.Ordinal) + setter;
    }

    [Fact]
    public void A_refusal_says_why_and_what_to_write()
        => Assert.All(PartsRules.All, rule => Assert.Equal(rule.Kind == RuleKind.Refused, rule.Reason.Contains(';')));
}
