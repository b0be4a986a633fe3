using Backprop.Fuzz.Ast;
using Backprop.Fuzz.Interpret;

namespace Backprop.Fuzz.Generation;

/// <summary>A program, inputs at which it can be checked, and weights of its outputs.</summary>
/// <param name="Weights">The cotangents of the outputs: those of the result, then those of what is left in the parameters.</param>
public sealed record Sample(FuzzProgram Program, Input[] Inputs, double[] Weights)
{
    /// <summary>A sample is itself and no other.</summary>
    public bool Equals(Sample? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Program.Seed;
}

/// <summary>One seed, one program.</summary>
public static class Programs
{
    private const int Attempts = 60;
    private const int Points = 3;

    /// <summary>Null where no attempt at this seed gave a program whose gradient is not zero.</summary>
    public static Sample? Of(int seed, int size)
    {
        Random random = new(Scattered(seed));
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            var sketch = new Sketch(random, Constructs.Draw(random));
            FuzzProgram program = sketch.Program(seed, random.Next(2, size + 1));
            if (SampleOf(program, random) is { } sample)
            {
                return sample;
            }
        }

        return null;
    }

    // What a Random draws at one place of its sequence hardly differs from one seed to the next; the finisher of MurmurHash3 (Appleby, 2011) makes them independent.
    private static int Scattered(int seed)
    {
        uint bits = unchecked((uint)seed);
        bits = unchecked((bits ^ (bits >> 16)) * 0x85ebca6bu);
        bits = unchecked((bits ^ (bits >> 13)) * 0xc2b2ae35u);
        return unchecked((int)(bits ^ (bits >> 16)));
    }

    private static Sample? SampleOf(FuzzProgram program, Random random)
    {
        double[] weights = [.. Enumerable.Range(0, program.Results.Count + program.Inputs.Count).Select(_ => (float)((random.NextDouble() * 2) - 1))];
        List<Input> inputs = [];
        for (int attempt = 0; attempt < 2 * Points && inputs.Count < Points; attempt++)
        {
            Input input = Input.Random(program, random);
            if (IsUsable(program, input))
            {
                inputs.Add(input);
            }
        }

        return inputs.Count == 0 ? null : new Sample(program, [.. inputs], weights);
    }

    public static bool IsUsable(FuzzProgram program, Input input)
    {
        try
        {
            Dual[] outputs = Evaluation.Of(program, input).Outputs;
            return program.Results.Count == 0 || outputs.Take(program.Results.Count).Any(output => output.Slopes?.Any(slope => slope != 0) ?? false);
        }
        catch (DiscardedException)
        {
            return false;
        }
    }
}
