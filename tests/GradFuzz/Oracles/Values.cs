using Backprop.Fuzz.Harness;
using Backprop.Fuzz.Interpret;

namespace Backprop.Fuzz.Oracles;

/// <summary>The numbers that a program computes, bit for bit.</summary>
internal static class Values
{
    /// <summary>The interpreter computes what C# computes: else nothing that it says of derivatives means anything.</summary>
    public static string? Primal(Specimen specimen)
    {
        IRun run = specimen.Run(Specimen.Release);
        foreach ((Input input, Evaluation expected) in specimen.Points)
        {
            run.Load(input.Numbers);
            run.Primal();
            if (Difference(expected.Numbers, specimen.Left(run).Outputs) is { } difference)
            {
                return $"the primal at {Show(input.Numbers)}: {difference}";
            }
        }

        return null;
    }

    /// <summary>The backward pass returns the primal's value and leaves its arguments as the primal leaves them.</summary>
    public static string? Backward(Specimen specimen)
    {
        IRun run = specimen.Run(Specimen.Release);
        foreach ((Input input, Evaluation expected) in specimen.Points)
        {
            if (Difference(expected.Numbers, specimen.Observe(run, input).Outputs) is { } difference)
            {
                return $"the backward pass at {Show(input.Numbers)}: {difference}";
            }
        }

        return null;
    }

    /// <summary>The first pair of numbers that are not the same bits.</summary>
    public static string? Difference(double[] expected, double[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if (BitConverter.DoubleToInt64Bits(expected[i]) != BitConverter.DoubleToInt64Bits(actual[i]))
            {
                return $"number {i} is {actual[i]:R} instead of {expected[i]:R}";
            }
        }

        return null;
    }

    public static string Show(double[] numbers) => $"({string.Join(", ", numbers.Select(number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))})";
}
