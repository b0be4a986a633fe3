using Backprop.Fuzz.Ast;
using Backprop.Fuzz.Generation;
using Backprop.Fuzz.Interpret;

namespace Backprop.Fuzz.Harness;

/// <summary>What a run of the backward pass leaves.</summary>
internal sealed record Observation(double[] Outputs, double[] Gradient);

/// <summary>A compiled program, and what the interpreter expects of it.</summary>
internal sealed class Specimen(Sample sample, IReadOnlyDictionary<string, Build> builds)
{
    public const string Release = "Release", Debug = "Debug";

    private readonly Evaluation[] expected = [.. sample.Inputs.Select(input => Evaluation.Of(sample.Program, input))];

    public FuzzProgram Program => sample.Program;

    public Sample Sample => sample;

    /// <summary>The ways in which it was built.</summary>
    public IEnumerable<string> Variants => builds.Where(build => build.Value.Has(Program.Name)).Select(build => build.Key);

    public IEnumerable<(Input Input, Evaluation Expected)> Points => sample.Inputs.Zip(expected);

    /// <summary>The calls with arguments that share something.</summary>
    public List<SharedCall> Calls { get; } = [];

    public IRun Run(string variant) => builds[variant].RunOf(Program.Name);

    public Observation Observe(IRun run, Input input, double scale = 1)
    {
        run.Load(input.Numbers);
        run.Seed([.. sample.Weights.Select(weight => weight * scale)]);
        run.Backward();
        return Left(run);
    }

    /// <summary>The same by the two halves, as a caller that is differentiated runs them.</summary>
    public Observation ObserveHalves(IRun run, Input input)
    {
        run.Load(input.Numbers);
        run.Forward();
        return Pull(run);
    }

    /// <summary>Runs the pullback of the last forward pass.</summary>
    public Observation Pull(IRun run)
    {
        run.Seed(sample.Weights);
        run.Pullback();
        return Left(run);
    }

    /// <summary>The same, where statics have changed meanwhile. What runs again reads them again.</summary>
    public Observation PullLater(IRun run)
    {
        Action disturb = Program.Others.Any(static method => method.IsRecomputed) ? static () => { } : run.Disturb;
        disturb();
        Observation left = Pull(run);
        disturb();
        return left;
    }

    public Observation Left(IRun run)
    {
        Observation left = new(new double[Program.Results.Count + Program.Inputs.Count], new double[Program.Inputs.Count]);
        run.Outputs(left.Outputs);
        run.Gradient(left.Gradient);
        return left;
    }

    /// <summary>The derivative of the weighted outputs by each input; the second number bounds what its terms add up to.</summary>
    public (double Slope, double Size)[] Gradient(Evaluation evaluation) => Gradient(evaluation, sample.Weights);

    /// <inheritdoc cref="Gradient(Evaluation)"/>
    public (double Slope, double Size)[] Gradient(Evaluation evaluation, double[] weights) => [.. Enumerable.Range(0, Program.Inputs.Count).Select(i =>
    {
        double slope = 0, size = 0;
        for (int k = 0; k < evaluation.Outputs.Length; k++)
        {
            slope += weights[k] * (evaluation.Outputs[k].Slopes?[i] ?? 0);
            size += Math.Abs(weights[k]) * (evaluation.Outputs[k].Sizes?[i] ?? 0);
        }

        return (slope, size);
    })];

    /// <summary>Whether input <paramref name="i"/> has a derivative to compare.</summary>
    public bool IsCompared(int i) => Program.Inputs[i].Parameter.IsActive(Program.Inputs[i].Leaf);

    /// <summary>How far a gradient may be from the exact one, as a share of the size of its terms.</summary>
    public double Precision { get; } = UsesSingles(sample.Program) ? 2e-4 : 2e-11;

    /// <summary>What is wrong with the derivative by a number; null where nothing is.</summary>
    public string? Difference((double Slope, double Size) exact, double actual, int i) => Math.Abs(exact.Slope - actual) <= Precision * Math.Max(exact.Size, 1e-3) ? null
        : $"the derivative by number {i} ({Program.Inputs[i].Parameter.Variable.Name}{Program.Inputs[i].Leaf.Path}) is {actual:R} instead of {exact.Slope:R} (terms up to {exact.Size:G3})";

    private static bool UsesSingles(FuzzProgram program)
        => program.Inputs.Any(input => input.Leaf.Type == DataType.Float) || program.Results.Any(leaf => leaf.Type == DataType.Float)
        || program.Deep().Any(node => node is Expr { Type: NumberType { Kind: Scalar.Float } or MemoryType { Element: NumberType { Kind: Scalar.Float } } } or Declare { Variable.Type: NumberType { Kind: Scalar.Float } });
}
