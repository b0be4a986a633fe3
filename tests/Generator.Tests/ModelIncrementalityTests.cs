using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Backprop.Generator.Tests;

/// <summary>Which types are lowered and printed again after an edit of one of two.</summary>
public sealed class ModelIncrementalityTests
{
    private const string Source = """
        using Backprop;

        namespace Models;

        [Differentiable]
        public sealed partial class Line
        {
            public double Slope = 1;
            public double[] Offsets = [];

            public double At(double x) => Slope * x;
        }

        [Differentiable]
        public sealed partial class Lines
        {
            public Line[] All = [];

            [Differentiable]
            public double Loss(double x) => x * x;
        }
        """;

    [Theory]
    [InlineData("nothing", "return", "return")]
    [InlineData("a comment", "public double Slope", "/* its slope */ public double Slope")]
    [InlineData("an initial value", "Slope = 1", "Slope = 2")]
    [InlineData("a method", "Slope * x", "Slope * x + 1")]
    [InlineData("a differentiable method", "x * x", "x * x * x")]
    public void No_type_is_printed_again_after_an_edit_of(string edit, string before, string after)
    {
        List<(string File, IncrementalStepRunReason Reason)> printed = Printed(before, after);
        Assert.Equal(2, printed.Count);
        Assert.All(printed, ran => Assert.True(ran.Reason == IncrementalStepRunReason.Cached, $"{edit}: {ran}"));
    }

    [Theory]
    [InlineData("a member's name", "Offsets", "Shifts")]
    [InlineData("a member's type", "double[] Offsets = []", "double Offsets")]
    [InlineData("a mark", "public double Slope", "[NoGradient] public double Slope")]
    [InlineData("a new member", "public double Slope = 1;", "public double Slope = 1, Curve;")]
    public void Only_the_edited_type_is_printed_again_after_a_change_of(string edit, string before, string after)
    {
        List<(string File, IncrementalStepRunReason Reason)> printed = Printed(before, after);
        Assert.Equal(2, printed.Count);
        foreach ((string file, IncrementalStepRunReason reason) in printed)
        {
            Assert.True(reason == (file == "Models.Line.g.cs" ? IncrementalStepRunReason.Modified : IncrementalStepRunReason.Cached), $"{edit}: {file} {reason}");
        }
    }

    [Fact]
    public void A_type_that_becomes_wrong_takes_only_its_own_file_with_it()
    {
        GeneratorDriver driver = Driver().RunGenerators(Compile(Source)).RunGenerators(Compile(Source.Replace("double[] Offsets = []", "decimal Offsets")));
        Assert.Equal(["Models.Lines.Loss.Forward.g.cs", "Models.Lines.Loss.g.cs", "Models.Lines.g.cs"], driver.GetRunResult().Results.Single().GeneratedSources.Select(static s => s.HintName).Order(StringComparer.Ordinal));
    }

    private static List<(string File, IncrementalStepRunReason Reason)> Printed(string before, string after)
    {
        GeneratorDriver driver = Driver().RunGenerators(Compile(Source)).RunGenerators(Compile(Source.Replace(before, after)));
        return [.. driver.GetRunResult().Results.Single().TrackedSteps[DifferentiableGenerator.Steps.PrintModel]
            .SelectMany(static step => step.Outputs)
            .Select(static output => ((((string FileName, string Text)?)output.Value)!.Value.FileName, output.Reason))];
    }

    private static CSharpGeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new DifferentiableGenerator().AsSourceGenerator()],
        parseOptions: Tests.Source.Parse,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static CSharpCompilation Compile(string text) => Tests.Source.CompileValid(text, "");
}
