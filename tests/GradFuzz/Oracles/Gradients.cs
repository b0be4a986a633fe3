using Backprop.Fuzz.Ast;
using Backprop.Fuzz.Harness;
using Backprop.Fuzz.Interpret;

namespace Backprop.Fuzz.Oracles;

/// <summary>The gradient against dual numbers and differences.</summary>
internal static class Gradients
{
    private static readonly double[] steps = [1e-2, 2e-3, 4e-4, 8e-5];
    private const double DifferencePrecision = 1e-5;
    private const double Agreement = 1e-3;

    /// <summary>The accumulators hold what they held, carried back by the exact derivative, and the derivative of the result.</summary>
    public static string? Exact(Specimen specimen)
    {
        IRun run = specimen.Run(Specimen.Release);
        foreach ((Input input, Evaluation expected) in specimen.Points)
        {
            if (Difference(specimen, specimen.Gradient(expected), specimen.Observe(run, input).Gradient) is { } difference)
            {
                return $"at {Values.Show(input.Numbers)}: {difference}";
            }
        }

        return null;
    }

    /// <summary>The forward pass and the pullback give the value and the gradient as well; the pullback, run again, the same, whatever has become of statics.</summary>
    public static string? OfHalves(Specimen specimen)
    {
        IRun run = specimen.Run(Specimen.Release);
        foreach ((Input input, Evaluation expected) in specimen.Points)
        {
            Observation first = specimen.ObserveHalves(run, input), second = specimen.PullLater(run);
            string? difference = Values.Difference(expected.Numbers, first.Outputs)
                ?? Difference(specimen, specimen.Gradient(expected), first.Gradient)
                ?? (Values.Difference(first.Gradient, second.Gradient) is { } again ? $"run again the pullback gives another gradient: {again}" : null);
            if (difference is not null)
            {
                return $"at {Values.Show(input.Numbers)}: {difference}";
            }
        }

        return null;
    }

    private static string? Difference(Specimen specimen, (double Slope, double Size)[] exact, double[] actual)
    {
        for (int i = 0; i < exact.Length; i++)
        {
            if (specimen.IsCompared(i) && specimen.Difference(exact[i], actual[i], i) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    /// <summary>The interpreter's own derivatives are those of its values: a check of the fuzzer, along a random direction, within one smooth piece.</summary>
    public static string? Differences(Specimen specimen)
    {
        if (specimen.Precision > 1e-8 || specimen.Program.Deep().Any(node => node is Stop) || specimen.Program.Deep().Any(node => node is Call))
        {
            return null;
        }

        foreach ((Input input, Evaluation expected) in specimen.Points)
        {
            Random random = new(specimen.Program.Seed);
            double[] direction = [.. specimen.Program.Inputs.Select((_, i) => specimen.IsCompared(i) ? (random.NextDouble() * 2) - 1 : 0)];
            (double Slope, double Size)[] exact = specimen.Gradient(expected);
            double slope = exact.Select((derivative, i) => derivative.Slope * direction[i]).Sum(), size = Math.Max(1, exact.Sum(derivative => derivative.Size));
            double[] found = [.. steps.Select(step => Along(specimen, input, direction, step, expected.Path)).Where(double.IsFinite)];
            if (IsSettled(found) && found.Min(difference => Math.Abs(difference - slope)) > DifferencePrecision * size)
            {
                return $"at {Values.Show(input.Numbers)}: differences give {string.Join(", ", found)} instead of {slope:R}";
            }
        }

        return null;
    }

    /// <summary>Where a program amplifies without end, differences of no two steps agree, and they say nothing.</summary>
    private static bool IsSettled(double[] found)
        => found.Zip(found.Skip(1)).Any(static pair => Math.Abs(pair.First - pair.Second) <= Agreement * Math.Max(1, Math.Abs(pair.Second)));

    /// <summary>The slope by differences of fourth order; NaN where a point is on another piece.</summary>
    private static double Along(Specimen specimen, Input input, double[] direction, double step, long path)
    {
        return ((8 * (At(step) - At(-step))) - (At(2 * step) - At(-2 * step))) / (12 * step);

        double At(double offset)
        {
            try
            {
                Evaluation there = Evaluation.Of(specimen.Program, input.Moved(direction, offset));
                return there.Path == path ? there.Numbers.Zip(specimen.Sample.Weights, (number, weight) => number * weight).Sum() : double.NaN;
            }
            catch (DiscardedException)
            {
                return double.NaN;
            }
        }
    }

    /// <summary>Twice the cotangents, minus twice the gradient.</summary>
    public static string? LinearInSeed(Specimen specimen)
    {
        IRun run = specimen.Run(Specimen.Release);
        foreach ((Input input, Evaluation expected) in specimen.Points)
        {
            foreach (double scale in new[] { -2.0, 0.0 })
            {
                (double Slope, double Size)[] scaled = [.. specimen.Gradient(expected).Select(derivative => (scale * derivative.Slope, Math.Abs(scale) * derivative.Size))];
                if (Difference(specimen, scaled, specimen.Observe(run, input, scale).Gradient) is { } difference)
                {
                    return $"cotangents times {scale} at {Values.Show(input.Numbers)}: {difference}";
                }
            }
        }

        return null;
    }
}
