using System.Text.RegularExpressions;

namespace Backprop.Integration;

/// <summary>The table of what is covered where names tests that exist.</summary>
public static partial class CaseListTests
{
    private static readonly string[] names = [.. Names().Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"))).Select(match => match.Groups[1].Value)];

    public static TheoryData<string> Named => [.. names.Distinct()];

    [GeneratedRegex(@"`(\w+\.[A-Z]\w+_\w+|(?:Kinks|Arguments|Recursion|Locals|Loops|Operators|Numerics|Structs|StructMembers)\.[A-Z]\w+)`")]
    private static partial Regex Names();

    [Theory]
    [MemberData(nameof(Named))]
    public static void A_test_of_the_table_exists(string name)
    {
        string[] parts = name.Split('.');
        Type[] types = [.. typeof(CaseListTests).Assembly.GetTypes().Where(type => type.Name == parts[0])];
        Assert.Contains(types.SelectMany(type => type.GetMethods()), method => method.Name == parts[1] && method.GetCustomAttributes(typeof(FactAttribute), inherit: true).Length > 0);
    }

    [Fact]
    public static void Every_program_has_tests_in_the_table()
    {
        string[] tests = [.. typeof(CaseListTests).Assembly.GetTypes().Where(type => type.Namespace == "Backprop.Programs" && type.Name.EndsWith("Tests", StringComparison.Ordinal)).Select(type => type.Name)];
        Assert.Equal(19, tests.Length);
        Assert.Empty(tests.Except(names.Select(name => name.Split('.')[0])));
    }
}
