namespace Backprop.Generator.Tests.Transforms;

/// <summary>Which loops count, and which only repeat.</summary>
public sealed class CountedLoopsTests
{
    [Fact]
    public void An_index_that_only_the_head_moves_counts() => Pass.CountedLoops.Turns(
        "[Differentiable] static double F(double x, int n) { for (int i = 0; i < n; i++) x *= x; return x; }",
        """
        int i#1 = 0
        loop 1 for (i#2 = i#1; i#2 < n; i#2 += 1)
          x = x * x
        return x
        """);

    [Theory]
    [InlineData("int i = n; i >= 0; i -= 2", "i >= 0; i += -2")]
    [InlineData("int i = n; 0 < i; i--", "i > 0; i += -1")]
    [InlineData("int i = 1; n >= i; i += 3", "i <= n; i += 3")]
    public void Any_direction_and_step_counts(string head, string counted)
        => Assert.Contains(counted, Numberless(Loop(head, "x *= x;")));

    [Theory]
    [InlineData("int i = 0; i < n; i++", "i += 1;")]
    [InlineData("int i = 0; i < n; i++", "n--;")]
    [InlineData("int i = 0; i != n; i++", "x *= x;")]
    [InlineData("int i = 0; i < n; i--", "x *= x;")]
    [InlineData("int i = 0; i < n; i *= 2", "x *= x;")]
    [InlineData("long i = 0; i < n; i++", "x *= x;")]
    [InlineData("double i = 0; i < n; i += 1", "x *= x;")]
    [InlineData("int i = 0; i < x; i++", "x *= x;")]
    [InlineData("int i = 0; i < n; i++, n--", "x *= x;")]
    public void Anything_else_only_repeats(string head, string body)
        => Assert.Contains("while (", Loop(head, body), StringComparison.Ordinal);

    [Fact]
    public void The_length_of_storage_is_a_bound() => Assert.DoesNotContain("while", Pass.CountedLoops.Text(
        "[Differentiable] static double F(double[] a) { double s = 0; for (int i = 0; i < a.Length; i++) s += a[i]; return s; }"));

    private static string Loop(string head, string body)
        => Pass.CountedLoops.Text($"[Differentiable] static double F(double x, int n) {{ for ({head}) {{ {body} }} return x; }}");

    private static string Numberless(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"#\d+", "");
}
