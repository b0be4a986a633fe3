using System.Runtime.CompilerServices;

namespace Backprop.Generator.Tests.Snapshots;

/// <summary>What is emitted for whole methods, read by people; it compiles wherever its method does, and is right.</summary>
public sealed class SnapshotTests
{
    /// <summary>The examples whose emitted code is worth reading as a whole.</summary>
    public static TheoryData<string> Shown =>
    [
        "Line", "Rosenbrock", "RungeKutta", "EarlyReturns", "WhileLoop", "NestedLoops", "InPlace", "LocalArray", "Jagged", "ArrayResult", "Switching", "RefAndOut",
        "LogSumExp", "CrossEntropy", "LeavingALoop",
    ];

    [Theory]
    [MemberData(nameof(Shown))]
    public void Emitted_code_is(string example)
        => Snapshot.Match(new Consumer().Generate(Examples.Named(example).Source).Text, example);

    [Fact]
    public void The_flight_of_a_dart()
    {
        Output output = new Consumer().Generate(File.ReadAllText(Flight()), "global using System;");
        Snapshot.Match(output.CompilesCleanly().Text, "Flight");
    }

    /// <summary>A caller, and the halves of what it calls.</summary>
    [Fact]
    public void Calls()
    {
        Output output = new Consumer().Generate("""
            using System;
            using Backprop;

            namespace Models;

            public static partial class Network
            {
                [Differentiable]
                public static double Loss(double[] weights, [NoGradient] ReadOnlySpan<double> inputs, int steps)
                {
                    double state = 0;
                    for (int t = 0; t < steps; t++)
                    {
                        state = Cell(weights, inputs[t], state);
                    }

                    Shrink(weights, ref state);
                    return state * state;
                }

                [Differentiable]
                private static double Cell(ReadOnlySpan<double> weights, [NoGradient] double input, double state)
                {
                    double sum = input;
                    for (int i = 0; i < weights.Length; i++)
                    {
                        sum += weights[i] * state;
                    }

                    return Math.Tanh(sum);
                }

                [Differentiable]
                private static void Shrink(Span<double> weights, ref double by)
                {
                    weights[0] *= by;
                    by = Math.Sqrt(by);
                }
            }
            """.ReplaceLineEndings("\n"));
        Snapshot.Match(output.CompilesCleanly().Text + output.Halves, "Calls");
    }

    [Theory]
    [MemberData(nameof(Examples.Names), MemberType = typeof(Examples))]
    public void Every_example_compiles_without_a_warning(string example)
    {
        string source = Examples.Named(example).Source;
        Assert.Equal(1, new Consumer().Generate(source).CompilesCleanly().Files);
        new Consumer { IsChecked = true }.Generate(source).CompilesCleanly();
    }

    [Theory]
    [MemberData(nameof(Examples.Names), MemberType = typeof(Examples))]
    public void The_gradient_of_every_example_is_that_of_differences(string example)
    {
        // Differences of float numbers have three digits.
        string source = Examples.Named(example).Source;
        double tolerance = source.Contains("static float", StringComparison.Ordinal) ? 2e-2 : 1e-6;
        Probe.At(new Consumer().Generate(source)).IsRight(tolerance);
        Probe.At(new Consumer { IsChecked = true }.Generate(source)).IsRight(tolerance);
    }

    private static string Flight([CallerFilePath] string here = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "samples", "Darts", "Flight.cs"));
}
