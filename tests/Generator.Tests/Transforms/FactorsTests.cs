namespace Backprop.Generator.Tests.Transforms;

/// <summary>What does not change in a loop is multiplied first, in the adjoint only.</summary>
public sealed class FactorsTests
{
    [Theory]
    [InlineData("sum += x[i] * x[i];", "dx[i] += 2 * seed * xi;")]
    [InlineData("sum += x[i] * x[i] * w;", "dx[i] += 2 * seed * w * xi;")]
    [InlineData("sum += w * (x[i] * x[i]) * 3;", "dx[i] += 6 * seed * w * xi;")]
    public void In_a_loop(string statement, string expected)
        => Assert.Contains(expected, Emitted($"double sum = 0; for (int i = 0; i < x.Length; i++) {{ {statement} }} return sum;"));

    [Fact]
    public void What_changes_in_an_inner_loop_only_comes_before_what_changes_there()
        => Assert.Contains(
            "2 * seed * a * xj",
            Emitted("double sum = 0; for (int i = 0; i < x.Length; i++) { double a = Math.Sin(x[i]); for (int j = 0; j < x.Length; j++) { sum += a * (x[j] * x[j]); } } return sum;"));

    [Theory]
    [InlineData("return x[0] * x[0] * w;")]
    [InlineData("double y = w; for (int i = 0; i < x.Length; i++) { y = 2 * (w * y); } return y;")]
    public void Nothing_else_is_reordered(string body)
    {
        string text = Emitted(body);
        Assert.Contains(body.Contains("for", StringComparison.Ordinal) ? "y = 2 * (w * y);" : "2 * (seed * w * item)", text);
    }

    private static string Emitted(string body) => new Consumer()
        .Generate($"using System; using Backprop; public static partial class C {{ [Differentiable] public static double F(ReadOnlySpan<double> x, double w) {{ {body} }} }}")
        .CompilesCleanly().Text;
}
