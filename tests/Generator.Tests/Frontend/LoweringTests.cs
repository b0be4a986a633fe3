using Backprop.Generator.Frontend;
using Backprop.Generator.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Backprop.Generator.Tests.Frontend;

/// <summary>What holds for every method, however it is written.</summary>
public sealed class LoweringTests
{
    private const string Program = """
        [Differentiable]
        static double F(double x, double[] a, int n)
        {
            double sum = 0;
            for (int i = 0; i < n && i < a.Length; i++)
            {
                if (a[i] > x)
                    continue;
                sum += n switch { 1 => Math.Sin(x), > 3 when x > 2 => a[^1], _ => 0 } * a[i];
            }

            (sum, x) = (x, sum);
            return sum > 3 ? sum : throw new ArgumentException($"{sum}", nameof(a));
        }
        """;

    [Fact]
    public void Lowering_twice_gives_equal_methods()
    {
        // Only a checked build sees the lines.
        Method first = Source.LowerMethod(Program).In(Refused.Nothing);
        Method second = Source.LowerMethod(Program.Replace("double sum = 0;", "/* a comment */ double  sum\n = 0;")).In(Refused.Nothing);
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
    }

    [Fact]
    public void Half_typed_code_gives_nothing_and_says_nothing()
    {
        for (int length = 0; length < Program.Length; length += 3)
        {
            LoweredMethod[] all = [.. Source.LowerAll(Source.Compile(Source.InClass(Program[..length])), "")];
            Assert.DoesNotContain(all.SelectMany(static l => l.Diagnostics), static d => d.Id.StartsWith("BPG9", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Missing_tokens_do_no_harm()
    {
        SyntaxToken[] tokens = [.. SyntaxFactory.ParseTokens(Program)];
        for (int skipped = 3; skipped < tokens.Length; skipped++)
        {
            string damaged = string.Concat(tokens.Where((_, i) => i != skipped).Select(static t => t.ToFullString() + " "));
            LoweredMethod[] all = [.. Source.LowerAll(Source.Compile(Source.InClass(damaged)), "")];
            Assert.DoesNotContain(all.SelectMany(static l => l.Diagnostics), static d => d.Id.StartsWith("BPG9", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_sum_of_a_thousand_terms_is_not_too_deep()
    {
        string sum = string.Join(" + ", Enumerable.Range(0, 1000).Select(static i => $"x * {i}"));
        Assert.Contains("return #1999", Source.BodyText($"[Differentiable] static double F(double x) => {sum};"), StringComparison.Ordinal);
    }

    [Fact]
    public void Cancellation_is_passed_on()
    {
        CSharpCompilation compilation = Source.CompileValid(Source.InClass(Program));
        MethodDeclarationSyntax node = compilation.SyntaxTrees[0].GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single();
        SemanticModel model = compilation.GetSemanticModel(node.SyntaxTree);
        Assert.ThrowsAny<OperationCanceledException>(() => Lowering.Lower(model.GetDeclaredSymbol(node)!, node, model, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void The_body_of_a_partial_method_is_found_in_its_other_part()
    {
        LoweredMethod lowered = Source.Lower(Source.CompileValid(
            "using Backprop; partial class C { [Differentiable] internal static partial double F(double x); }",
            "partial class C { internal static partial double F(double x) => x * x; }"));
        Assert.Contains("x * x", IrText.Of(Assert.IsType<Method>(lowered.Method)), StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_are_unique_and_free_ones_are_known()
    {
        Method method = Source.LowerMethod(Program);
        int largest = System.Text.RegularExpressions.Regex.Matches(IrText.Of(method), @"#(\d+)|(?:site|if|loop|scope) (\d+)")
            .Max(static m => int.Parse(m.Groups[1].Success ? m.Groups[1].Value : m.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture));
        Assert.InRange(largest, 1, method.FirstFreeId - 1);
    }

    [Fact]
    public void Checked_projects_are_known()
    {
        CSharpCompilation compilation = Source.CompileValid(Source.InClass("[Differentiable] static double F(double x, int n) => x * (n + 1);"));
        Method? method = Source.Lower(compilation.WithOptions(compilation.Options.WithOverflowChecks(true))).Method;
        Assert.Equal(Overflow.Checked, method!.Arithmetic);
        Assert.Contains("n +checked 1", IrText.Of(method), StringComparison.Ordinal);
    }
}
