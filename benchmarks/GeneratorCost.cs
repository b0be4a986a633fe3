using System.Text;
using Backprop.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Backprop.Benchmarks;

/// <summary>What the generator costs a build and an editor.</summary>
public static class GeneratorCost
{
    private const int Methods = 200;
    private const int Reruns = 60;
    private const double BarBuildMilliseconds = 3000;
    private const double BarEditMilliseconds = 20;

    // The cost of a statement may grow by this from the shortest method to the longest: caches end, the collector begins.
    private const double BarGrowth = 2;

    private static readonly CSharpParseOptions parse = new(LanguageVersion.Latest);

    private static readonly MetadataReference[] references = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>Prints the figures; returns how many bars were missed.</summary>
    public static int Run() => Build() + Edit() + Lengths();

    private static int Build()
    {
        // Without the compiler's own start, which any build pays.
        Compile(Unrelated(0)).GetDiagnostics();
        double cold = Milliseconds(() => Driver().RunGenerators(Compile(Model())));
        double warm = Enumerable.Range(0, 5).Min(_ => Milliseconds(() => Driver().RunGenerators(Compile(Model()))));
        double build = CompilerCost.Run(Model());
        Console.WriteLine($"{Methods} methods, build from nothing: {build:F0} ms longer, elapsed (bar {BarBuildMilliseconds:F0} ms){(build < BarBuildMilliseconds ? "" : "   MISSED")}");
        Console.WriteLine("from here on processor time, the generator alone, in this process");
        Console.WriteLine($"{Methods} methods, from nothing: {cold:F0} ms in a new process, {warm:F0} ms in a warm one");
        return build < BarBuildMilliseconds ? 0 : 1;
    }

    private static int Edit()
    {
        double body = AfterEdits("of a method's body in another file", Unrelated, $" (bar {BarEditMilliseconds:F0} ms)");
        AfterEdits("of a constant in another file", Constant, ": what every method may have read");
        return body < BarEditMilliseconds ? 0 : 1;
    }

    private static double AfterEdits(string edit, Func<int, string> version, string remark)
    {
        SyntaxTree edited = Parse(version(0));
        CSharpCompilation compilation = Compile(Model()).AddSyntaxTrees(edited);
        GeneratorDriver driver = Driver().RunGenerators(compilation);
        List<double> times = [];
        for (int i = 1; i <= Reruns; i++)
        {
            SyntaxTree next = Parse(version(i));
            compilation = compilation.ReplaceSyntaxTree(edited, next);
            edited = next;
            times.Add(Milliseconds(() => driver = driver.RunGenerators(compilation)));
        }

        times.Sort();
        double median = times[Reruns / 2];
        Console.WriteLine($"after an edit {edit}: median {median:F1} ms, 90 % below {times[Reruns * 9 / 10]:F1} ms{remark}");
        return median;
    }

    private static int Lengths()
    {
        int missed = 0;
        Console.WriteLine($"{"one method of",-22} {"100",10} {"1000",10} {"10000",10}   ms per statement");
        foreach ((string name, Func<int, string> method) in new (string, Func<int, string>)[] { ("a straight line", StraightLine), ("a loop's body", LoopBody), ("branches", Branches) })
        {
            double[] cost = [.. new[] { 100, 1000, 10_000 }.Select(length => PerStatement(method(length), length))];
            bool isLinear = cost[2] < BarGrowth * cost[0];
            missed += isLinear ? 0 : 1;
            Console.WriteLine($"{name,-22} {cost[0],10:F4} {cost[1],10:F4} {cost[2],10:F4}{(isLinear ? "" : "   MISSED: not linear")}");
        }

        return missed;
    }

    private static double PerStatement(string source, int statements)
    {
        int repeats = Math.Max(3, 3000 / statements);
        double best = Enumerable.Range(0, repeats).Min(_ =>
        {
            CSharpCompilation compilation = Compile(source);
            GeneratorDriver driver = Driver();
            return Milliseconds(() =>
            {
                if (driver.RunGenerators(compilation).GetRunResult().GeneratedTrees.IsEmpty)
                {
                    throw new InvalidOperationException("Nothing was generated.");
                }
            });
        });
        return best / statements;
    }

    /// <summary>Processor time of the whole process, so that what else the machine does counts for little.</summary>
    private static double Milliseconds(Action action)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
    }

    private static GeneratorDriver Driver() => CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: parse);

    private static CSharpCompilation Compile(string source)
        => CSharpCompilation.Create("Cost", [Parse(source)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, parse);

    private static string Unrelated(int version) => $"namespace Other; public static class Steps {{ public static int Next(int x) => x + {version}; }}";

    private static string Constant(int version) => $"namespace Other; public static class Settings {{ public const int Version = {version}; }}";

    /// <summary>Many methods of the size that people write.</summary>
    private static string Model()
    {
        StringBuilder text = new("using System; using Backprop; namespace Models; public static partial class Model {\n");
        for (int i = 0; i < Methods; i++)
        {
            text.AppendLine($$"""
                [Differentiable]
                public static double Loss{{i}}(double slope, double offset, ReadOnlySpan<double> x, [NoGradient] ReadOnlySpan<double> y)
                {
                    double sum = 0, state = {{i}};
                    for (int i = 0; i < x.Length; i++)
                    {
                        double error = slope * x[i] + offset - y[i];
                        state = Math.Tanh(state * slope + x[i]);
                        if (error > state)
                        {
                            sum += 2 * error - 1;
                        }
                        else
                        {
                            sum += error * error;
                        }
                    }

                    double scale = Math.Sqrt(sum + {{i}});
                    return x.Length == 0 ? offset : scale / x.Length;
                }
                """);
        }

        return text.Append('}').ToString();
    }

    private static string StraightLine(int statements) => Method(Chain(statements, "v0 = x * y") + $"return v{statements - 1};");

    private static string LoopBody(int statements)
        => Method($"double s = x; for (int i = 0; i < 10; i++) {{ {Chain(statements, "v0 = s * y")} s = v{statements - 1}; }} return s;");

    private static string Branches(int statements)
    {
        StringBuilder text = new("double v = x;\n");
        for (int i = 0; i < statements / 2; i++)
        {
            text.AppendLine($"if (v > {i}) {{ v = v * y + {i}; }}");
        }

        return Method(text + "return v;");
    }

    private static string Chain(int statements, string first)
    {
        StringBuilder text = new($"double {first};\n");
        for (int i = 1; i < statements; i++)
        {
            text.AppendLine(i % 5 == 0 ? $"double v{i} = Math.Sin(v{i - 1}) + y;" : $"double v{i} = v{i - 1} * x + v{i / 2} * y;");
        }

        return text.ToString();
    }

    private static string Method(string body)
        => $"using System; using Backprop; public static partial class C {{ [Differentiable] public static double F(double x, double y) {{ {body} }} }}";
}
