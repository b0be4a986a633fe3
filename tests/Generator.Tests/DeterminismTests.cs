using System.Globalization;

namespace Backprop.Generator.Tests;

/// <summary>The same source gives the same text, whoever compiles it.</summary>
public sealed class DeterminismTests
{
    [Theory]
    [MemberData(nameof(Examples.Names), MemberType = typeof(Examples))]
    public void The_same_source_gives_the_same_text(string example)
    {
        string source = Examples.Named(example).Source;
        Assert.Equal(Emitted(source), Emitted(source));
    }

    [Theory]
    [MemberData(nameof(Examples.Names), MemberType = typeof(Examples))]
    public void The_culture_of_the_machine_does_not_matter(string example)
    {
        string source = Examples.Named(example).Source, expected = Emitted(source);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Unusual();
            Assert.Equal(expected, Emitted(source));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [MemberData(nameof(Examples.Names), MemberType = typeof(Examples))]
    public void The_line_endings_of_the_source_do_not_matter(string example)
    {
        string source = Examples.Named(example).Source;
        Assert.Equal(Emitted(source), Emitted(source.ReplaceLineEndings("\r\n")));
    }

    [Fact]
    public void Emitted_lines_end_with_a_line_feed_alone()
        => Assert.DoesNotContain('\r', Emitted(Examples.Named("Line").Source.ReplaceLineEndings("\r\n")));

    private static string Emitted(string source) => new Consumer().Generate(source).Text;

    /// <summary>Numbers as in no C#: what cultures of the system would give, without needing them to be installed.</summary>
    private static CultureInfo Unusual()
    {
        CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "\u2212";
        culture.NumberFormat.PositiveInfinitySymbol = "infinito";
        return culture;
    }
}
