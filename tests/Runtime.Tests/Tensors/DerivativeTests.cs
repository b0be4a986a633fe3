namespace Backprop.Tests.TensorPullbackTests;

/// <summary>Every pullback against central differences of its primal, at lengths with and without a rest.</summary>
public sealed class DerivativeTests
{
    public static TheoryData<string> Names => [.. Members.Pairs.Keys];

    /// <summary>Members that have no value for nothing.</summary>
    private static readonly string[] refuseNothing =
    [
        "CosineSimilarity", "Max", "MaxMagnitude", "MaxMagnitudeNumber", "MaxNumber", "Min", "MinMagnitude", "MinMagnitudeNumber", "MinNumber",
        "Product", "ProductOfDifferences", "ProductOfSums", "SoftMax", "StdDev", "Average",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_adds_the_derivative(string name)
    {
        foreach (int length in (int[])[0, 1, 7, 64, 133])
        {
            if (length > 0 || !IsRefusedForNothing(name))
            {
                Compare(name, length, seed: 2000 + length);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Float_agrees_with_double(string name)
    {
        const int seed = 5;
        var wide = new Trial<double>(name, 133, ExtraOf(name), seed);
        var narrow = new Trial<float>(name, 133, ExtraOf(name), seed);
        wide.CallPullback();
        narrow.CallPullback();
        foreach (var (expected, actual) in wide.Accumulators.Zip(narrow.Accumulators))
            for (int i = 0; i < expected.Length; i++)
                Close(expected[i], actual[i], Domains.Tolerance(name, 2e-4), $"{name} in float, seed {seed}, element {i}");
    }

    private static bool IsRefusedForNothing(string name) =>
        refuseNothing.Contains(name[..name.IndexOf('(')]) && (name.StartsWith("SoftMax") || !name.Contains("destination"));

    /// <summary>A destination is longer than the operands, except that of SoftMax, which would count what is beyond.</summary>
    private static int ExtraOf(string name) => name.StartsWith("SoftMax") ? 0 : 3;

    private static void Compare(string name, int length, int seed)
    {
        const double before = 0.25;
        var trial = new Trial<double>(name, length, ExtraOf(name), seed);
        var reference = new Trial<double>(Domains.Exact(name), length, ExtraOf(name), seed);
        foreach (double[] accumulator in trial.Accumulators) Array.Fill(accumulator, before);
        double[][] seeds = [.. trial.Seeds.Select(static s => (double[])s.Clone())];
        trial.CallPullback();

        for (int operand = 0; operand < trial.Accumulators.Length; operand++)
            for (int i = 0; i < trial.Accumulators[operand].Length; i++)
                Close(
                    before + Difference(reference, reference.OperandIndices[operand], i), trial.Accumulators[operand][i],
                    Domains.Tolerance(name, 1e-7), $"{name}, length {length}, seed {seed}, operand {operand}, element {i}");

        foreach (var (left, given) in trial.Seeds.Zip(seeds).Where(_ => trial.Destinations.Any()))
            Assert.Equal([.. new double[length], .. given[length..]], left);
    }

    private static double Difference(Trial<double> trial, int argument, int element)
    {
        const double step = 1e-5;
        object original = trial.Arguments[argument];
        double At(double offset)
        {
            if (original is double scalar)
            {
                trial.Arguments[argument] = scalar + offset;
                double result = trial.Objective();
                trial.Arguments[argument] = original;
                return result;
            }

            double[] moved = [.. (double[])original];
            moved[element] += offset;
            trial.Arguments[argument] = moved;
            double value = trial.Objective();
            trial.Arguments[argument] = original;
            return value;
        }

        return (At(step) - At(-step)) / (2 * step);
    }

    private static void Close(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * (1 + Math.Abs(expected)), $"{what}: expected {expected:R}, got {actual:R}");
}
