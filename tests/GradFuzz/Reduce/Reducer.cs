using System.Diagnostics;
using Backprop.Fuzz.Ast;
using Backprop.Fuzz.Faults;
using Backprop.Fuzz.Generation;
using Backprop.Fuzz.Harness;
using Backprop.Fuzz.Interpret;

namespace Backprop.Fuzz.Reduce;

/// <summary>Shrinks a failing program as long as it fails in the same way.</summary>
internal sealed class Reducer
{
    private const int Together = 24;

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly string oracle;
    private readonly Effort effort;
    private readonly Fault? fault;
    private Failed smallest;

    private Reducer(Failed failure, Fault? fault)
    {
        (smallest, oracle, this.fault) = (failure, failure.Oracle, fault);
        effort = Trial.Of([failure.Sample], Effort.Gradient, fault)[0] is Failed quick && quick.Oracle == oracle ? Effort.Gradient : Effort.Full;
    }

    public static Failed Reduce(Failed failure, TimeSpan limit, Fault? fault = null)
    {
        var reducer = new Reducer(failure, fault);
        reducer.KeepOnePoint();
        while (reducer.clock.Elapsed < limit && reducer.Step())
        {
        }

        reducer.DropParameters();
        return reducer.smallest;
    }

    private void KeepOnePoint()
        => Try(smallest.Sample.Inputs.Select(input => new Sample(smallest.Sample.Program, [input], smallest.Sample.Weights)));

    /// <summary>Whether a simpler program fails as well.</summary>
    private bool Step() => Try(Simpler.Than(smallest.Sample.Program).Select(program => smallest.Sample with { Program = program }));

    private bool Try(IEnumerable<Sample> candidates)
    {
        foreach (Sample[] some in candidates.Where(Runs).Chunk(Together))
        {
            // They are compiled together, so each needs a name of its own.
            IEnumerable<Sample> named = some.Select((sample, i) => sample with { Program = sample.Program with { Seed = i } });
            if (Trial.Of([.. named], effort, fault).OfType<Failed>().FirstOrDefault(failed => failed.Oracle == oracle) is { } found)
            {
                int seed = smallest.Sample.Program.Seed;
                smallest = found with { Sample = found.Sample with { Program = found.Sample.Program with { Seed = seed } } };
                return true;
            }
        }

        return false;
    }

    private static bool Runs(Sample sample)
    {
        try
        {
            return sample.Inputs.All(input => Evaluation.Of(sample.Program, input).Outputs.Length == sample.Weights.Length);
        }
        catch (Exception)
        {
            // A variable without its declaration, an assignment to a number: not a program.
            return false;
        }
    }

    private void DropParameters()
    {
        while (Try(smallest.Sample.Program.Main.Parameters.Select(parameter => Without(smallest.Sample, parameter))))
        {
        }
    }

    private static Sample Without(Sample sample, Parameter parameter)
    {
        FuzzProgram program = sample.Program;
        bool[] stays = [.. program.Inputs.Select(input => input.Parameter != parameter)];
        bool[] weighted = [.. program.Results.Select(_ => true), .. stays];
        Method main = program.Main with { Parameters = [.. program.Main.Parameters.Where(other => other != parameter)] };
        return new Sample(
            new FuzzProgram(program.Seed, main, program.Others, program.Types, program.Constructs) { IsGeneric = program.IsGeneric, Tables = program.Tables },
            [.. sample.Inputs.Select(input => new Input([.. input.Numbers.Where((_, i) => stays[i])]))],
            [.. sample.Weights.Where((_, i) => weighted[i])]);
    }
}
