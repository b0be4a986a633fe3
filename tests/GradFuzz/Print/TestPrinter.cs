using System.Globalization;
using Backprop.Fuzz.Ast;
using Backprop.Fuzz.Generation;
using Backprop.Fuzz.Harness;
using Backprop.Fuzz.Interpret;
using Backprop.Fuzz.Oracles;
using Backprop.Fuzz.Sharing;

namespace Backprop.Fuzz.Print;

/// <summary>A program as a test of its own, to be put among the integration tests.</summary>
public static class TestPrinter
{
    /// <summary>Where arguments share something, the test says which values are right; what the sums of the accumulators must be, its author has to say.</summary>
    public static string Print(Failed failure)
    {
        Sample sample = failure.Sample;
        FuzzProgram program = sample.Program;
        RunPrinter run = new(program);
        Shared? shared = failure.Oracle == Oracle.Sharing ? failure.Calls[^1].Shared : null;
        Input input = shared is null ? sample.Inputs[0] : new(shared.Merged(program, sample.Inputs[0].Numbers));
        Evaluation expected = Evaluation.Of(program, input, shared);
        IEnumerable<string> lines =
        [
            .. run.Fields(),
            .. shared is null ? [] : run.Sharing(shared),
            .. run.Loading(number => Exact(input.Numbers[number])),
            .. run.Seeding(weight => Exact(sample.Weights[weight])),
            (program.Main.Result is null ? "" : "result = ") + run.BackwardCall() + ";",
            .. program.Results.Select((leaf, i) => $"Assert.Equal({Value(expected.Numbers[i], leaf.Type)}, result{leaf.Path});"),
            .. run.Shadows().Where(shadow => shared is null && program.Inputs[shadow.Index].Parameter.Passing != Passing.Out).Select(shadow => $"Assert.Equal({Exact(Slope(sample, expected, shadow.Index))}, {shadow.Path}, 1e-6);"),
        ];
        return $$"""
            // Seed {{program.Seed}}: {{failure.Oracle}}, {{failure.Detail.Split('\n')[0]}}
            [Fact]
            public static void Seed_{{program.Seed}}()
            {
                {{string.Join("\n    ", lines)}}
            }

            public static partial class {{program.Name}}
            {
            {{SourcePrinter.Members(program)}}
            }
            """;
    }

    private static double Slope(Sample sample, Evaluation expected, int i)
        => expected.Outputs.Select((output, k) => sample.Weights[k] * (output.Slopes?[i] ?? 0)).Sum();

    private static string Value(double number, NumberType type) => type.Kind switch
    {
        Scalar.Bool => number != 0 ? "true" : "false",
        Scalar.Float => Exact(number) + "f",
        _ => Exact(number),
    };

    // Without a point, C# takes −0 for a whole number, which has no sign.
    private static string Exact(double number) => number == 0 && double.IsNegative(number) ? "-0.0" : number.ToString("R", CultureInfo.InvariantCulture);
}
