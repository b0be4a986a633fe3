using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Backprop.Generator.Tests.Frontend;

/// <summary>Calls of methods that are differentiable themselves.</summary>
public sealed class DifferentiableCallsTests
{
    [Fact]
    public void A_call_is_a_statement_of_its_own()
        => Assert.Equal(
            """
            double #1 = x * x
            call double #2 = G(#1, x)
            return #2
            """.ReplaceLineEndings("\n"),
            Source.BodyText("[Differentiable] static double F(double x) => G(x * x, x); [Differentiable] static double G(double a, double b) => a * b;"));

    [Fact]
    public void What_is_passed_by_reference_gets_the_value_that_the_call_gives()
        => Assert.Equal(
            """
            call double #1, double #2 = G(x, default(double))
            x = #1
            double y = #2
            double #3 = x * y
            return #3
            """.ReplaceLineEndings("\n").Replace("double y = #2", "y = #2", StringComparison.Ordinal),
            Source.BodyText("[Differentiable] static double F(double x) { G(ref x, out double y); return x * y; } [Differentiable] static void G(ref double a, out double b) { b = a; a = 2 * b; }")
                .Replace("double y\n", "", StringComparison.Ordinal));

    [Fact]
    public void An_unmarked_method_with_an_active_argument_stays_refused()
        => Assert.Empty(new Consumer().Generate(Source.InClass("[Differentiable] static double F(double x) => G(x); static double G(double a) => a;")).Text);

    [Fact]
    public void A_call_with_inactive_arguments_only_stays_a_plain_call()
    {
        string text = new Consumer().Generate(Source.InClass("[Differentiable] static double F(double x, int n) => x * G(n); [Differentiable] static double G(double a) => a;")).CompilesCleanly().Text;
        Assert.DoesNotContain("GForward", text, StringComparison.Ordinal);
        Assert.Contains("* G(n)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_method_of_another_assembly_is_called_by_what_its_assembly_shows()
    {
        const string Library = """
            using Backprop;
            namespace Library;
            public static partial class Waves
            {
                [Differentiable] private static double Wave(int n, double x) => x * n;
                [Differentiable] public static double Wave(double x) { double y = System.Math.Exp(x); return y * x * Wave(2, x); }
            }
            """;
        MetadataReference library = new Consumer().Generate(Library).CompilesCleanly().Reference();
        const string User = "using Backprop; public static partial class C { [Differentiable] public static double F(double x) => Library.Waves.Wave(x * x) * x; }";
        Output output = new Consumer { More = [library] }.Generate(User).CompilesCleanly();

        // The number is the library's: the user's compiler does not see the private overload that comes first.
        Assert.Contains("Library.Waves.WaveResiduals2", output.Text, StringComparison.Ordinal);
    }

    /// <summary>What it writes, itself or through others, and whether it returns what it was given, are constants of its residuals.</summary>
    [Fact]
    public void What_a_method_of_another_assembly_does_with_memory_is_known()
    {
        const string Library = """
            using Backprop;
            namespace Library;
            public static partial class Waves
            {
                [Differentiable] private static void Double(double[] a) => a[0] *= 2;
                [Differentiable] public static double Write(double[] a, double[] b) { Double(b); return a[0] * b[0]; }
                [Differentiable] public static double[] Same(double[] a) => a;
            }
            """;
        MetadataReference library = new Consumer().Generate(Library).CompilesCleanly().Reference();
        string Caller(string body) => new Consumer { More = [library] }.Generate($"using Backprop; using Library; public static partial class C {{ [Differentiable] public static double F(double[] x, double[] y) {{ {body} }} }}").CompilesCleanly().Text;
        Assert.Contains("KeepCopy<double>(y)", Caller("return Waves.Write(x, y) * Waves.Write(x, y);"), StringComparison.Ordinal);
        Assert.DoesNotContain("KeepCopy<double>(x)", Caller("return Waves.Write(x, y) * Waves.Write(x, y);"), StringComparison.Ordinal);
        Assert.Empty(Caller("return Waves.Same(x)[0];"));
        Assert.NotEmpty(Caller("Waves.Same(x); return x[0];"));
    }

    [Fact]
    public void A_method_of_an_assembly_without_its_forward_pass_is_refused()
    {
        const string Library = "using Backprop; namespace Library; public static class Waves { [Differentiable] public static double Wave(double x) => x; }";
        using MemoryStream stream = new();
        Assert.True(new Consumer().Compile(Library).Emit(stream).Success);
        const string User = "using Backprop; public static partial class C { [Differentiable] public static double F(double x) => Library.Waves.Wave(x) * x; }";
        Assert.Empty(new Consumer { More = [MetadataReference.CreateFromImage(stream.ToArray())] }.Generate(User).Text);
    }

    /// <summary>The compiler runs no analyzer where a declaration is broken, and a struct with a field of residuals that do not exist is.</summary>
    [Fact]
    public void What_calls_a_refused_method_gets_nothing_so_that_the_refusal_is_seen()
    {
        const string Methods = """
            [Differentiable] static double F(double x) => G(x) * x;
            [Differentiable] static double G(double x) => H(x) * x;
            [Differentiable] static double H(double x) { A: x *= 2; if (x < 1) goto A; return x; }
            [Differentiable] static double Other(double x) => x * x;
            """;
        string[] names = [.. new Consumer().Generate(Source.InClass(Methods)).CompilesCleanly().Names];
        Assert.Equal(["C.Other.Forward.g.cs", "C.Other.g.cs"], names.Order(StringComparer.Ordinal));
    }
}
