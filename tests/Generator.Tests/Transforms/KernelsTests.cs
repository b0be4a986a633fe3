namespace Backprop.Generator.Tests.Transforms;

/// <summary>Which loops get a method of their own.</summary>
public sealed class KernelsTests
{
    [Fact]
    public void Without_a_loop_there_is_one_method()
        => Assert.Equal(["FBackward", "FGradient"], Methods(Emitted("[Differentiable] public static double F(double x) { return Math.Exp(x); }")));

    [Fact]
    public void A_loop_without_calls_around_it_stays_in_the_method()
    {
        string text = Emitted("[Differentiable] public static double F(double x, int n) { double s = 0; for (int i = 0; i < n; i++) s += x * i; return s; }");
        Assert.Equal(["FBackward", "FGradient"], Methods(text));
        Assert.Contains("AggressiveOptimization", text);
    }

    [Fact]
    public void Checks_and_storage_stand_before_one_kernel_for_the_rest()
    {
        string text = Emitted("[Differentiable] public static double F(ReadOnlySpan<double> x) { double s = 1; for (int i = 0; i < x.Length; i++) s *= x[i]; return s; }");
        Assert.Equal(["FBackward", "FBackwardKernel", "FGradient"], Methods(text));
        Assert.True(text.IndexOf("Require", StringComparison.Ordinal) < text.IndexOf("Kernel(", StringComparison.Ordinal));
        Assert.True(text.IndexOf("for (", StringComparison.Ordinal) > text.IndexOf("private static", StringComparison.Ordinal));
    }

    [Fact]
    public void With_calls_between_them_every_outermost_loop_is_a_kernel()
    {
        string text = Emitted("[Differentiable] public static double F(double x, int n) { double s = 1; for (int i = 0; i < n; i++) s *= x; return Math.Log(s); }");
        Assert.Equal(["FBackward", "FBackwardLoop", "FBackwardLoop2", "FGradient"], Methods(text));
        Assert.Equal(2, text.Split("AggressiveOptimization").Length - 1);
    }

    [Fact]
    public void A_square_root_is_no_call()
        => Assert.DoesNotContain("FBackwardLoop", Emitted("[Differentiable] public static double F(double x, int n) { double s = 1; for (int i = 0; i < n; i++) s *= x; return Math.Sqrt(s); }"));

    [Fact]
    public void Calls_inside_a_loop_do_not_divide_it()
        => Assert.DoesNotContain("Loop", Emitted("[Differentiable] public static double F(double x, int n) { double s = 0; for (int i = 0; i < n; i++) s += Math.Exp(x * i); return s; }"));

    

    private static string[] Methods(string text) => [.. text.Split('\n')
        .Where(line => line.StartsWith("    public static", StringComparison.Ordinal) || line.StartsWith("    private static", StringComparison.Ordinal))
        .Select(line => System.Text.RegularExpressions.Regex.Match(line, @"(F\w+)\(").Groups[1].Value)];

    private static string Emitted(string members) => new Consumer().Generate(Source.InClass(members)).Text;
}
