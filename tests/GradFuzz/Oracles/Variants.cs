using Backprop.Fuzz.Harness;
using Backprop.Fuzz.Interpret;

namespace Backprop.Fuzz.Oracles;

/// <summary>Debug and Release agree bit for bit; without an optional pass the value is the same, and the gradient is but for rounding.</summary>
internal static class Variants
{
    public static string? Agree(Specimen specimen)
    {
        IRun release = specimen.Run(Specimen.Release);
        foreach (string variant in specimen.Variants.Where(variant => variant != Specimen.Release))
        {
            IRun other = specimen.Run(variant);
            foreach ((Input input, Evaluation exact) in specimen.Points)
            {
                string? difference = Difference(specimen, exact, variant, specimen.Observe(release, input), specimen.Observe(other, input))
                    ?? Difference(specimen, exact, variant, specimen.ObserveHalves(release, input), specimen.ObserveHalves(other, input));
                if (difference is not null)
                {
                    return $"{variant} at {Values.Show(input.Numbers)}: {difference}";
                }
            }
        }

        return null;
    }

    private static string? Difference(Specimen specimen, Evaluation exact, string variant, Observation expected, Observation actual)
        => Values.Difference(expected.Outputs, actual.Outputs)
        ?? (variant == Specimen.Debug ? Values.Difference(expected.Gradient, actual.Gradient) : Rounding(specimen, exact, expected, actual));

    private static string? Rounding(Specimen specimen, Evaluation exact, Observation expected, Observation actual)
    {
        (double Slope, double Size)[] gradient = specimen.Gradient(exact);
        int worst = Array.FindIndex(
            [.. expected.Gradient.Zip(actual.Gradient)], pair => !(Math.Abs(pair.First - pair.Second) <= specimen.Precision * Math.Max(gradient.Max(derivative => derivative.Size), 1e-3)));
        return worst < 0 ? null : $"derivative {worst} is {actual.Gradient[worst]:R} instead of {expected.Gradient[worst]:R}";
    }
}
