using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Backprop.Generator.Tests;

/// <summary>Which edits make the generator work again.</summary>
public sealed class DifferentiableGeneratorTests
{
    private const string Program = """
            [Differentiable]
            static double F(double x, int n)
            {
                return x * 2 + n;
            }

            static double Other(double y)
            {
                return y;
            }
        """;

    [Theory]
    [InlineData("partial interface C { [Differentiable] double F(double x); } partial class C { [Differentiable] public double F(double x) => x; }")]
    [InlineData("[Differentiable] partial class C { public double A; } [Differentiable] partial struct C { public double B; }")]
    [InlineData("[Differentiable] partial class C { public double A; } [Differentiable] partial class C { public double B; }")]
    public void Two_types_of_one_name_are_no_reason_to_throw(string source)
    {
        Compilation compilation = Source.Compile("using Backprop; " + source);
        GeneratorDriverRunResult result = CSharpGeneratorDriver.Create(new DifferentiableGenerator()).RunGenerators(compilation).GetRunResult();
        Assert.Null(result.Results.Single().Exception);
    }

    [Theory]
    [InlineData("nothing", "return x", "return x")]
    [InlineData("a comment", "return x", "/* why */ return x // because\n")]
    [InlineData("white space", "return x", "\n\n   return   x")]
    [InlineData("the body of another method", "return y", "return 2 * y")]
    [InlineData("a file header", "    [Differentiable]", "// new\n    [Differentiable]")]
    public void Nothing_runs_again_after_a_change_of(string edit, string before, string after)
        => Assert.True(Reason(before, after) is IncrementalStepRunReason.Unchanged or IncrementalStepRunReason.Cached, edit);

    [Theory]
    [InlineData("a constant", "x * 2", "x * 3")]
    [InlineData("a type", "double x, int n", "double x, long n")]
    [InlineData("a local's name", "x * 2 + n", "x * n + 2")]
    [InlineData("an attribute of a parameter", "int n", "[NoGradient] double n")]
    public void The_method_is_lowered_again_after_a_change_of(string edit, string before, string after)
        => Assert.True(Reason(before, after) is IncrementalStepRunReason.Modified, edit);

    [Fact]
    public void The_generator_reports_nothing_on_a_method_that_is_refused()
    {
        CSharpCompilation compilation = Source.Compile(Source.InClass("[Differentiable] static double F(double x) { try { } finally { } return x; }"));
        GeneratorDriverRunResult result = Driver().RunGenerators(compilation).GetRunResult();
        Assert.Empty(result.Diagnostics);
        Assert.Null(Assert.Single(result.Results).Exception);
    }

    private static IncrementalStepRunReason Reason(string before, string after)
    {
        GeneratorDriver driver = Driver().RunGenerators(Source.CompileValid(Source.InClass(Program)));
        string edited = Program.Replace(before, after);
        driver = driver.RunGenerators(Source.CompileValid(Source.InClass(edited)));
        return driver.GetRunResult().Results.Single().TrackedSteps[DifferentiableGenerator.Steps.Lower].Single().Outputs.Single().Reason;
    }

    private static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new DifferentiableGenerator().AsSourceGenerator()],
        parseOptions: Source.Parse,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}
