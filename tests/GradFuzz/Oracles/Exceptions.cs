using Backprop.Fuzz.Ast;
using Backprop.Fuzz.Harness;
using Backprop.Fuzz.Interpret;

namespace Backprop.Fuzz.Oracles;

/// <summary>
/// Where the primal throws, so do the backward pass and the forward pass: they leave memory and objects as it does, and the accumulators as they were
/// if the method throws itself. What is passed by reference they write at their end, and so do the methods that they call.
/// </summary>
internal static class Exceptions
{
    private const int Attempts = 12;

    public static string? AsThePrimal(Specimen specimen)
    {
        if (!specimen.Program.Deep().Any(static node => node is Throw))
        {
            return null;
        }

        Random random = new(specimen.Program.Seed);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            Input input = Input.Random(specimen.Program, random);
            if (Thrown(specimen.Program, input) is { } thrown)
            {
                return Difference(specimen, input, thrown) is { } difference ? $"{difference} at {Values.Show(input.Numbers)}" : null;
            }
        }

        return null;
    }

    private static ThrownException? Thrown(FuzzProgram program, Input input)
    {
        try
        {
            _ = Evaluation.Of(program, input);
        }
        catch (ThrownException thrown)
        {
            return thrown;
        }
        catch (DiscardedException)
        {
        }

        return null;
    }

    private static string? Difference(Specimen specimen, Input input, ThrownException thrown)
    {
        IRun run = specimen.Run(Specimen.Release);
        int results = specimen.Program.Results.Count;
        Observation before = Loaded(), primal = Run(run.Primal, out bool isThrown);
        if (!isThrown)
        {
            return "the primal does not throw, though the interpreter says so";
        }

        foreach ((string name, Action call) in new[] { ("backward", (Action)run.Backward), ("forward", run.Forward) })
        {
            _ = Loaded();
            Observation left = Run(call, out isThrown);
            string? difference = !isThrown ? "does not throw" : (thrown.IsOfBorrower ? null : Values.Difference(Kept(primal.Outputs[results..]), Kept(left.Outputs[results..]))) ?? (thrown.IsOfMain ? Values.Difference(before.Gradient, left.Gradient) : null);
            if (difference is not null)
            {
                return $"the {name} pass, where the primal throws: {difference}";
            }
        }

        return null;

        double[] Kept(double[] numbers) => [.. specimen.Program.Inputs.Zip(numbers).Where(static pair => pair.First.Parameter.Passing is not (Passing.Ref or Passing.Out)).Select(static pair => pair.Second)];

        Observation Loaded()
        {
            run.Load(input.Numbers);
            run.Seed(specimen.Sample.Weights);
            return specimen.Left(run);
        }

        Observation Run(Action call, out bool isThrown)
        {
            isThrown = false;
            try
            {
                call();
            }
            catch (InvalidOperationException)
            {
                isThrown = true;
            }

            return specimen.Left(run);
        }
    }
}
