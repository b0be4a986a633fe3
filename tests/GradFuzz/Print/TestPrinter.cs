using System.Globalization;
using Backprop.Fuzz.Ast;
using Backprop.Fuzz.Generation;
using Backprop.Fuzz.Interpret;

namespace Backprop.Fuzz.Print;

/// <summary>A program as a test of its own, to be put among the integration tests.</summary>
public static class TestPrinter
{
    public static string Print(Sample sample, string found)
    {
        FuzzProgram program = sample.Program;
        RunPrinter run = new(program);
        Input input = sample.Inputs[0];
        Evaluation expected = Evaluation.Of(program, input);
        IEnumerable<string> lines =
        [
            .. run.Fields(),
            .. run.Loading(number => Exact(input.Numbers[number])),
            .. run.Seeding(weight => Exact(sample.Weights[weight])),
            (program.Main.Result is null ? "" : "result = ") + run.BackwardCall() + ";",
            .. program.Results.Select((leaf, i) => $"Assert.Equal({Value(expected.Numbers[i], leaf.Type)}, result{leaf.Path});"),
            .. run.Shadows().Where(shadow => program.Inputs[shadow.Index].Parameter.Passing != Passing.Out).Select(shadow => $"Assert.Equal({Exact(Slope(sample, expected, shadow.Index))}, {shadow.Path}, 1e-6);"),
        ];
        return $$"""
            // Seed {{program.Seed}}: {{found.Split('\n')[0]}}
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

    private static string Exact(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
