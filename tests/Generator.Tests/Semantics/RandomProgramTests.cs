using System.Reflection;
using System.Runtime.Loader;
using Backprop.Generator.Emit;
using Backprop.Generator.IR;
using Backprop.Generator.Transforms;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Backprop.Generator.Tests.Semantics;

/// <summary>Printed C# does what the function in normal form says: values, exceptions, writes and calls, in order.</summary>
public class RandomProgramTests
{
    private const int Programs = 400;

    private static readonly MetadataReference[] references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static int Batches => int.TryParse(Environment.GetEnvironmentVariable("BACKPROP_RANDOM_BATCHES"), out int batches) ? batches : 5;

    [Fact]
    public void Printed_programs_do_what_their_normal_form_says()
    {
        List<string> failures = [];
        for (int batch = 0; batch < Batches; batch++)
        {
            RunBatch(1 + (batch * Programs), failures);
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {Batches * Programs} programs differ. The shortest:\n{failures.MinBy(f => f.Length)}");
    }

    private static void RunBatch(int firstSeed, List<string> failures)
    {
        List<Function> functions = [];
        for (int seed = firstSeed; seed < firstSeed + Programs; seed++)
        {
            Function function = RandomFunctions.Next(seed) with { Name = "F" + seed };
            Verifier.CheckNormalForm(function);
            functions.Add(function);
        }

        var container = new Container("", EquatableArray.Of("public static partial class Printed"), "Printed", default, default);
        string text = Printer.Print(Printable.Of(new Unit(container, "Printed.g.cs", functions.ToEquatable())));
        Type type = Compile(text, functions);
        foreach (Function function in functions)
        {
            var program = type.GetMethod(function.Name)!.CreateDelegate<Program>();
            if (Enumerable.Range(0, 4).Select(input => Compare(function, program, input)).FirstOrDefault(difference => difference is not null) is { } found)
            {
                failures.Add(found);
            }
        }
    }

    private static string? Compare(Function function, Program program, int input)
    {
        string expected = Run(
            (double p, double q, int n, int k, bool f, double[] a, double[] b, ref double acc) => Interpreter.Run(function, p, q, n, k, f, a, b, ref acc), input);
        string actual = Run(program, input);
        return expected == actual ? null : $"Seed {function.Name}, input {input}\n{Show(function)}\nexpected {expected}\nactual   {actual}";
    }

    private static string Run(Program program, int input)
    {
        var random = new Random(input);
        double p = (random.NextDouble() * 4) - 2, q = input == 0 ? double.NaN : random.NextDouble() * 3;
        int n = random.Next(-1, 6), k = input == 3 ? int.MaxValue : random.Next(-2, 4);
        double[] a = [.. Enumerable.Range(0, 5).Select(_ => random.NextDouble() - 0.5)], b = [.. Enumerable.Range(0, 5).Select(_ => random.NextDouble())];
        double acc = 0.25;
        Host.Trace.Clear();
        string outcome;
        try
        {
            outcome = Bits(program(p, q, n, k, input % 2 == 0, a, b, ref acc));
        }
        catch (Exception e) when (e is IndexOutOfRangeException or DivideByZeroException or OverflowException or InvalidOperationException)
        {
            outcome = e.GetType().Name;
        }

        return $"{outcome} acc {Bits(acc)} a {string.Join(" ", a.Select(Bits))} b {string.Join(" ", b.Select(Bits))} trace {string.Join(" ", Host.Trace.Select(Bits))}";
    }

    // All NaNs are equal: which one comes out of NaN + NaN depends on how registers are assigned.
    private static string Bits(double value) => double.IsNaN(value) ? "NaN" : value.ToString("R") + (value == 0 && double.IsNegative(value) ? "-" : "");

    private static Type Compile(string text, List<Function> functions)
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release);
        SyntaxTree tree = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest));
        var compilation = CSharpCompilation.Create("Printed" + functions[0].Name, [tree], references, options);
        using var stream = new MemoryStream();
        List<Diagnostic> problems = [.. compilation.Emit(stream).Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning && d.Id is not ("CS0162" or "CS1718"))];
        if (problems.Count > 0)
        {
            int line = problems[0].Location.GetLineSpan().StartLinePosition.Line;
            string[] lines = text.Split('\n');
            int start = Array.FindLastIndex(lines, line, l => l.Contains("public static double F"));
            Assert.Fail($"{problems.Count} problems\n{string.Join(" ", problems.GroupBy(d => d.Id).Select(g => $"{g.Key} {g.Count()}"))} {problems[0]}\n{lines[line]}\n\n{string.Join("\n", lines.Skip(start).TakeWhile(l => l != "    }"))}\n{Dump.Of(functions.First(f => lines[start].Contains(f.Name + "(")))}");
        }

        stream.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream).GetType("Printed")!;
    }

    private static string Show(Function function)
        => Printer.Print(Printable.Of(new Unit(Building.Nowhere, "", EquatableArray.Of(function)))) + "\n" + Dump.Of(function);
}
