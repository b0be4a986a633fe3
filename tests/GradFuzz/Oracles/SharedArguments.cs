using Backprop.Fuzz.Ast;
using Backprop.Fuzz.Harness;
using Backprop.Fuzz.Interpret;
using Backprop.Fuzz.Print;
using Backprop.Fuzz.Sharing;

namespace Backprop.Fuzz.Oracles;

/// <summary>Arguments that share something: refused before anything is written, or right.</summary>
internal sealed class SharedArguments
{
    private readonly Specimen specimen;
    private readonly int number;
    private readonly Shared shared;
    private readonly double[] inputs;
    private readonly double[] weights;
    private readonly Evaluation exact;

    private SharedArguments(Specimen specimen, int number, Shared shared, Input input, IReadOnlySet<Parameter> written)
    {
        (this.specimen, this.number, this.shared) = (specimen, number, shared);
        inputs = shared.Merged(specimen.Program, input.Numbers);
        weights = shared.Accumulators == Accumulators.Alike ? Alike(specimen.Sample.Weights) : ByWrittenNames(specimen.Sample.Weights, written);
        exact = Evaluation.Of(specimen.Program, new Input(inputs), shared);
    }

    public static string? RefusedOrRight(Specimen specimen)
    {
        IReadOnlyList<Shared> all = Pairs.Of(specimen.Program);
        IReadOnlySet<Parameter> written = all.Count == 0 ? new HashSet<Parameter>() : Writes.Of(specimen.Program);
        for (int i = 0; i < all.Count; i++)
        {
            Shared shared = all[i];
            Input input = specimen.Sample.Inputs[i % specimen.Sample.Inputs.Length];
            if (Found(specimen, i, shared, input, written) is { } found)
            {
                return $"with {string.Join(" ", new RunPrinter(specimen.Program).Sharing(shared))} at {Values.Show(input.Numbers)}: {found}";
            }
        }

        return null;
    }

    private static string? Found(Specimen specimen, int i, Shared shared, Input input, IReadOnlySet<Parameter> written)
    {
        SharedArguments arguments;
        try
        {
            arguments = new(specimen, i, shared, input, written);
        }
        catch (DiscardedException)
        {
            return null;
        }

        string? found = arguments.Whole(out bool isRefused) ?? arguments.Halves(out isRefused);
        specimen.Calls.Add(new SharedCall(shared, isRefused));
        return found ?? (isRefused && !Writes.SuspectedOf(specimen.Program).Overlaps([shared.One.Parameter, shared.Other.Parameter]) ? "refused, though nothing is written" : null);
    }

    private string? Whole(out bool isRefused)
    {
        IRun run = Begun();
        return Refusal(run, run.Backward, out isRefused) ?? (isRefused ? null : Wrong(run));
    }

    private string? Halves(out bool isRefused)
    {
        IRun run = Begun();
        string? found = Refusal(run, run.Forward, out isRefused);
        if (isRefused)
        {
            return found;
        }

        run.Seed(weights);
        return Refusal(run, run.Pullback, out isRefused) ?? (isRefused ? null : Wrong(run));
    }

    private IRun Begun()
    {
        IRun run = specimen.Run(Specimen.Release);
        run.Share(number);
        run.Load(inputs);
        run.Seed(weights);
        return run;
    }

    /// <summary>Runs something; where it is refused, nothing may have changed.</summary>
    private string? Refusal(IRun run, Action call, out bool isRefused)
    {
        Observation before = specimen.Left(run);
        try
        {
            call();
            isRefused = false;
            return null;
        }
        catch (ArgumentException refusal) when (refusal.Message.Contains("overlaps", StringComparison.Ordinal) || refusal.Message.Contains("share", StringComparison.Ordinal))
        {
            isRefused = true;
            Observation after = specimen.Left(run);
            return (Values.Difference(before.Outputs, after.Outputs) ?? Values.Difference(before.Gradient, after.Gradient)) is { } difference ? $"refused ({refusal.Message}) after {difference}" : null;
        }
    }

    private string? Wrong(IRun run)
    {
        IRun primal = Begun();
        primal.Primal();
        double[] value = specimen.Left(primal).Outputs;
        Observation left = specimen.Left(run);
        return Values.Difference(value, left.Outputs)
            ?? (Values.Difference(exact.Numbers, value) is { } own ? $"the interpreter: {own}" : null)
            ?? WrongGradient(left.Gradient);
    }

    /// <summary>The derivative by a number is the sum of what the accumulators of its names hold.</summary>
    private string? WrongGradient(double[] gradient)
    {
        FuzzProgram program = specimen.Program;
        int[] sources = shared.Sources(program);
        bool isAlike = shared.Accumulators == Accumulators.Alike;
        (double Slope, double Size)[] slopes = specimen.Gradient(exact, isAlike ? Once(weights, sources) : weights);
        for (int i = 0; i < sources.Length; i++)
        {
            if (sources[i] == i && specimen.IsCompared(i))
            {
                double sum = isAlike ? gradient[i] : gradient.Where((_, k) => sources[k] == i && specimen.IsCompared(k)).Sum();
                if (specimen.Difference(slopes[i], sum, i) is { } difference)
                {
                    return difference;
                }
            }
        }

        return null;
    }

    private double[] Alike(double[] all)
    {
        int results = specimen.Program.Results.Count;
        return [.. all[..results], .. shared.Merged(specimen.Program, all[results..])];
    }

    /// <summary>
    /// The cotangent of what a method leaves in storage is in the accumulator of the name by which it writes; that of a name that it does not use holds a sum, and is not looked at.
    /// By which of two names it writes is not known here.
    /// </summary>
    private double[] ByWrittenNames(double[] all, IReadOnlySet<Parameter> written)
    {
        (bool isOne, bool isOther) = (written.Contains(shared.One.Parameter), written.Contains(shared.Other.Parameter));
        int results = specimen.Program.Results.Count;
        double[] weights = [.. all];
        foreach ((int one, int other) in shared.Pairs(specimen.Program))
        {
            weights[results + one] *= isOther ? 0 : 1;
            weights[results + other] *= isOne ? 0 : 1;
        }

        return weights;
    }

    /// <summary>One accumulator has one cotangent.</summary>
    private double[] Once(double[] all, int[] sources)
    {
        int results = specimen.Program.Results.Count;
        return [.. all.Select((weight, k) => k < results || sources[k - results] == k - results ? weight : 0)];
    }
}
