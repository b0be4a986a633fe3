using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Backprop.Generator.IR;

namespace Backprop.Generator.Tests;

/// <summary>Which steps run again for which method after an edit of one of three.</summary>
public sealed class IncrementalityTests
{
    private const string First = """
        using System;
        using Backprop;

        namespace Models;

        public static partial class Curves
        {
            [Differentiable]
            public static double Bend(double x, double y)
            {
                double bent = x * y + 2;
                return bent * bent;
            }

            [Differentiable]
            public static double Turn(double angle)
            {
                double turned = Math.Sin(angle);
                return turned * 3;
            }
        }
        """;

    private const string Second = """
        namespace Models;

        internal static class Prices
        {
            public const double Rate = 0.05;

            public static double Twice(double x) => x + x;
        }
        """;

    private static readonly string[] steps = [DifferentiableGenerator.Steps.Lower, DifferentiableGenerator.Steps.Differentiate, DifferentiableGenerator.Steps.Print];

    [Theory]
    [InlineData("nothing", "return", "return")]
    [InlineData("a comment in a method", "return bent", "/* squared */ return bent")]
    [InlineData("a comment at the end of a line", "x * y + 2;", "x * y + 2; // bent")]
    [InlineData("white space", "double bent = x * y", "double  bent\n=   x * y")]
    [InlineData("a comment between methods", "    [Differentiable]\n    public static double Turn", "    // turns\n    [Differentiable]\n    public static double Turn")]
    [InlineData("a using", "using System;", "using System;\nusing System.Linq;")]
    [InlineData("the documentation of a method", "    [Differentiable]\n    public static double Bend", "    /// <summary>Bends.</summary>\n    [Differentiable]\n    public static double Bend")]
    [InlineData("a constant in another file", "0.05", "0.07")]
    [InlineData("a method in another file", "x + x", "2 * x")]
    public void No_method_is_differentiated_again_after_an_edit_of(string edit, string before, string after)
    {
        foreach (Ran ran in After(before, after))
        {
            Assert.True(ran.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{edit}: {ran}");
            Assert.True(ran.Step == DifferentiableGenerator.Steps.Lower || ran.Reason == IncrementalStepRunReason.Cached, $"{edit}: {ran}");
        }
    }

    [Theory]
    [InlineData("a constant", "y + 2", "y + 4")]
    [InlineData("a local's name", "bent", "curved")]
    [InlineData("a parameter's name", "y", "y", "double y", "double z", "x * y", "x * z")]
    [InlineData("an operator", "x * y", "x - y")]
    [InlineData("its accessibility", "public static double Bend", "internal static double Bend")]
    [InlineData("an attribute of a parameter", "double y", "[NoGradient] double y")]
    public void Only_the_edited_method_is_differentiated_again_after_a_change_of(string edit, params string[] changes)
    {
        foreach (Ran ran in After(changes))
        {
            bool isEdited = ran.Method == "Bend";
            Assert.True(isEdited == (ran.Reason == IncrementalStepRunReason.Modified), $"{edit}: {ran}");
            Assert.True(isEdited || ran.Step == DifferentiableGenerator.Steps.Lower || ran.Reason == IncrementalStepRunReason.Cached, $"{edit}: {ran}");
        }
    }

    [Fact]
    public void A_new_method_leaves_the_text_of_the_others_alone()
    {
        List<Ran> ran = After("    [Differentiable]\n    public static double Turn", "    [Differentiable]\n    public static double Add(double x) => x + 1;\n\n    [Differentiable]\n    public static double Turn");

        // The names of a type's members are among those that locals must not take, so its methods are differentiated again, to the same end.
        Assert.Equal(IncrementalStepRunReason.Unchanged, ran.Single(r => r is { Method: "Bend", Step: DifferentiableGenerator.Steps.Print }).Reason);
        Assert.Contains(ran, r => r.Method == "Add");
    }

    [Fact]
    public void A_method_that_becomes_wrong_takes_only_its_own_file_with_it()
    {
        GeneratorDriver driver = Driver().RunGenerators(Compile([First, Second]));
        driver = driver.RunGenerators(Compile([First.Replace("turned * 3", "turned.ToString().Length"), Second]));
        Assert.Contains(driver.GetRunResult().Results.Single().GeneratedSources, source => source.HintName == "Models.Curves.Bend.g.cs");
    }

    internal sealed record Ran(string Step, string Method, IncrementalStepRunReason Reason);

    /// <summary>What ran, step by step and method by method, after pairs of texts were replaced.</summary>
    private static List<Ran> After(params string[] changes)
    {
        GeneratorDriver driver = Driver().RunGenerators(Compile([First, Second]));
        string[] edited = [First, Second];
        for (int i = 0; i < changes.Length; i += 2)
        {
            edited = [.. edited.Select(text => text.Replace(changes[i], changes[i + 1]))];
        }

        GeneratorRunResult result = driver.RunGenerators(Compile(edited)).GetRunResult().Results.Single();
        List<Ran> ran = [.. from step in steps from run in result.TrackedSteps[step] from output in run.Outputs select new Ran(step, NameOf(output.Value), output.Reason)];
        Assert.True(ran.Count >= 6, "Not every step was tracked.");
        return ran;
    }

    private static string NameOf(object? value) => value switch
    {
        Method method => method.Name,
        Unit unit => unit.FileName.Split('.')[^3],
        (string file, string) => file.Split('.')[^3],
        _ => "",
    };

    private static CSharpCompilation Compile(string[] files) => new Consumer().Compile(files.Select(text => text.ReplaceLineEndings("\n")));

    private static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new DifferentiableGenerator().AsSourceGenerator()],
        parseOptions: new CSharpParseOptions(LanguageVersion.CSharp13),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}
