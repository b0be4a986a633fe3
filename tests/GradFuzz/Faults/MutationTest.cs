using System.Globalization;
using Backprop.Fuzz.Generation;
using Backprop.Fuzz.Harness;

namespace Backprop.Fuzz.Faults;

/// <summary>Puts each fault into the generator and counts the programs until the fuzzer notices.</summary>
internal static class MutationTest
{
    private const int MostPrograms = 500;
    private const int Together = 20;

    /// <summary>Whether every fault was caught.</summary>
    public static bool Run(int first, string name, TextWriter output)
    {
        output.WriteLine("| fault | programs until caught | by |");
        output.WriteLine("|---|---|---|");
        int caught = 0;
        Fault[] faults = [.. Fault.All.Where(fault => fault.Name.Contains(name, StringComparison.Ordinal))];
        foreach (Fault fault in faults)
        {
            Catch? found = Until(fault, first);
            caught += found is null ? 0 : 1;
            output.WriteLine(found is null ? $"| {fault.Name} | **not in {MostPrograms}** | |" : $"| {fault.Name} | {found.Programs.ToString(CultureInfo.InvariantCulture)} | {found.Oracle} |");
            output.Flush();
        }

        output.WriteLine($"\n{caught} of {faults.Length} faults caught.");
        return caught == faults.Length;
    }

    /// <summary>How a fault was noticed: by what the compiled code computes, not by code that does not compile.</summary>
    internal sealed record Catch(int Programs, string Oracle, Failed Failure);

    public static Catch? Until(Fault fault, int first)
    {
        for (int start = 0; start < MostPrograms; start += Together)
        {
            Sample[] samples = [.. Enumerable.Range(first + start, Together).Select(seed => Programs.Of(seed, Settings.UsualSize)).OfType<Sample>()];
            IReadOnlyList<Outcome> outcomes = Trial.Of(samples, Effort.Gradient, fault);
            for (int i = 0; i < outcomes.Count; i++)
            {
                if (outcomes[i] is Failed { Oracle: "value" or "gradient" or "halves" or Oracles.Oracle.Sharing or "exception" or "hang" } failed)
                {
                    return new Catch(start + i + 1, failed.Oracle, failed);
                }
            }
        }

        return null;
    }
}
