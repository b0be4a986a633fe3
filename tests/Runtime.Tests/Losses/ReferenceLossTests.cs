using System.Text.Json;

namespace Backprop.Tests;

public sealed class ReferenceLossTests
{
    // PyTorch rounds the bound 10⁻¹² of the binary cross entropy's denominator to single precision.
    private const double Tolerance = 1e-12, ToleranceAtBound = 1e-8;

    private static readonly Dictionary<string, JsonElement> Cases = ReferenceData.Read("losses.json")
        .GetProperty("cases").EnumerateArray().ToDictionary(static entry => entry.GetProperty("id").GetString()!);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Fact]
    public void Every_loss_of_the_file_is_here() => Assert.Equal(
        Cases.Values.Select(static entry => entry.GetProperty("loss").GetString()).Distinct().Order(), ReferenceLosses.All.Keys.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_and_gradients_are_those_of_PyTorch(string name)
    {
        JsonElement expected = Cases[name];
        var loss = new LossCase(expected);
        if (loss.ReductionName == "none")
            CheckRows(loss, expected);
        else
            Near(expected.GetProperty("value").GetDouble(), Reduce(loss), "value");
        double tolerance = name.StartsWith("bce_case_edges", StringComparison.Ordinal) ? ToleranceAtBound : Tolerance;
        foreach (JsonProperty gradient in expected.GetProperty("gradients").EnumerateObject())
        {
            double[] values = gradient.Value.Numbers("data"), actual = loss.Gradient(gradient.Name[1..]);
            for (int i = 0; i < values.Length; i++) Near(values[i], actual[i], $"{gradient.Name}[{i}]", tolerance);
        }
    }

    private static double Reduce(LossCase loss)
    {
        if (loss.ReductionName != "batchmean") return ReferenceLosses.All[loss.Loss](loss);
        double value = 0, batch = loss.Shape("input")[0];
        return loss.Row(0, 1, 1 / batch, part => value = ReferenceLosses.All[loss.Loss](part)) / batch;
    }

    private static void CheckRows(LossCase loss, JsonElement expected)
    {
        double[] values = expected.GetProperty("value").Numbers("data"), cotangent = expected.GetProperty("cotangent").Numbers("data");
        for (int row = 0; row < values.Length; row++)
            Near(values[row], loss.Row(row, values.Length, cotangent[row], ReferenceLosses.All[loss.Loss]), $"value[{row}]");
    }

    private static void Near(double expected, double actual, string what, double tolerance = Tolerance) => Assert.True(
        Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{what}: {actual:R} instead of {expected:R}");
}
