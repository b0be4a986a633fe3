using System.Globalization;

namespace Backprop.Fuzz;

/// <summary>What the command line asks for.</summary>
/// <param name="Seconds">Stop after this time.</param>
/// <param name="Count">Stop after this many seeds.</param>
/// <param name="First">The first seed.</param>
/// <param name="Size">The most statements of a program's first level.</param>
/// <param name="Jobs">Batches at a time.</param>
/// <param name="Reduced">How many failures are reduced.</param>
/// <param name="Fault">Of faults: what their names contain.</param>
internal sealed record Settings(double Seconds, int Count, int First, int Size, int Jobs, int Reduced, Mode Mode, string Fault)
{
    public const int UsualSize = 14;

    public const string Usage = """
        GradFuzz [--seconds S] [--count N] [--seed FIRST] [--size STATEMENTS] [--jobs N] [--reduce N]   runs programs and reports
        GradFuzz --show --seed N                                                           prints one program
        GradFuzz --faults [--fault NAME] [--seed FIRST]                                    puts deliberate faults into the generator
        """;

    /// <summary>Null where the arguments make no sense.</summary>
    public static Settings? Of(string[] arguments)
    {
        Settings settings = new(double.PositiveInfinity, int.MaxValue, 1, UsualSize, Environment.ProcessorCount, 5, Mode.Run, "");
        for (int i = 0; i < arguments.Length; i++)
        {
            string next = i + 1 < arguments.Length ? arguments[i + 1] : "";
            switch (arguments[i])
            {
                case "--show": settings = settings with { Mode = Mode.Show }; break;
                case "--faults": settings = settings with { Mode = Mode.Faults }; break;
                case "--seconds" when double.TryParse(next, CultureInfo.InvariantCulture, out double seconds): settings = settings with { Seconds = seconds }; i++; break;
                case "--count" when int.TryParse(next, out int count): settings = settings with { Count = count }; i++; break;
                case "--seed" when int.TryParse(next, out int seed): settings = settings with { First = seed }; i++; break;
                case "--size" when int.TryParse(next, out int size): settings = settings with { Size = size }; i++; break;
                case "--jobs" when int.TryParse(next, out int jobs): settings = settings with { Jobs = jobs }; i++; break;
                case "--reduce" when int.TryParse(next, out int reduced): settings = settings with { Reduced = reduced }; i++; break;
                case "--fault": settings = settings with { Mode = Mode.Faults, Fault = next }; i++; break;
                default: return null;
            }
        }

        bool endless = settings is { Mode: Mode.Run, Seconds: double.PositiveInfinity, Count: int.MaxValue };
        return endless ? settings with { Seconds = 60 } : settings;
    }
}

internal enum Mode { Run, Show, Faults }
