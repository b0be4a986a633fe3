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

    private const string Calls = """
        using Backprop;

        namespace Models;

        public static partial class Inner
        {
            [Differentiable]
            public static double Callee(double x, double y)
            {
                double product = x * y;
                return product * x;
            }

            [Differentiable]
            public static double Other(double x) => x * x;

            [Differentiable]
            public static double Reads(double[] v) { return v[0]; }

            [Differentiable]
            public static void Writes(double[] v) { v[1] *= 2; }
        }
        """;

    private const string Callers = """
        using Backprop;

        namespace Models;

        public static partial class Outer
        {
            [Differentiable]
            public static double Caller(double x) => Inner.Callee(x, x + 1) * Inner.Other(x);

            [Differentiable]
            public static double Handing(double[] v, double[] w)
            {
                Inner.Writes(w);
                return Inner.Reads(v) + Inner.Reads(w);
            }

            [Differentiable]
            public static double Ping(double x, int n) => n == 0 ? x : Pong(x * 2, n - 1);

            [Differentiable]
            public static double Pong(double x, int n) => n == 0 ? x : Ping(x * x, n - 1);
        }
        """;

    private static readonly string[] halves = [DifferentiableGenerator.Steps.Differentiate, DifferentiableGenerator.Steps.Split, DifferentiableGenerator.Steps.Print, DifferentiableGenerator.Steps.PrintSplit];

    [Theory]
    [InlineData("the body of a callee", "product * x", "product * y", "Callee")]
    [InlineData("a callee that calls another now", "product * x", "product * Other(x)", "Callee")]
    [InlineData("the body of a caller", "x + 1", "x + 2", "Caller")]
    [InlineData("the parameters of a callee", "double Callee(double x, double y)", "double Callee(double x, double y, double z = 3)", "Callee", "Caller")]
    [InlineData("a mark on a callee's parameter", "double Callee(double x, double y)", "double Callee(double x, [NoGradient] double y)", "Callee", "Caller")]
    [InlineData("what a callee writes", "return v[0];", "return v[0] *= 2;", "Reads", "Handing")]
    [InlineData("what a callee writes beside what it wrote", "v[1] *= 2;", "v[1] *= 2; v[0] *= 2;", "Writes")]
    [InlineData("a cycle that is cut", "Ping(x * x, n - 1)", "x * x", "Pong", "Ping")]
    public void An_edit_concerns_only_the_methods_whose_text_it_changes(string edit, string before, string after, params string[] concerned)
    {
        foreach (Ran ran in After([Calls, Callers], halves, before, after))
        {
            Assert.True(concerned.Contains(ran.Method) || ran.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{edit}: {ran}");
            Assert.True(concerned.Contains(ran.Method) || ran.Step is DifferentiableGenerator.Steps.Print or DifferentiableGenerator.Steps.PrintSplit || ran.Reason == IncrementalStepRunReason.Cached, $"{edit}: {ran}");
        }

        Assert.All(concerned, method => Assert.Contains(After([Calls, Callers], halves, before, after), ran => ran.Method == method && ran.Reason == IncrementalStepRunReason.Modified));
    }

    internal sealed record Ran(string Step, string Method, IncrementalStepRunReason Reason);

    /// <summary>What ran, step by step and method by method, after pairs of texts were replaced.</summary>
    private static List<Ran> After(params string[] changes) => After([First, Second], steps, changes);

    private static List<Ran> After(string[] files, string[] steps, params string[] changes)
    {
        GeneratorDriver driver = Driver().RunGenerators(Compile(files));
        string[] edited = files;
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
        Unit unit => NameOf(unit.FileName),
        (string file, string) => NameOf(file),
        _ => "",
    };

    private static string NameOf(string file) => file.Replace(".Forward.g.cs", ".g.cs", StringComparison.Ordinal).Split('.')[^3];

    private static CSharpCompilation Compile(string[] files) => new Consumer().Compile(files.Select(text => text.ReplaceLineEndings("\n")));

    private static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new DifferentiableGenerator().AsSourceGenerator()],
        parseOptions: new CSharpParseOptions(LanguageVersion.CSharp13),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}
