namespace Backprop.Generator.Tests.Transforms;

/// <summary>What C# does not let be written from outside is made anew or reached by an accessor.</summary>
public sealed class ReachesTests
{
    private static string Emitted(string source) => new Consumer().Generate("using System;\nusing Backprop;\n" + source).CompilesCleanly().Text;

    private const string Closed = "public struct S { private double a; public readonly double B; public S(double x) { a = x; B = x; } public readonly double Sum => a + B; }\n";

    [Fact]
    public void Fields_that_nobody_else_can_name_have_accessors()
    {
        string text = Emitted(Closed + "public static partial class C { [Differentiable] public static double F(S s) => s.Sum * s.B; }");
        Assert.Contains("UnsafeAccessorKind.Field, Name = \"a\"", text, StringComparison.Ordinal);
        Assert.Contains("s.B", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Inside_the_struct_they_have_their_names()
    {
        string text = Emitted("public partial struct S { private double a; [Differentiable] public double F(double x) { a *= x; return a; } }");
        Assert.Contains("this.a = ", text, StringComparison.Ordinal);
        Assert.Contains("dThis.a = ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("UnsafeAccessor", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Fields_that_are_read_only_inside_too_have_accessors_for_their_gradients()
    {
        string text = Emitted("public partial struct S { private readonly double a; public S(double x) => a = x; [Differentiable] public readonly double F(double x) => a * x; }");
        Assert.Contains("this.a", text, StringComparison.Ordinal);
        Assert.Contains("UnsafeAccessorKind.Field, Name = \"a\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Elements_of_records_are_made_anew_once()
    {
        string text = Emitted("public readonly record struct P(double X, double Y);\n"
            + "public static partial class C { [Differentiable] public static double F(ReadOnlySpan<P> p) => p[0].X * p[0].Y; }");
        Assert.Contains("dp[0] = new P(dp[0].X + ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("dp[0].X +=", text, StringComparison.Ordinal);
    }
}
